import Experiments
import Foundation
import Layers
import Losses
import Modules
import Optimizers
import Synchronization
import Tensors
import Testing
import Training

@Suite("Training inside a run")
struct ResumeTests {
  /// Trains a small net on random points with dropout, and checks the sum of its weights.
  static func training(epochs: Int, seed: Int = 3) -> Sample {
    var sample = Sample { (run: inout Run) in
      var random = run.random
      var model = Sequential {
        Linear(2, 8, using: &random)
        Dropout(0.5, using: &random)
        Linear(8, 1, using: &random)
      }
      var optimizer = Adam(learningRate: 0.01)
      let result = try run.train(
        &model, &optimizer, using: &random, epochs: run.epochs, snapshots: [2]
      ) { model, optimizer, random, _ in
        let x = Tensor.normal([16, 2], using: &random)
        let (loss, gradients) = valueWithGradient(at: &model) { model in
          squaredError(predictions: model(x), targets: x.sum(axis: 1, keepDims: true))
        }
        optimizer.update(&model, with: gradients)
        return ["loss": loss.scalar]
      }
      run.check("epochs", Double(result.history.rows.count), equals: 6)
      run.check("loss", result.history["loss"].last ?? 0, atMost: 100)
      let early = result.snapshots[2].map { $0.predict(Tensor([[1, 2]])).scalar } ?? .nan
      run.check("snapshot", early, atMost: 100)
      run.check("output", model.predict(Tensor([[1, 2]])).scalar, atMost: 100)
    }
    sample.parameters = [.epochs(epochs)]
    return sample
  }

  @Test("a run that is interrupted and resumed ends bit for bit like one that was not")
  func resumes() throws {
    try withTemporaryFolder { folder in
      var settings = RunTests.settings("\(folder)/whole")
      let whole = try Run.execute(Self.training(epochs: 6), settings, at: Sample.place)

      settings.output = "\(folder)/parts"
      let epochs = Atomic<Int>(0)
      var stopping = settings
      stopping.progress = { step in epochs.store(step.done, ordering: .relaxed) }
      stopping.isInterrupted = { epochs.load(ordering: .relaxed) == 4 }
      #expect(throws: Interrupted.self) { try Run.execute(Self.training(epochs: 6), stopping, at: Sample.place) }
      #expect(!names(below: "\(folder)/parts").contains("test.1/run.json"))

      #expect(throws: RunError.self) { try Run.execute(Self.training(epochs: 6), settings, at: Sample.place) }
      settings.isResuming = true
      let resumed = try Run.execute(Self.training(epochs: 6), settings, at: Sample.place)
      #expect(resumed.checks == whole.checks && resumed.passes)
      let metrics = "test.1/metrics.csv"
      #expect(try bytes("\(folder)/parts/\(metrics)") == bytes("\(folder)/whole/\(metrics)"))
    }
  }

  @Test("a training is not resumed with another seed")
  func otherSettings() throws {
    try withTemporaryFolder { folder in
      var settings = RunTests.settings(folder)
      _ = try Run.execute(Self.training(epochs: 6), settings, at: Sample.place)
      settings.isResuming = true
      settings.seed = 8
      let error = #expect(throws: RunError.self) {
        try Run.execute(Self.training(epochs: 6), settings, at: Sample.place)
      }
      #expect("\(try #require(error))".contains("seed: 7 there, 8 now"))
    }
  }
}
