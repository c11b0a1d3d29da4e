import Experiments
import Plotting
import Visualization
import Wabe

/// 6.6, first task: the classifier without normalization.
struct BaselineTraining: Experiment {
  let id = "nnti06.6.6.1"
  let title = "A classifier of clothes without BatchNorm"
  let question = """
    Train a network of three linear layers (64 and 32 hidden units, ReLU) on pictures of clothes with plain gradient \
    descent at a rate of 0.001 in batches of 64. How accurate is it on the test set after each of five epochs?
    """
  let parameters = ComparedTrainings.parameters
  let isLong = true
  let trainings: ComparedTrainings

  func run(in run: inout Run) throws {
    let images = try run.images(.clothes)
    let outcome = try trainings.outcome(of: .none, on: images, in: &run)
    var random = RandomSource(seed: run.seed).stream("nnti06.6.6")
    let parameters = imageClassifier(.none, using: &random).parameterCount
    run.say(
      """
      784 pixels lead to 64 and 32 units with ReLU and to 10 logits: 784·64 + 64 + 64·32 + 32 + 32·10 + 10 = \
      \(parameters) parameters. Cross-entropy, batches of 64 in a new order each time, \
      \(ComparedTrainings.stepsPerEpoch(run)) steps to an epoch (as many as 60 000 pictures give), no momentum.
      """)
    run.check("parameters", Double(parameters), equals: 52_650, source: "counted by hand")
    run.table("After each epoch", columns: ["epoch", "training loss", "test accuracy"], rows: outcome.rows)
    run.say(
      """
      The accuracy climbs from \(outcome.first.fixed(3)) to \(outcome.last.fixed(3)), and it has not levelled off: the \
      loss of the first epoch is still near ln 10 = 2.303, that of guessing. At a rate of 0.001 the network spends most \
      of its time leaving the flat region in which it began.
      """)
    switch images.source {
    case .fashionMNIST:
      run.expect("accuracy after epoch 1", outcome.first, between: 0.1, and: 0.35, source: "PyTorch, 4 runs")
      run.expect("accuracy after epoch 5", outcome.last, between: 0.42, and: 0.7, source: "PyTorch, 4 runs")
    case .fashionSprite:
      run.expect("accuracy after epoch 5", outcome.last, between: 0.3, and: 0.7, source: "20 seeds")
    default:
      // NumPy's digits gave about 0.46 after five epochs in three seeds; how fast the flat region ends varies widely.
      run.expect("accuracy after epoch 1", outcome.first, atMost: 0.35, source: "60 seeds: 0.08 … 0.23")
      run.expect("accuracy after epoch 5", outcome.last, between: 0.12, and: 0.75, source: "60 seeds: 0.16 … 0.50")
    }
    run.expect("loss falls from epoch to epoch", holds: zip(outcome.losses, outcome.losses.dropFirst()).allSatisfy(>))
    try run.figure("baseline", caption: "Test accuracy and training loss of the network without BatchNorm.") {
      epochFigure([(.none, outcome)])
    }
  }
}
