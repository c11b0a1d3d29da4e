internal import Tensors

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

/// Writes values over all parameters.
struct ReplaceParameters: ModuleVisitor {
  var values: [Tensor]
  var detachesBuffers = false
  private(set) var position = 0

  init(values: [Tensor]) { self.values = values }

  mutating func parameter(_ name: String, _ value: inout Tensor) {
    if position < values.count { value = values[position] }
    position += 1
  }

  mutating func buffer(_ name: String, _ value: inout Tensor) {
    if detachesBuffers && value.trace != nil { value = value.detached }
  }
}
