public import Tensors

/// Something made of tensors: parameters that are trained, buffers that are not, and smaller modules.
///
/// A module is a struct with one line per property in `visit`; that one traversal serves training, saving, loading,
/// counting and everything else. The names, joined by dots, are what a tensor is called everywhere: `hidden.weight`.
///
/// ```swift
/// mutating func visit(_ visitor: inout some ModuleVisitor) {
///   visitor.child("hidden", &hidden)
///   visitor.parameter("scale", &scale)
/// }
/// ```
public protocol Module: Sendable {
  /// Shows every parameter, buffer and child to a visitor, always in the same order.
  mutating func visit(_ visitor: inout some ModuleVisitor)
}

/// A module that turns one tensor into another.
///
/// Calling it may change it: batch normalization keeps running statistics, dropout a random state. A layer without such
/// state declares a function that is not `mutating`.
public protocol Layer: Module {
  /// Computes the layer's output.
  mutating func callAsFunction(_ input: Tensor) -> Tensor
}

/// A layer that passes its input through its children, one after the other in the order of `visit`.
///
/// It adds no requirement; it lets a summary know what every child gets.
public protocol LayerChain: Layer {}

/// Something that is shown every tensor of a module, and may change it.
///
/// A visitor implements what it cares about; the rest does nothing.
public protocol ModuleVisitor {
  /// Is shown a tensor that training changes.
  mutating func parameter(_ name: String, _ value: inout Tensor)

  /// Is shown a tensor that is kept but not trained, such as running statistics.
  mutating func buffer(_ name: String, _ value: inout Tensor)

  /// Is shown a smaller module, and goes through it.
  mutating func child(_ name: String, _ module: inout some Module)

  /// Is told that the tensors that follow belong to the child `name`.
  mutating func enter(_ name: String)

  /// Is told that the child entered last is done.
  mutating func leave()
}

extension ModuleVisitor {
  /// Does nothing with parameters.
  public mutating func parameter(_ name: String, _ value: inout Tensor) {}

  /// Does nothing with buffers.
  public mutating func buffer(_ name: String, _ value: inout Tensor) {}

  /// Goes through the child.
  public mutating func child(_ name: String, _ module: inout some Module) {
    enter(name)
    module.visit(&self)
    leave()
  }

  /// Does nothing at the beginning of a child.
  public mutating func enter(_ name: String) {}

  /// Does nothing at the end of a child.
  public mutating func leave() {}

  /// Goes through a list of children, which are called `name.0`, `name.1` and so on.
  public mutating func children(_ name: String, _ modules: inout [some Module]) {
    enter(name)
    for index in modules.indices { child("\(index)", &modules[index]) }
    leave()
  }

  /// Goes through a child that may be missing.
  public mutating func child(_ name: String, _ module: inout (some Module)?) {
    guard var present = module else { return }
    module = nil  // so that the tensors are not shared while they are visited
    child(name, &present)
    module = present
  }

  /// Shows a parameter that may be missing, such as the bias of a linear map.
  public mutating func parameter(_ name: String, _ value: inout Tensor?) {
    guard var present = value else { return }
    value = nil
    parameter(name, &present)
    value = present
  }

  /// Shows a buffer that may be missing.
  public mutating func buffer(_ name: String, _ value: inout Tensor?) {
    guard var present = value else { return }
    value = nil
    buffer(name, &present)
    value = present
  }
}
