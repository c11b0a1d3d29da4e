public import Tensors

/// What a model is made of: one row per module with its output shape, its own parameters and its memory.
public struct ModelSummary: Sendable {
  /// One module.
  public struct Row: Sendable {
    /// The dotted path, empty for the model itself.
    public let path: String
    /// The name of the type.
    public let type: String
    /// How many modules it is inside of.
    public let depth: Int
    /// The shape of its output for the given input, where it can be known.
    public internal(set) var output: Shape?
    /// The numbers that training changes, without those of the modules inside.
    public internal(set) var trainedCount = 0
    /// The numbers of frozen parameters, without those of the modules inside.
    public internal(set) var frozenCount = 0
    /// The numbers that are kept but not trained, without those of the modules inside.
    public internal(set) var bufferCount = 0
    /// The memory of all these in bytes.
    public internal(set) var byteCount = 0
  }

  /// The model and all modules inside it, in the order of `visit`.
  public internal(set) var rows: [Row]

  /// The number of trained parameters of the whole model.
  public var trainedCount: Int { rows.reduce(0) { $0 + $1.trainedCount } }
  /// The number of frozen parameters of the whole model.
  public var frozenCount: Int { rows.reduce(0) { $0 + $1.frozenCount } }
  /// The number of all parameters.
  public var parameterCount: Int { trainedCount + frozenCount }
  /// The number of numbers in buffers.
  public var bufferCount: Int { rows.reduce(0) { $0 + $1.bufferCount } }
  /// The memory of all parameters and buffers in bytes.
  public var byteCount: Int { rows.reduce(0) { $0 + $1.byteCount } }
}

extension Module {
  /// What the module is made of; pass what is frozen as for `valueWithGradient`.
  public func summary(training selection: ParameterSelection = .all) -> ModelSummary {
    var visitor = SummaryVisitor(training: selection)
    var copy = self
    visitor.child("", &copy)
    return ModelSummary(rows: visitor.rows)
  }
}

extension Layer {
  /// What the layer is made of, with the shape of every output that it computes from `input`.
  public func summary(input: Tensor, training selection: ParameterSelection = .all) -> ModelSummary {
    var visitor = SummaryVisitor(training: selection, input: input, shapes: OutputShapes(of: self, input))
    var copy = self
    visitor.child("", &copy)
    return ModelSummary(rows: visitor.rows)
  }
}

extension ModelSummary: CustomStringConvertible {
  /// A table of at most 80 columns, with totals.
  public var description: String {
    let shown = rows.count > 1 ? rows.filter { $0.depth > 0 } : rows
    var table = TextTable(["layer", "type", "output", "parameters", "bytes", ""], numbers: [3, 4])
    for row in shown {
      let name = row.path.split(separator: ".").last.map(String.init) ?? "model"
      table.add([
        String(repeating: "  ", count: max(row.depth - 1, 0)) + name, row.type, row.output.map { "\($0)" } ?? "–",
        grouped(row.trainedCount + row.frozenCount), grouped(row.byteCount), row.frozenCount > 0 ? "frozen" : "",
      ])
    }
    let frozen = frozenCount > 0 ? " (\(grouped(trainedCount)) trained, \(grouped(frozenCount)) frozen)" : ""
    let buffers = bufferCount > 0 ? ", \(grouped(bufferCount)) numbers in buffers" : ""
    return table.text + "\n" + table.rule + "\n"
      + "\(grouped(parameterCount)) parameters\(frozen)\(buffers), \(grouped(byteCount)) bytes"
  }
}

/// A whole number with its digits in groups of three.
private func grouped(_ number: Int) -> String {
  var result = ""
  for (index, digit) in String(number).reversed().enumerated() {
    if index > 0 && index % 3 == 0 { result.append(",") }
    result.append(digit)
  }
  return String(result.reversed())
}
