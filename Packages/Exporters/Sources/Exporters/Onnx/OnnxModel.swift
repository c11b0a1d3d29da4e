public import Files

/// A model in the Open Neural Network Exchange format: a graph of operations with its weights.
///
/// Written are version 8 of the format and operator set 17, which every onnxruntime since 2022 reads.
public struct OnnxModel: Sendable {
  /// A parameter of an operation that is no tensor.
  public enum Attribute: Sendable, Equatable {
    /// One value.
    case integer(Int), float(Float), text(String)
    /// Several values.
    case integers([Int]), floats([Float]), texts([String])
  }

  /// One operation.
  public struct Node: Sendable {
    /// The operator's name, as `Gemm`.
    public var operation: String
    /// The values it takes; an empty name leaves an optional one out.
    public var inputs: [String]
    /// The values it gives.
    public var outputs: [String]
    /// Its parameters.
    public var attributes: [(name: String, value: Attribute)]

    /// An operation from values to values.
    public init(
      _ operation: String, _ inputs: [String], _ outputs: [String],
      _ attributes: [(name: String, value: Attribute)] = []
    ) {
      self.operation = operation
      self.inputs = inputs
      self.outputs = outputs
      self.attributes = attributes
    }
  }

  /// The size of an axis: a number, or a name for one that may change from call to call.
  public enum Size: Sendable, Equatable {
    /// Always this many, or as many as the caller gives.
    case fixed(Int), named(String)
  }

  /// An input or output of the whole model.
  public struct Value: Sendable {
    /// Its name.
    public var name: String
    /// The kind of number.
    public var type: ElementType
    /// The sizes of its axes.
    public var shape: [Size]

    /// A value of this type and shape.
    public init(name: String, type: ElementType = .float32, shape: [Size]) {
      self.name = name
      self.type = type
      self.shape = shape
    }
  }

  /// The name of the graph.
  public var name: String
  /// What goes in.
  public var inputs: [Value]
  /// What comes out.
  public var outputs: [Value]
  /// The operations, each after those whose results it takes.
  public var nodes: [Node]
  /// The weights.
  public var weights: [NamedArray]
  /// Texts about the model.
  public var metadata: [String: String]

  /// A model of these parts.
  public init(
    name: String, inputs: [Value], outputs: [Value], nodes: [Node], weights: [NamedArray],
    metadata: [String: String] = [:]
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.nodes = nodes
    self.weights = weights
    self.metadata = metadata
  }

  /// What contradicts the rules of the format, in words; nil when nothing does.
  public var inconsistency: String? {
    if name.isEmpty { return "the graph has no name" }
    var known: Set<String> = []
    for value in inputs.map(\.name) + weights.map(\.name) where !known.insert(value).inserted {
      return "\(value) is the name of two inputs or weights"
    }
    for node in nodes {
      for input in node.inputs where !input.isEmpty && !known.contains(input) {
        return "\(node.operation) takes \(input), which nothing before it gives"
      }
      for output in node.outputs where !output.isEmpty && !known.insert(output).inserted {
        return "\(node.operation) gives \(output), which exists already"
      }
    }
    return outputs.first { !known.contains($0.name) }.map { "nothing gives the output \($0.name)" }
  }

  /// Writes the model at `path`.
  public func write(to path: String, writer: AtomicWriter = AtomicWriter()) throws(SaveError) {
    if let inconsistency { throw .unsupported(path: path, reason: inconsistency) }
    guard weights.reduce(0, { $0 + $1.bytes.byteCount }) < 2_000_000_000 else {
      throw .unsupported(path: path, reason: "an ONNX file holds at most 2 GB: export the weights as safetensors")
    }
    try writer.write(encoded, to: path)
  }
}
