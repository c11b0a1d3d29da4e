import Experiments
import Visualization
import Wabe

/// 6.6, second task: the same classifier with batch normalization.
struct BatchNormTraining: Experiment {
  let id = "nnti06.6.6.2"
  let title = "The same classifier with BatchNorm"
  let question = """
    Put batch normalization into the hidden layers of the same network and train it in the same way. How accurate is it \
    after each epoch, and how many parameters have been added?
    """
  let parameters = ComparedTrainings.parameters
  let isLong = true
  let trainings: ComparedTrainings

  func run(in run: inout Run) throws {
    let images = try run.images(.clothes)
    let outcome = try trainings.outcome(of: .beforeActivation, on: images, in: &run)
    var random = RandomSource(seed: run.seed).stream("nnti06.6.6")
    var plainRandom = random
    let model = imageClassifier(.beforeActivation, using: &random)
    let plain = imageClassifier(.none, using: &plainRandom)
    run.say(
      """
      The layer stands between the linear map and ReLU, so that it sees both signs; the bias of the linear map before \
      it is then without effect, since the mean is subtracted, and β takes its place. Each of the 96 hidden units gets a \
      γ and a β: \(model.parameterCount - plain.parameterCount) parameters more. Start and batches are those of \
      the baseline. The test uses running means and variances (momentum 0.1), so a picture's answer does not depend on \
      the others in its batch.
      """)
    run.check("parameters added", Double(model.parameterCount - plain.parameterCount), equals: 192, source: "2 · 96")
    run.table("After each epoch", columns: ["epoch", "training loss", "test accuracy"], rows: outcome.rows)
    run.say(
      """
      One epoch is enough for \(outcome.first.fixed(3)), and after \(outcome.accuracies.count) it is \
      \(outcome.last.fixed(3)).
      """)
    switch images.source {
    case .fashionMNIST:
      run.expect("accuracy after epoch 1", outcome.first, atLeast: 0.68, source: "PyTorch, 4 runs")
      run.expect("accuracy after epoch 5", outcome.last, atLeast: 0.79, source: "PyTorch, 4 runs")
    case .fashionSprite:
      run.expect("accuracy after epoch 1", outcome.first, atLeast: 0.6, source: "NumPy, 3 seeds")
    default:
      run.expect("accuracy after epoch 1", outcome.first, atLeast: 0.55, source: "20 seeds: 0.64 … 0.79")
      run.expect("accuracy after epoch 5", outcome.last, atLeast: 0.85, source: "20 seeds: 0.91 … 0.97")
    }
    try biasWithoutEffect(in: &run)
    try run.figure("batchnorm", caption: "Test accuracy and training loss of the network with BatchNorm.") {
      epochFigure([(.beforeActivation, outcome)])
    }
  }

  /// Shows that the bias before the normalization changes nothing in training.
  private func biasWithoutEffect(in run: inout Run) throws {
    var random = run.random
    let x = Tensor.normal([64, 784], dtype: .float64, using: &random)
    var layer = Sequential {
      Linear(784, 64, dtype: .float64, using: &random)
      BatchNorm(64, dtype: .float64)
    }
    let targets = Tensor.normal([64, 64], dtype: .float64, using: &random)
    let (_, gradients) = valueWithGradient(at: &layer) { squaredError(predictions: $0(x), targets: targets) }
    run.check(
      "largest gradient of a bias before BatchNorm", gradients["0.bias"].map { abs($0).max().scalar } ?? .nan,
      atMost: 1e-15)
  }
}
