public import Modules

/// A module whose tensors PyTorch calls or stores in another way.
///
/// Modules without this conformance keep their names and orientation, which for most are PyTorch's. A layer of your own
/// that mirrors one of PyTorch's says here how they correspond:
///
/// ```swift
/// extension Bilinear: PyTorchNamed {
///   var pytorchTensors: [PyTorchTensor] { [PyTorchTensor("leftWeight", as: "weight", isTransposed: true)] }
/// }
/// ```
public protocol PyTorchNamed: Module {
  /// The tensors that are called or stored in another way; others are the same on both sides.
  var pytorchTensors: [PyTorchTensor] { get }
}

/// How a tensor of a module corresponds to one of a PyTorch module.
public struct PyTorchTensor: Sendable {
  /// The dotted path below the module; nil for something only PyTorch has.
  public var path: String?
  /// PyTorch's name below the module; nil for something only this library has.
  public var name: String?
  /// Whether PyTorch stores the matrix the other way round.
  public var isTransposed: Bool

  /// The tensor at `path` is PyTorch's `name`.
  public init(_ path: String, as name: String, isTransposed: Bool = false) {
    (self.path, self.name, self.isTransposed) = (path, name, isTransposed)
  }

  /// PyTorch has nothing like the tensor at `path`: it is not written, and reading keeps it as it is.
  public init(onlyHere path: String) { (self.path, name, isTransposed) = (path, nil, false) }

  /// PyTorch's `name` has nothing here that is like it: reading passes over it.
  public init(onlyThere name: String) { (path, self.name, isTransposed) = (nil, name, false) }
}
