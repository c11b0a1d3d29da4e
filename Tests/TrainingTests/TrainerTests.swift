import Datasets
import Modules
import Optimizers
import Tensors
import Testing
import Training

/// y = x w + b in float64, counting its calls in a buffer as batch normalization would.
private struct Line: Layer {
  var weight = Tensor([[0.5], [-0.25]], dtype: .float64)
  var bias = Tensor([0.1], dtype: .float64)
  var calls = Tensor(0, dtype: .float64)

  mutating func callAsFunction(_ input: Tensor) -> Tensor {
    calls = calls + 1
    return input.matmul(weight) + bias
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
    visitor.buffer("calls", &calls)
  }

  var parameters: [Double] { weight.scalars + bias.scalars }
}

private func trainer(rate: Double = 0.1) -> Trainer<Line, SGDRule> {
  Trainer(Line(), SGD(learningRate: rate)) { predictions, targets in
    let error = predictions - targets
    return (error * error).mean()
  }
}

private func plane(_ count: Int) -> RegressionPlane {
  var random = RandomSource(seed: 1)
  return RegressionPlane(count: count, extent: 1, dtype: .float64, using: &random)
}

private func nearly(_ left: [Double], _ right: [Double], _ tolerance: Double) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) < tolerance }
}

struct TrainerTests {
  @Test(
    "a loss over batches is the mean over all examples, also when the last batch is short", arguments: [1, 3, 10, 99])
  func shortBatch(_ size: Int) throws {
    let data = plane(10)
    let whole = trainer().evaluate(data, batchSize: 10)
    let parts = trainer().evaluate(data, batchSize: size)
    #expect(abs(parts.loss - whole.loss) < 1e-15 && parts.predictions.shape == [10, 1])
    var still = trainer(rate: 0)
    let report = try still.epoch(data.batches(of: size))
    #expect(abs(report.loss - whole.loss) < 1e-15 && report.examples == 10 && report.steps == (10 + size - 1) / size)
  }

  @Test("gathered batches give the step of one large batch", arguments: [(10, 3), (12, 3), (7, 4)])
  func accumulation(_ count: Int, _ size: Int) throws {
    let data = plane(count)
    var (one, many) = (trainer(), trainer())
    many.accumulation = 4
    for _ in 1...5 {
      _ = try one.epoch(data.batches(of: count))
      #expect(try many.epoch(data.batches(of: size)).steps == 1)
    }
    #expect(nearly(one.model.parameters, many.model.parameters, 1e-12))
    #expect(one.model.parameters != Line().parameters)
  }

  @Test("a long gradient is shortened to the given length, a short one is used as it is")
  func clipping() throws {
    let data = plane(8)
    var (plain, clipped, loose) = (trainer(rate: 1), trainer(rate: 1), trainer(rate: 1))
    clipped.clippingNorm = 1e-3
    loose.clippingNorm = 1e3
    let report = try clipped.epoch(data.batches(of: 8))
    do {
      _ = try plain.epoch(data.batches(of: 8))
      _ = try loose.epoch(data.batches(of: 8))
    }
    func length(_ model: Line) -> Double {
      zip(model.parameters, Line().parameters).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
    // As in PyTorch, 1e-6 is added to the length that divides.
    #expect(length(clipped.model) <= 1e-3 && length(clipped.model) > 0.99999e-3)
    #expect(plain.model.parameters == loose.model.parameters)
    #expect(abs((report.gradientNorm ?? 0) - length(plain.model)) < 1e-12)
  }

  @Test("a loss that is not finite names epoch and batch and leaves the model as it was before that batch")
  func nonFiniteLoss() throws {
    var inputs = plane(6).inputs.scalars
    inputs[9] = .nan  // the third batch of two
    let data = Samples(inputs: Tensor(inputs, shape: [6, 2]), targets: plane(6).targets)
    var (whole, stopped) = (trainer(), trainer())
    _ = try whole.epoch(plane(6)[0..<4].batches(of: 2))
    let error = #expect(throws: TrainingError.self) { try stopped.epoch(data.batches(of: 2)) }
    #expect(error?.description.hasPrefix("epoch 1, batch 3: the loss is nan: ") == true)
    #expect(stopped.model.parameters == whole.model.parameters && stopped.model.calls.scalar == 2)
  }

  @Test("a gradient that is not finite is named by its path")
  func nonFiniteGradient() {
    // The square root of 0 is finite, its derivative is not.
    var stopped = Trainer(Line(), SGD(learningRate: 0.1)) { predictions, _ in sqrt(predictions * 0).sum() }
    let error = #expect(throws: TrainingError.self) { try stopped.epoch(plane(2).batches(of: 2)) }
    #expect(
      error
        == .nonFinite(epoch: 1, batch: 1, what: "the gradient of weight holds an infinity or a NaN"))
    #expect(stopped.model.parameters == Line().parameters && stopped.model.calls.scalar == 0)
  }
}

struct PatienceTests {
  /// Whether patience was over after each value; the model that comes with a value has its number as the bias.
  private func observe(_ values: [Double], _ patience: inout Patience<Line>) -> [Bool] {
    values.enumerated().map { number, value in
      var model = Line()
      model.bias = Tensor([Double(number)] as [Double])
      return patience.isOver(after: value, with: model)
    }
  }

  @Test("the best model is kept, whatever ends the run; NaN is never progress")
  func best() {
    var patience = Patience<Line>(of: 3)
    #expect(observe([.nan, 5, 3, .nan, 4, 3], &patience) == [false, false, false, false, false, true])
    #expect(patience.best?.bias.scalar == 2 && patience.bestValue == 3 && patience.bestObservation == 3)
    var short = Patience<Line>(of: 3)
    #expect(observe([2, 1], &short) == [false, false])
    #expect(short.best?.bias.scalar == 1, "kept although the run ends otherwise")
    var hopeless = Patience<Line>(of: 2)
    #expect(observe([.nan, .nan], &hopeless) == [false, true])
    #expect(hopeless.best == nil)
  }

  @Test("larger can be better, and small progress can be too little")
  func options() {
    var larger = Patience<Line>(of: 1, preferringLarger: true)
    #expect(observe([0.5, 0.6, 0.6], &larger) == [false, false, true] && larger.best?.bias.scalar == 1)
    var threshold = Patience<Line>(of: 1, threshold: 0.1)
    #expect(observe([1, 0.95], &threshold) == [false, true])
  }
}

struct HistoryTests {
  @Test("values are found by name, gaps are NaN, and the best epoch is the smallest that is a number")
  func history() {
    var history = History()
    history.append(epoch: 1, ["loss": 3, "test": .nan])
    history.append(epoch: 2, ["loss": 1])
    history.append(epoch: 3, ["loss": 2, "accuracy": 0.5])
    #expect(history.names == ["loss", "test", "accuracy"] && history["loss"] == [3, 1, 2])
    #expect(history["accuracy"].map(\.isNaN) == [true, true, false])
    #expect(history.bestEpoch(by: "loss") == 2 && history.bestEpoch(by: "test") == nil)
    #expect(history.bestEpoch(by: "none") == nil)
  }
}
