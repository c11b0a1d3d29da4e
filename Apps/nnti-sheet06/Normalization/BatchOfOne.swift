import Drawing
import Experiments
import Plotting
import Wabe

/// 6.4 c: batches of one example, in training and in use.
struct BatchOfOne: Experiment {
  let id = "nnti06.6.4.c"
  let title = "A batch of one example"
  let question =
    "What becomes of batch normalization when the batch size is 1? And how does the layer treat the single example of an "
    + "inference?"

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      "In training a batch of one is its own mean: x − μ = 0 and σ² = 0, so the output is β, whatever the input is. Nothing about "
        + "the input gets through and no gradient comes back; the layer needs batches large enough for their moments to "
        + "mean something.")
    run.say(
      "In inference no statistics of the batch are used. The layer keeps running averages of the mean and of the variance "
        + "from training, and with these it is a fixed affine map of each example by itself.")
    run.formula(
      "training:    y = γ (x − μ_B) / √(σ_B² + ε) + β",
      "             μ̂  ← 0.9 μ̂ + 0.1 μ_B",
      "             σ̂² ← 0.9 σ̂² + 0.1 · m/(m − 1) · σ_B²",
      "inference:   y = γ (x − μ̂) / √(σ̂² + ε) + β")
    trainOnOne(in: &run)
    followStatistics(in: &run)
    inferAlone(in: &run)
    try drawNoise(in: &run)
  }

  /// Output and gradient of a batch of one.
  private func trainOnOne(in run: inout Run) {
    run.heading("Training with one example")
    var random = run.random
    var norm = BatchNorm(4, dtype: .float64)
    norm.weight = Tensor.normal([4], mean: 1, dtype: .float64, using: &random)
    norm.bias = Tensor.normal([4], dtype: .float64, using: &random)
    let upstream = Tensor.normal([1, 4], dtype: .float64, using: &random)
    let x = Tensor.normal([1, 4], deviation: 5, dtype: .float64, using: &random)
    let start = norm
    let output = Mode.$current.withValue(.training) { norm(x) }
    let slope = Mode.$current.withValue(.training) {
      gradient(of: { (norm($0) * upstream).sum() }, at: x)
    }
    run.table(
      "One example of four features", columns: ["", "1", "2", "3", "4"],
      rows: [("input", x), ("output", output), ("β", norm.bias), ("∂L/∂input", slope)].map { name, values in
        [name] + values.scalars.map { $0.text(4) }
      })
    run.check("output against β", output.flattened(), equals: start.bias)
    run.check("∂L/∂input against 0", slope, equals: .zeros([1, 4], dtype: .float64))
    run.check("the running variance has not moved", norm.runningVariance, equals: start.runningVariance)
    run.say(
      "The unbiased variance of one number would be 0/0; the layer therefore leaves its running variance alone. Other libraries "
        + "refuse such a batch altogether.")
  }

  /// The running averages against the recurrence, computed apart.
  private func followStatistics(in run: inout Run) {
    run.heading("The running statistics")
    var small = BatchNorm(1, dtype: .float64)
    _ = Mode.$current.withValue(.training) { small(Tensor([[1], [2], [3], [4]], dtype: .float64)) }
    run.check(
      "after the batch 1, 2, 3, 4: mean, 0.1 · 2.5", small.runningMean.scalar, equals: 0.25, within: 1e-16,
      source: "by hand")
    run.check(
      "after the batch 1, 2, 3, 4: variance, 0.9 + 0.1 · 5/3", small.runningVariance.scalar, equals: 1.0666666666666667,
      within: 1e-15, source: "by hand")
    var random = run.random.stream("statistics")
    var norm = BatchNorm(1, dtype: .float64)
    var (mean, variance) = (0.0, 1.0)
    let count = 50
    for _ in 0..<count {
      let x = Tensor.normal([16, 1], mean: 3, deviation: 2, dtype: .float64, using: &random)
      _ = Mode.$current.withValue(.training) { norm(x) }
      let numbers = x.scalars
      let batchMean = numbers.reduce(0, +) / 16
      let squares = numbers.reduce(0) { $0 + ($1 - batchMean) * ($1 - batchMean) }
      mean = 0.9 * mean + 0.1 * batchMean
      variance = 0.9 * variance + 0.1 * squares / 15
    }
    run.say(
      "After \(count) batches of 16 numbers with mean 3 and deviation 2 the layer says mean \(norm.runningMean.scalar.text(4)) and "
        + "variance \(norm.runningVariance.scalar.text(4)); the recurrence, computed apart, agrees.")
    run.check(
      "running mean after \(count) batches", norm.runningMean.scalar, equals: mean, within: 1e-12, source: "recurrence")
    run.check(
      "running variance after \(count) batches", norm.runningVariance.scalar, equals: variance, within: 1e-12,
      source: "recurrence")
    run.check(
      "0.9⁵⁰, what is left of the start", pow(0.9, Tensor([50], dtype: .float64)).scalar, equals: 0.005153775207320113,
      within: 1e-15, source: "Python")
  }

  /// One example alone and among others.
  private func inferAlone(in run: inout Run) {
    run.heading("Inference")
    var random = run.random.stream("inference")
    var model = DeepNetwork([6, 12, 12, 3], isNormalized: true, dtype: .float64, using: &random)
    for _ in 0..<20 {
      let batch = Tensor.normal([32, 6], dtype: .float64, using: &random)
      _ = Mode.$current.withValue(.training) { model(batch) }
    }
    let x = Tensor.normal([64, 6], dtype: .float64, using: &random)
    let together = model.predict(x)
    let alone = model.predict(x[7..<8])
    let difference = abs(alone - together[7..<8]).max().scalar
    let training = Mode.$current.withValue(.training) {
      var copy = model
      return abs(copy(x)[7..<8] - copy(x[..<16])[7..<8]).max().scalar
    }
    run.say(
      "A network with two normalized layers gives an example the same answer alone as in a batch of 64: they differ by "
        + "\(difference.scientific(1)). In training mode its answer depends on its company: between batches of 64 and of 16 it "
        + "changes by \(training.text(2)).")
    run.check("inference: alone against in a batch of 64", difference, atMost: 1e-12)
    run.check("training: the company matters", training, atLeast: 1e-3)
  }

  /// How the output for one example scatters with the size of the batch.
  private func drawNoise(in run: inout Run) throws {
    var random = run.random.stream("noise")
    let sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256]
    let example = Tensor([[1.5]], dtype: .float64)
    let outputs = sizes.map { size in
      (0..<200).map { _ in
        var norm = BatchNorm(1, dtype: .float64)
        let others = Tensor.normal([size - 1, 1], dtype: .float64, using: &random)
        return Mode.$current.withValue(.training) { norm(.concatenate([example, others])) }[0, 0].scalar
      }.sorted()
    }
    let spreads = outputs.map { $0[179] - $0[20] }
    run.say(
      "The smaller the batch, the noisier its moments: for an example at 1.5 in normally distributed company the middle four "
        + "fifths of the outputs spread over \(spreads[2].text(2)) in batches of 4 and over \(spreads[8].text(2)) in batches of 256."
    )
    run.check("batch of 1: every output is β", (outputs[0] + [0]).map { abs($0) }.max() ?? 1, equals: 0)
    run.expect("spread in batches of 4 over that in batches of 256", spreads[2] / spreads[8], atLeast: 1.5)
    let caption =
      "The output of batch normalization in training for one example at 1.5, with 200 draws of normally distributed company per "
      + "batch size: median and middle four fifths. With the true moments it is 1.5 (dashed), as in inference. A batch of 2 "
      + "knows only the sign, a batch of 1 nothing."
    try run.figure("company", caption: caption) {
      Figure(width: 640, height: 420) { axes in
        let x = sizes.map { Double($0) }
        axes.title = "One example, many batches"
        axes.x = Axis(label: "batch size", scale: .logarithmic)
        axes.x.ticks = .at(sizes.map { Tick(Double($0), "\($0)") })
        axes.y.label = "output"
        axes.band(x, low: outputs.map { $0[20] }, high: outputs.map { $0[179] }, label: "middle four fifths")
        axes.line(x, outputs.map { $0[100] }, label: "median", marker: .circle)
        axes.horizontalLine(at: 1.5, label: "with the true moments")
        axes.legend = .inside(Anchor(.right, .bottom))
      }
    }
  }
}
