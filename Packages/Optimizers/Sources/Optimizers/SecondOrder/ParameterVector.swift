internal import Modules
internal import Tensors

// The parameters of a model as one vector in double precision, in the order of `Gradients.flattened`: what methods that
// think in points and directions work on.

extension Module {
  /// All parameters, one after the other.
  mutating func parameterVector() -> Tensor {
    Tensor(state.lazy.filter(\.isParameter).flatMap(\.value.scalars).map { $0 })
  }

  /// Gives all parameters the numbers of a vector.
  mutating func setParameters(to vector: Tensor) {
    var assign = AssignParameters(rest: vector.scalars[...])
    visit(&assign)
  }
}

private struct AssignParameters: ModuleVisitor {
  var rest: ArraySlice<Double>

  mutating func parameter(_ name: String, _ value: inout Tensor) {
    value = Tensor(Array(rest.prefix(value.count)), shape: value.shape).cast(to: value.dtype)
    rest = rest.dropFirst(value.count)
  }
}

extension Tensor {
  /// The scalar product of two vectors, as a number.
  func product(with other: Tensor) -> Double { (self * other).sum().scalar }
}
