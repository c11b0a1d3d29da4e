import Autograd
import Tensors
import Testing

/// Mistakes in a program end it with a sentence that names what is wrong and what to do.
@Suite struct FailureTests {
  private func expect(
    _ sentence: String, in result: ExitTest.Result?, location: SourceLocation = #_sourceLocation
  ) throws {
    let text = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(text.contains(sentence), "\(text.prefix(400))", sourceLocation: location)
  }

  @Test("the gradient of something that is not one number asks for a reduction or a seed")
  func notScalar() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(of: { $0 * 2 }, at: Tensor([1.0, 2], dtype: .float64))
    }
    try expect("the loss has shape [2] and not one element: reduce it with mean() or sum()", in: result)
  }

  @Test("a loss of captured numbers is named, not given a gradient of zeros")
  func captured() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor([1.0, 2], dtype: .float64)
      _ = gradient(of: { _ in x.sum() }, at: x)
    }
    try expect("the loss was not computed from the inputs", in: result)
  }

  @Test("a tensor of a recording that has ended cannot be a loss")
  func ended() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var escaped = Tensor([0.0], dtype: .float64)
      _ = valueWithGradient(at: Tensor([1.0], dtype: .float64)) { x in
        escaped = x * 2
        return x
      }
      _ = gradient(of: { _ in escaped }, at: Tensor([1.0], dtype: .float64))
    }
    try expect("the loss belongs to a recording that has ended: compute it inside the closure", in: result)
  }

  @Test("inside another differentiation, a loss that depends on outer inputs alone is a mistake")
  func outerOnly() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(
        of: { a in gradient(of: { _ in (a * a).sum() }, at: Tensor([1.0], dtype: .float64)).sum() },
        at: Tensor([2.0], dtype: .float64))
    }
    try expect("the loss does not depend on any of the inputs: use the closure's arguments", in: result)
  }

  @Test("whole numbers have no derivatives")
  func integers() async throws {
    let input = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(of: { $0.sum() }, at: Tensor([1, 2], dtype: .int64))
    }
    try expect("a tensor of int64 has no derivatives: convert it with cast(to: .float32)", in: input)
    let loss = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(of: { $0.sum().cast(to: .int32) }, at: Tensor([1.0, 2], dtype: .float64))
    }
    try expect("the loss is of type int32, which has no derivatives", in: loss)
  }

  @Test("float32 is refused where differences are taken")
  func coarse() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = checkGradients(of: { $0.sum() }, at: Tensor([Float(1)]))
    }
    try expect("input 0 is float32, whose differences are too coarse for a check", in: result)
  }

  @Test("a gradient of the wrong shape names the function whose rule gave it")
  func wrongShape() async throws {
    struct Careless: DifferentiableFunction {
      func forward(_ x: Tensor) -> (output: Tensor, saved: Tensor) { (x * 2, x) }
      func backward(_ gradient: Tensor, _ x: Tensor) -> Tensor { gradient.sum() }
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(of: { Careless()($0).sum() }, at: Tensor([1.0, 2, 3], dtype: .float64))
    }
    try expect(
      "Careless: its gradient rule gave float64[] for input 0, which is float64[3]: a gradient has the shape and type",
      in: result)
  }

  @Test("a seed of the wrong shape is refused")
  func wrongSeed() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = valueWithGradient(at: Tensor([1.0, 2], dtype: .float64), seed: Tensor([1.0], dtype: .float64)) { $0 * 2 }
    }
    try expect("the seed is float64[1] and the result float64[2]", in: result)
  }
}
