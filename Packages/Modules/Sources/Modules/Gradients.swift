public import Tensors

/// The gradients of all parameters of a model: a value, like the model itself.
public struct Gradients<Model: Module>: Sendable {
  /// One gradient per parameter in the order of `Model.visit`, nil where the parameter is frozen.
  public var values: [Tensor?]

  /// The positions of the parameters on which the loss does not depend, in ascending order.
  private var unused: [Int]
  private let names: Paths

  init(values: [Tensor?], paths: Paths, unused: [Int] = []) {
    self.values = values
    self.unused = unused
    names = paths
  }

  /// Gradients that were computed by hand, by dotted path; parameters that are left out count as frozen.
  ///
  /// ```swift
  /// optimizer.update(&model, with: Gradients(of: model, ["weight": dw, "bias": db]))
  /// ```
  public init(of model: Model, _ gradients: [String: Tensor]) {
    var copy = model
    var parameters = CollectParameters()
    copy.visit(&parameters)
    self.init(values: Array(repeating: nil, count: parameters.values.count), paths: parameters.paths)
    for path in gradients.keys.sorted() {
      let position = position(of: path)
      let (parameter, gradient) = (parameters.values[position], gradients[path])
      require(
        gradient?.shape == parameter.shape && gradient?.dtype == parameter.dtype,
        "gradients: \(path) is \(parameter.dtype) of shape \(parameter.shape): its gradient has to be the same")
      values[position] = gradient?.detached
    }
  }

  /// The dotted path of every parameter in the order of `values`.
  public var paths: [String] { names.all }

  /// The dotted path of the parameter at a position of `values`.
  public func path(at position: Int) -> String { names[position] }

  /// The paths of the parameters that were frozen, so that they have no gradient.
  public var frozenPaths: [String] { values.indices.filter { values[$0] == nil }.map { names[$0] } }

  /// The paths of the parameters that were trained although the loss does not depend on them; their gradients are zeros.
  ///
  /// A parameter that belongs to the loss and has a gradient of zeros by chance is not among them. Most likely the
  /// forward pass forgets a layer; an optimizer therefore refuses to go on. What is meant is said by freezing them, or
  /// by `withoutUnused` where it changes from step to step.
  public var unusedPaths: [String] { unused.map { names[$0] } }

  /// Whether the loss depends on every parameter that was trained.
  public var usesAllParameters: Bool { unused.isEmpty }

  /// These gradients with none for the parameters on which the loss does not depend, so that an optimizer leaves those
  /// as they are in this step, without decay or momentum.
  public var withoutUnused: Gradients {
    var result = self
    for position in unused { result.values[position] = nil }
    result.unused = []
    return result
  }

  /// The gradient of the parameter with the given dotted path, nil if it is frozen.
  public subscript(path: String) -> Tensor? {
    get { values[position(of: path)] }
    set {
      let position = position(of: path)
      values[position] = newValue
      unused.removeAll { $0 == position }
    }
  }

  private func position(of path: String) -> Int {
    let paths = paths
    guard let position = paths.firstIndex(of: path) else {
      fatalError("gradients: there is no parameter \(path): the parameters are \(paths.joined(separator: ", "))")
    }
    return position
  }
}

// MARK: - Arithmetic

extension Gradients {
  /// The gradients with a function applied to each.
  public func map(_ transform: (Tensor) -> Tensor) -> Gradients {
    var result = self
    for position in values.indices { result.values[position] = values[position].map(transform) }
    return result
  }

  /// Adds the gradients of another batch of the same model, parameter by parameter.
  public static func += (a: inout Gradients, b: Gradients) {
    require(
      a.values.count == b.values.count,
      "gradients: \(a.values.count) and \(b.values.count) parameters cannot be added: they come from different models")
    if !(a.unused.isEmpty && b.unused.isEmpty) { a.unused = positions(usedByNeither: a, b) }
    for position in a.values.indices {
      guard let part = b.values[position] else { continue }
      if a.values[position] == nil { a.values[position] = part } else { a.values[position]? += part }
    }
  }

  /// The parameters that were trained in one of two batches at least, but used by the loss of neither.
  private static func positions(usedByNeither a: Gradients, _ b: Gradients) -> [Int] {
    func uses(_ gradients: Gradients, _ position: Int) -> Bool {
      gradients.values[position] != nil && !gradients.unused.contains(position)
    }
    return Set(a.unused + b.unused).sorted().filter { !uses(a, $0) && !uses(b, $0) }
  }

  /// The sum of the gradients of two batches of the same model.
  public static func + (a: Gradients, b: Gradients) -> Gradients {
    var sum = a
    sum += b
    return sum
  }

  /// All gradients times one number.
  public static func * (a: Gradients, factor: Double) -> Gradients { a.map { $0 * factor } }

  /// All gradients times one number.
  public static func * (factor: Double, a: Gradients) -> Gradients { a * factor }

  /// All gradients divided by one number.
  public static func / (a: Gradients, divisor: Double) -> Gradients { a.map { $0 / divisor } }

  /// The Euclidean length of all gradients taken together, computed in double precision.
  public var norm: Double {
    var squares = 0.0
    for case let gradient? in values {
      let wide = gradient.detached.cast(to: .float64)
      squares += (wide * wide).sum().scalar
    }
    return squares.squareRoot()
  }

  /// The paths of gradients that hold an infinity or a NaN: empty while training is healthy.
  public var nonFinitePaths: [String] {
    values.indices.filter { position in
      guard let gradient = values[position] else { return false }
      return !gradient.detached.scalars.allSatisfy(\.isFinite)
    }.map { names[$0] }
  }
}
