public import Tensors

/// Notes all parameters and their names.
struct CollectParameters: ModuleVisitor {
  private(set) var values: [Tensor] = []
  private(set) var paths = Paths()

  init() { values.reserveCapacity(16) }

  mutating func parameter(_ name: String, _ value: inout Tensor) {
    values.append(value)
    paths.add(name)
  }

  mutating func enter(_ name: String) { paths.enter(name) }

  mutating func leave() { paths.leave() }

  /// Which parameters are trained, nil for all; stops the program if that is none, or if a pattern fits nothing.
  func positions(of selection: ParameterSelection) -> [Int]? {
    require(!values.isEmpty, "valueWithGradient: the model has no parameters: show them in visit with parameter(_:_:)")
    if selection.isAll { return nil }
    let paths = paths.all
    let unmatched = selection.unmatchedPatterns(among: paths)
    require(
      unmatched.isEmpty,
      "valueWithGradient: no parameter matches \(unmatched.joined(separator: ", ")): "
        + "the parameters are \(paths.joined(separator: ", "))")
    let positions = values.indices.filter { selection.contains(paths[$0]) }
    require(!positions.isEmpty, "valueWithGradient: every parameter is frozen: leave some of them to be trained")
    return positions
  }
}

/// Exchanges all parameters for values: what a second visit undoes.
///
/// Nothing is copied, so that no parameter is shared once it is back in its model.
struct ExchangeParameters: ModuleVisitor {
  var values: [Tensor]
  private var position = 0
  private var detachesBuffers = false

  init(values: [Tensor] = []) { self.values = values }

  mutating func parameter(_ name: String, _ value: inout Tensor) {
    if position < values.count { swap(&value, &values[position]) }
    position += 1
  }

  mutating func buffer(_ name: String, _ value: inout Tensor) {
    if detachesBuffers && value.trace != nil { value = value.detached }
  }

  /// Gives a model its parameters back after a closure ran on others, and frees its buffers from traces.
  mutating func undo(in model: inout some Module) {
    position = 0
    detachesBuffers = true
    model.visit(&self)
    require(
      position == values.count,
      "valueWithGradient: the model had \(values.count) parameters before the closure and \(position) after it: "
        + "change the structure of a model outside")
  }
}

extension Module {
  /// Calls a closure with every parameter, which it may change in place, in the order of `visit`.
  ///
  /// ```swift
  /// model.forEachParameter { $0 = $0.clamped(min: -1, max: 1) }
  /// ```
  public mutating func forEachParameter(_ body: (inout Tensor) -> Void) {
    withoutActuallyEscaping(body) { body in
      var visitor = CallForParameters(body: body)
      visit(&visitor)
    }
  }
}

/// Hands every parameter to a closure.
private struct CallForParameters: ModuleVisitor {
  let body: (inout Tensor) -> Void

  mutating func parameter(_ name: String, _ value: inout Tensor) { body(&value) }
}
