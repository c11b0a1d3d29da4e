internal import Checkpoints
internal import Files
internal import Tensors

/// Collects the operations and weights of a model under names that are all different.
struct OnnxEmitter {
  private(set) var nodes: [OnnxModel.Node] = []
  private(set) var weights: [NamedArray] = []
  private var used: Set<String> = ["input", "output"]
  private var rows: String?

  /// A name that nothing has yet.
  mutating func fresh(_ stem: String) -> String {
    var name = stem
    var number = 0
    while !used.insert(name).inserted {
      number += 1
      name = "\(stem)_\(number)"
    }
    return name
  }

  /// Adds an operation whose result has the given name, or a new one.
  @discardableResult
  mutating func add(
    _ operation: String, _ inputs: [String], as output: String? = nil,
    _ attributes: [(name: String, value: OnnxModel.Attribute)] = []
  ) -> String {
    let output = output ?? fresh(operation.lowercased())
    nodes.append(OnnxModel.Node(operation, inputs, [output], attributes))
    return output
  }

  /// Adds a tensor that is part of the model.
  mutating func constant(_ tensor: Tensor, named name: String? = nil) -> String {
    let name = fresh(name ?? "constant")
    weights.append(NamedArray(tensor, name: name))
    return name
  }

  /// A vector that is a shape in which some sizes follow the number of rows; nil if a size does so in another way.
  mutating func sizes(_ all: Shape, _ one: Shape, rows count: Int) -> String? {
    guard all.rank == one.rank else { return nil }
    let varying = all.indices.filter { all[$0] != one[$0] }
    if varying.isEmpty { return constant(Tensor(Array(all)), named: "shape") }
    guard varying.allSatisfy({ all[$0] == one[$0] * count }) else { return nil }
    let rows = self.rows ?? add("Shape", ["input"], as: fresh("rows"), [("start", .integer(0)), ("end", .integer(1))])
    self.rows = rows
    var parts: [String] = []
    for axis in all.indices {
      let number = varying.contains(axis) && one[axis] == 1 ? nil : constant(Tensor([one[axis]]), named: "size")
      if varying.contains(axis) {
        parts.append(number.map { add("Mul", [rows, $0]) } ?? rows)
      } else {
        parts += [number].compactMap { $0 }
      }
    }
    return parts.count == 1 ? parts[0] : add("Concat", parts, [("axis", .integer(0))])
  }
}

/// A way to say in ONNX what an operation did, with a way to try whether that is true.
struct OnnxTranslationRule {
  /// What the translation computes from the inputs.
  var evaluate: ([Tensor]) -> Tensor?
  /// Adds the operations.
  var emit: (inout OnnxEmitter, _ inputs: [String], _ output: String) -> Void

  /// A single operation of ONNX without parameters.
  static func simple(_ operation: String, _ evaluate: @escaping ([Tensor]) -> Tensor?) -> OnnxTranslationRule {
    OnnxTranslationRule(evaluate: evaluate) { emitter, inputs, output in
      emitter.add(operation, inputs, as: output)
    }
  }
}

extension Tensor {
  /// Whether type, shape and every bit are the same.
  func isSame(as other: Tensor) -> Bool {
    guard dtype == other.dtype, shape == other.shape else { return false }
    return withUnsafeBytes { a in other.withUnsafeBytes { b in a.elementsEqual(b) } }
  }

  /// Whether the numbers are the same but for rounding.
  func isClose(to other: Tensor) -> Bool {
    guard dtype == other.dtype, shape == other.shape else { return false }
    let tolerance = dtype == .float64 ? 1e-12 : 2e-6
    return zip(scalars, other.scalars).allSatisfy { a, b in
      a == b || (a.isNaN && b.isNaN) || (a - b).magnitude <= tolerance * Swift.max(1, a.magnitude, b.magnitude)
    }
  }
}
