import Experiments
import Glibc
import Layers
import Losses
import Modules
import Optimizers
import Plotting
import Tensors

// A sheet of four parts for the tests of what every sheet's program does.

/// Arithmetic that holds.
struct Exact: Experiment {
  let id = "sample.1.a"
  let title = "Nine is nine"
  let question = "Is it?"

  func run(in run: inout Run) throws {
    run.say("Three times three is `\(3 * 3)`, and that is *always* so: 3 * 3 = 9.")
    run.check("nine", 9, equals: 9)
    try run.figure("line", caption: "A line") { Figure(width: 200, height: 150) { $0.line([1, 2, 3]) } }
  }
}

/// A threshold that some seeds miss.
struct Chance: Experiment {
  let id = "sample.1.b"
  let title = "A seed below ten"
  let question = "How large is the seed?"
  let parameters = [Parameter.hidden(4), Parameter.activation("relu", of: ["relu", "tanh"])]

  func run(in run: inout Run) throws { run.expect("seed", Double(run.seed), atMost: Double(run.hidden + 5)) }
}

/// Arithmetic that does not hold.
struct Wrong: Experiment {
  let id = "sample.2"
  let title = "Ten is nine"
  let question = "Is it?"

  func run(in run: inout Run) throws { run.check("ten", 10, equals: 9) }
}

/// A training that lasts until it is interrupted.
struct Endless: Experiment {
  let id = "sample.3"
  let title = "A training of an hour"
  let question = "When does it end?"
  let parameters = [Parameter.epochs(360_000)]

  func run(in run: inout Run) throws {
    var random = run.random
    var model = Sequential { Linear(1, 1, using: &random) }
    var optimizer = SGD(learningRate: 0.1)
    _ = try run.train(&model, &optimizer, using: &random, epochs: run.epochs) { model, optimizer, _, epoch in
      let (loss, gradients) = valueWithGradient(at: &model) { squaredError(predictions: $0([[1]]), targets: [[2]]) }
      optimizer.update(&model, with: gradients)
      if epoch > 1 { usleep(10_000) }
      return ["loss": loss.scalar]
    }
  }
}

Sheet(
  "sample-sheet", title: "A sheet for tests",
  exercises: [
    Sheet.Exercise("1 Numbers", [Exact(), Chance()]), Sheet.Exercise("2 Mistakes", [Wrong()]),
    Sheet.Exercise("3 Patience", [Endless()]),
  ]
).main()
