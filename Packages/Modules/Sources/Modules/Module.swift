public import Tensors
public struct Placeholder {}
