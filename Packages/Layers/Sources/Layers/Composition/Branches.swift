public import Modules
public import Tensors

/// What several layers make of the same input, joined along one axis.
///
/// Called `Concatenate` in Keras, where the branches are given one by one.
public struct Branches: Layer {
  private var branches: [Sequential]
  private let axis: Int

  /// Joins the outputs of the layers in the closure, each of which is a branch, along an axis, −1 being the last one.
  public init(axis: Int = -1, @LayerBuilder _ branches: () -> [any Layer]) {
    self.branches = branches().map { Sequential([$0]) }
    self.axis = axis
    require(!self.branches.isEmpty, "Branches: there is nothing to join: list at least one layer")
  }

  public mutating func callAsFunction(_ input: Tensor) -> Tensor {
    var outputs: [Tensor] = []
    for place in branches.indices { outputs.append(branches[place](input)) }
    return .concatenate(outputs, axis: axis)
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.children("branches", &branches) }
}
