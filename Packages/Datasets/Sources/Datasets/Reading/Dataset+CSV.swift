public import Files
internal import Tensors

extension Dataset {
  /// Writes the examples as a CSV file (RFC 4180) with a first line of names, which `CSVSamples` reads back exactly.
  ///
  /// The file appears whole or not at all. Inputs of more than one axis are written as one row each.
  ///
  /// - Parameters:
  ///   - features: The names of the input columns, `x0`, `x1` and so on unless given.
  ///   - label: The name of the target column; several outputs are numbered: `target0`, `target1`.
  ///   - classes: The names of the classes, which are written in place of their indices.
  /// - Throws: `SaveError.nonFinite` if a number is infinite or NaN, besides what the disk refuses.
  public func write(
    csv path: String, features: [String]? = nil, label: String = "target", classes: [String] = [],
    writer: AtomicWriter = AtomicWriter()
  ) throws(SaveError) {
    let (inputs, targets) = (inputs.detached, targets.detached)
    for (name, tensor) in [("the inputs", inputs), ("the targets", targets)] {
      let wrong = tensor.scalars.count { !$0.isFinite }
      if wrong > 0 { throw .nonFinite(path: path, name: name, count: wrong) }
    }
    let (width, outputs) = (inputs.count / max(count, 1), targets.count / max(count, 1))
    let names = features ?? (0..<width).map { "x\($0)" }
    require(names.count == width, "write(csv:): \(names.count) names for \(width) columns of inputs")
    let labels = outputs == 1 ? [label] : (0..<outputs).map { "\(label)\($0)" }
    require(Set(names + labels).count == width + outputs, "write(csv:): a name is given to two columns")
    let (left, right) = (cells(of: inputs), try cells(of: targets, classes, path))
    var text = (names + labels).map(quoted).joined(separator: ",") + "\n"
    for row in 0..<count {
      let cells = left[(row * width)..<((row + 1) * width)] + right[(row * outputs)..<((row + 1) * outputs)]
      text += cells.joined(separator: ",") + "\n"
    }
    try writer.write(Array(text.utf8), to: path)
  }
}

/// The targets as text: numbers, or the names of their classes.
private func cells(of targets: Tensor, _ classes: [String], _ path: String) throws(SaveError) -> [String] {
  if classes.isEmpty { return cells(of: targets) }
  var result: [String] = []
  for label in targets.scalars {
    guard let index = Int(exactly: label), classes.indices.contains(index) else {
      throw .unsupported(path: path, reason: "the target \(label) is none of the \(classes.count) named classes")
    }
    result.append(quoted(classes[index]))
  }
  return result
}

/// Numbers as the shortest text that reads back exactly: float32 needs fewer digits than float64.
private func cells(of tensor: Tensor) -> [String] {
  switch tensor.dtype {
  case .float32: tensor.scalars(as: Float.self).map { shortened("\($0)") }
  case .float64: tensor.scalars.map { shortened("\($0)") }
  default: tensor.cast(to: .int64).scalars(as: Int.self).map { "\($0)" }
  }
}

/// A number without the fraction that Swift gives to whole ones.
private func shortened(_ text: String) -> String { text.hasSuffix(".0") ? String(text.dropLast(2)) : text }

/// A cell in quotes where it needs them: where it would be taken apart, or its spaces would be lost.
private func quoted(_ text: String) -> String {
  let isPlain = !text.contains { "\",\n\r".contains($0) } && text.first != " " && text.last != " "
  return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
}
