import Modules
import Tensors
import Testing

@Suite struct FailureTests {
  private func expect(
    _ sentence: String, in result: ExitTest.Result?, location: SourceLocation = #_sourceLocation
  ) throws {
    let text = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(text.contains(sentence), "\(text.prefix(400))", sourceLocation: location)
  }

  @Test("a pattern that fits no parameter is taken for a slip")
  func misspelt() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var model = Classifier()
      _ = valueWithGradient(at: &model, training: .except("hiden.*")) { Points.loss($0(Points.inputs)) }
    }
    try expect(
      "no parameter matches hiden.*: the parameters are hidden.weight, hidden.bias, output.weight, output.bias",
      in: result)
  }

  @Test("a gradient by hand of another shape is a mistake")
  func handMadeShape() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Gradients(of: Classifier(), ["output.bias": Tensor([1.0, 2], dtype: .float64)])
    }
    try expect("gradients: output.bias is float64 of shape [1]: its gradient has to be the same", in: result)
  }

  @Test("a loss that does not use the model says so")
  func unused() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var model = Classifier()
      _ = valueWithGradient(at: &model) { _ in Points.loss(Points.targets * 2) }
    }
    try expect("the loss was not computed from the inputs", in: result)
  }

  @Test("a model without parameters cannot be trained")
  func empty() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var model = Squash()
      _ = valueWithGradient(at: &model) { $0(Points.inputs).sum() }
    }
    try expect("the model has no parameters", in: result)
  }

  @Test("a tensor is only replaced by one of its shape, and by a path that exists")
  func replacing() async throws {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var model = Classifier()
      model[path: "hidden.bias"] = Tensor([1.0], dtype: .float64)
    }
    try expect("hidden.bias is float64[3] and cannot become float64[1]", in: shape)
    let path = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      print(Classifier()[path: "hidden.wieght"])
    }
    try expect("there is no tensor hidden.wieght: there are hidden.weight, hidden.bias", in: path)
  }
}
