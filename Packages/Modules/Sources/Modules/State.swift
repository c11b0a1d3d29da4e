public import Tensors

/// A tensor of a module with its dotted path.
public struct NamedTensor: Sendable {
  /// The dotted path, such as `hidden.weight`.
  public let path: String
  /// Whether training changes it; otherwise it is a buffer.
  public let isParameter: Bool
  /// The tensor.
  public let value: Tensor
}

extension Module {
  /// All parameters and buffers with their dotted paths, in the order of `visit`.
  public var state: [NamedTensor] {
    var copy = self
    var reader = StateReader()
    copy.visit(&reader)
    return reader.tensors
  }

  /// The parameter or buffer with the given dotted path.
  public subscript(path path: String) -> Tensor {
    get {
      let state = state
      guard let found = state.first(where: { $0.path == path }) else {
        fatalError("module: there is no tensor \(path): there are \(state.map(\.path).joined(separator: ", "))")
      }
      return found.value
    }
    set {
      var writer = StateWriter(path: path, value: newValue)
      visit(&writer)
      let known = writer.paths.all
      require(
        writer.found, "module: there is no tensor \(path): there are \(known.joined(separator: ", "))")
    }
  }

  /// The number of numbers that training changes.
  public var parameterCount: Int { state.lazy.filter(\.isParameter).map(\.value.count).reduce(0, +) }

  /// The memory of all parameters and buffers in bytes.
  public var byteCount: Int { state.lazy.map(\.value.byteCount).reduce(0, +) }

  /// The same module with all floating-point tensors in another element type.
  public func cast(to dtype: DType) -> Self {
    require(
      dtype.isFloatingPoint, "module: parameters cannot be trained as \(dtype): cast to .float32 or .float64")
    var copy = self
    var cast = CastVisitor(dtype: dtype)
    copy.visit(&cast)
    return copy
  }
}

/// Notes every tensor under its path.
private struct StateReader: ModuleVisitor {
  private(set) var tensors: [NamedTensor] = []
  private var prefix: [String] = []

  mutating func parameter(_ name: String, _ value: inout Tensor) { add(name, value, isParameter: true) }

  mutating func buffer(_ name: String, _ value: inout Tensor) { add(name, value, isParameter: false) }

  mutating func enter(_ name: String) { prefix.append(name) }

  mutating func leave() { prefix.removeLast() }

  private mutating func add(_ name: String, _ value: Tensor, isParameter: Bool) {
    let path = (prefix + [name]).joined(separator: ".")
    tensors.append(NamedTensor(path: path, isParameter: isParameter, value: value))
  }
}

/// Replaces the tensor with one path.
private struct StateWriter: ModuleVisitor {
  let path: String
  let value: Tensor
  private(set) var found = false
  private(set) var paths = Paths()

  init(path: String, value: Tensor) {
    self.path = path
    self.value = value
  }

  mutating func parameter(_ name: String, _ value: inout Tensor) {
    paths.add(name)
    guard paths[paths.count - 1] == path else { return }
    require(
      value.shape == self.value.shape && value.dtype == self.value.dtype,
      "module: \(path) is \(value.dtype)\(value.shape) and cannot become \(self.value.dtype)\(self.value.shape)")
    value = self.value
    found = true
  }

  mutating func buffer(_ name: String, _ value: inout Tensor) { parameter(name, &value) }

  mutating func enter(_ name: String) { paths.enter(name) }

  mutating func leave() { paths.leave() }
}

/// Converts every floating-point tensor.
private struct CastVisitor: ModuleVisitor {
  let dtype: DType

  mutating func parameter(_ name: String, _ value: inout Tensor) { value = value.cast(to: dtype) }

  mutating func buffer(_ name: String, _ value: inout Tensor) {
    if value.dtype.isFloatingPoint { value = value.cast(to: dtype) }
  }
}
