internal import Modules
internal import Synchronization
internal import Tensors

/// One value of a traced model: the input, a weight, a constant, or the result of an operation.
struct OnnxStep: Sendable {
  /// Where a value comes from.
  enum Kind: Sendable { case input, constant, operation }

  var kind: Kind
  /// What the operation is called.
  var operation = ""
  /// The dotted path of a weight.
  var label: String?
  /// The steps that the value was computed from.
  var inputs: [Int] = []
  var value: Tensor
  var rule: Rule?
}

/// Notes what a model does together with the gradient rules.
///
/// A rule is how an operation without parameters on record is found out about: which element went where, and times what.
final class OnnxTape: Recorder {
  private let steps = Mutex<[OnnxStep]>([])

  var isRecording: Bool { true }
  var keepsTraces: Bool { false }

  func record(
    _ name: String, inputs: InputRecords, output: borrowing Tensor, operands: () -> [Tensor],
    rule: (_ traced: Int?) -> Rule
  ) -> Int? {
    let (value, values, rule) = (output.detached, operands(), rule(nil))
    return steps.withLock { steps in
      var numbers: [Int] = []
      for position in 0..<inputs.count {
        if let known = inputs[position] {
          numbers.append(known)
        } else {
          numbers.append(steps.count)
          steps.append(OnnxStep(kind: .constant, value: values[position].detached))
        }
      }
      steps.append(OnnxStep(kind: .operation, operation: name, inputs: numbers, value: value, rule: rule))
      return steps.count - 1
    }
  }

  /// The same tensor, known from now on as the input (without a label) or a weight.
  func watch(_ tensor: Tensor, as label: String?) -> Tensor {
    var watched = tensor
    let index = steps.withLock { steps in
      steps.append(OnnxStep(kind: label == nil ? .input : .constant, label: label, value: tensor.detached))
      return steps.count - 1
    }
    watched.trace = Trace(recorder: self, index: index)
    return watched
  }

  /// Everything a model did in inference mode; nil if its output does not come from its input and its weights.
  static func steps(of model: some Layer, on example: Tensor) -> (steps: [OnnxStep], output: Int)? {
    let tape = OnnxTape()
    var watched = model
    var watch = Watch(tape: tape)
    watched.visit(&watch)
    let output = watched.predict(tape.watch(example, as: nil))
    guard let trace = output.trace, trace.recorder === tape else { return nil }
    return (tape.steps.withLock { $0 }, trace.index)
  }

  /// Makes every floating-point tensor of a module known under its path.
  private struct Watch: ModuleVisitor {
    let tape: OnnxTape
    var path: [String] = []

    mutating func parameter(_ name: String, _ value: inout Tensor) {
      if value.dtype.isFloatingPoint { value = tape.watch(value, as: (path + [name]).joined(separator: ".")) }
    }

    mutating func buffer(_ name: String, _ value: inout Tensor) { parameter(name, &value) }

    mutating func enter(_ name: String) { path.append(name) }

    mutating func leave() { path.removeLast() }
  }
}
