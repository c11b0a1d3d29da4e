/// The link from a tensor to the record of the operation that made it.
public struct Trace: Sendable {
  /// What records.
  public let recorder: any Recorder
  /// The number of the record.
  public let index: Int

  /// Links to record `index` of `recorder`.
  public init(recorder: any Recorder, index: Int) {
    self.recorder = recorder
    self.index = index
  }
}

/// Something that notes the operations on the tensors it watches, as Autograd's tape does.
///
/// `Tensors` knows only this much about gradients: an operation on a tensor with a trace tells its recorder what was
/// done and how the gradient of the result turns into gradients of the inputs.
public protocol Recorder: AnyObject, Sendable {
  /// Whether operations are still noted; false once the gradients have been computed.
  var isRecording: Bool { get }

  /// Whether rules keep the traces of what they save, because the backward pass will itself be recorded.
  var keepsTraces: Bool { get }

  /// Notes one operation and returns the number of its record, or nil where operations are no longer noted.
  ///
  /// - Parameters:
  ///   - name: What the operation is called, in the words of the function that did it.
  ///   - inputs: Which records made the inputs.
  ///   - output: The result.
  ///   - operands: All inputs, traced or not, for recorders that draw the computation.
  ///   - rule: Makes the gradient rule, once. It is given the number of the new record where the rule shall keep traces,
  ///     so that a rule which uses the result can see it with its own trace; otherwise nil.
  func record(
    _ name: String, inputs: InputRecords, output: borrowing Tensor, operands: () -> [Tensor],
    rule: (_ traced: Int?) -> Rule
  ) -> Int?

  /// The name of the operation with the given record, where the recorder still knows it.
  ///
  /// A loss asks for it, to warn of logits that have already been through a softmax.
  func operationName(at index: Int) -> String?
}

/// How the gradient of an operation's result turns into the gradients of its inputs.
public enum Rule: Sendable {
  /// Gives the gradient of one input, named by its position; asked only for inputs that need one.
  case each(@Sendable (_ gradient: Tensor, _ input: Int) -> Tensor)
  /// Gives the gradients of all inputs at once, where they share work; nil where an input has none.
  case all(@Sendable (_ gradient: Tensor) -> [Tensor?])
}

extension Recorder {
  /// Nil: a recorder need not keep names.
  public func operationName(at index: Int) -> String? { nil }
}
