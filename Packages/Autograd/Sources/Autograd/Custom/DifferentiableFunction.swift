public import Tensors

/// A function that brings its own gradient rule.
///
/// ```swift
/// struct Square: DifferentiableFunction {
///   func forward(_ x: Tensor) -> (output: Tensor, saved: Tensor) { (x * x, x) }
///   func backward(_ gradient: Tensor, _ x: Tensor) -> Tensor { gradient * x * 2 }
/// }
/// let y = Square()(x)
/// ```
/// `Inputs` is a tensor or a tuple of tensors, and `backward` returns one gradient per input, of that input's shape and
/// type. Whatever is not a tensor (sizes, rates) is a stored property. Called `autograd.Function` in PyTorch.
///
/// Derivatives of `backward` itself need nothing more: it is written with tensor operations, so it can be
/// differentiated like any function. What `forward` computes and saves is then followed through the operations that
/// computed it.
public protocol DifferentiableFunction: Sendable {
  /// The tensors that the function takes: `Tensor`, or a tuple such as `(Tensor, Tensor)`.
  associatedtype Inputs
  /// What the forward pass keeps for the backward pass.
  associatedtype Saved: Sendable

  /// What the function is called in messages and drawings.
  var name: String { get }

  /// Computes the result, and what the gradient rule will need of it.
  func forward(_ inputs: Inputs) -> (output: Tensor, saved: Saved)

  /// Computes the gradient of every input from the gradient of the result.
  func backward(_ gradient: Tensor, _ saved: Saved) -> Inputs
}

extension DifferentiableFunction {
  /// The name of the type.
  public var name: String { "\(Self.self)" }

  /// Applies the function, so that gradients use its own rule.
  public func callAsFunction<each Input: TensorValue>(_ input: repeat each Input) -> Tensor
  where Inputs == (repeat each Input) {
    var operands: [Tensor?] = []
    for value in repeat each input { operands.append(value.tensor) }
    let recorder = operands.lazy.compactMap { $0?.trace?.recorder }.first { $0.isRecording }
    guard let recorder else { return forward((repeat each input)).output.detached }
    let (output, saved) =
      recorder.keepsTraces
      ? forward((repeat each input))
      : forward((repeat (each input).replacing((each input).tensor?.detached)))
    var result = output.detached
    guard result.dtype.isFloatingPoint else { return result }
    var inputs = InputRecords()
    for operand in operands { inputs.append(number(of: operand, in: recorder)) }
    let given = operands.compactMap { $0 }
    let expected = operands.map { $0.map { ($0.shape, $0.dtype) } }
    let rule = Rule.all { gradient in
      let gradients: (repeat each Input) = backward(gradient, saved)
      var parts: [Tensor?] = []
      for part in repeat each gradients {
        requireFitting(part.tensor, expected[parts.count], input: parts.count)
        parts.append(part.tensor)
      }
      return parts
    }
    let index = recorder.record(name, inputs: inputs, output: result, operands: { given }) { _ in rule }
    if let index { result.trace = Trace(recorder: recorder, index: index) }
    return result
  }

  /// Stops the program where `backward` gives a gradient that is not like its input.
  private func requireFitting(_ gradient: Tensor?, _ expected: (shape: Shape, dtype: DType)?, input: Int) {
    guard let gradient, let expected else { return }
    require(
      gradient.shape == expected.shape && gradient.dtype == expected.dtype,
      "\(name): its gradient rule gave \(gradient.dtype)\(gradient.shape) for input \(input), "
        + "which is \(expected.dtype)\(expected.shape): a gradient has the shape and type of its input")
  }

  /// The record of an input, if it has one.
  private func number(of operand: Tensor?, in recorder: any Recorder) -> Int? {
    guard let trace = operand?.trace, trace.recorder.isRecording else { return nil }
    require(
      trace.recorder === recorder, "\(name): the inputs belong to two recordings that both run: detach one of them")
    return trace.index
  }
}
