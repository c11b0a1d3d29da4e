import Modules
import Optimizers
import Tensors
import Testing

/// One row per optimizer: its name in the golden file, and how to make it with PyTorch's settings there.
struct Row: Sendable, CustomTestStringConvertible {
  let name: String
  let steps: @Sendable (inout SmallNet, Int) -> [NamedTensor]

  init<Rule>(_ name: String, _ optimizer: Optimizer<Rule>) {
    self.name = name
    steps = { net, count in
      var optimizer = optimizer
      for _ in 0..<count {
        let (_, gradients) = valueWithGradient(at: &net) { $0.loss() }
        optimizer.update(&net, with: gradients)
      }
      return optimizer.state
    }
  }

  var testDescription: String { name }

  static let all = [
    Row("sgd", SGD(learningRate: 0.1)),
    Row("sgd-decay", SGD(learningRate: 0.1, weightDecay: 0.01)),
    Row("momentum", SGD(learningRate: 0.1, momentum: 0.9)),
    Row("momentum-dampened", SGD(learningRate: 0.1, momentum: 0.9, dampening: 0.5)),
    Row("nesterov", SGD(learningRate: 0.02, momentum: 0.9, nesterov: true, weightDecay: 0.01)),
    Row("adagrad", Adagrad(learningRate: 0.1, rateDecay: 0.01)),
    Row("adagrad-initial", Adagrad(learningRate: 0.1, initialSquares: 0.1, weightDecay: 0.01)),
    Row("rmsprop", RMSProp(learningRate: 0.01)),
    Row("rmsprop-momentum", RMSProp(learningRate: 0.01, momentum: 0.9, weightDecay: 0.01)),
    Row("adam", Adam(learningRate: 0.01)),
    Row("adam-decay", Adam(learningRate: 0.01, betas: (0.8, 0.99), weightDecay: 0.01)),
    Row("adamw", AdamW(learningRate: 0.01, weightDecay: 0.1)),
    Row("nadam", NAdam(learningRate: 0.01)),
    Row("adamax", Adamax(learningRate: 0.01)),
  ]
}

@Test("ten steps end where PyTorch's do", arguments: Row.all)
func trajectory(row: Row) throws {
  let expected = try #require(try golden("trajectories.json")[row.name])
  var wide = SmallNet()
  _ = row.steps(&wide, 10)
  let error = zip(wide.values, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? .infinity
  #expect(error <= 1e-12)
  var narrow = SmallNet().cast(to: .float32)
  _ = row.steps(&narrow, 10)
  let rough = zip(narrow.values, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? .infinity
  #expect(rough <= 1e-6)
}

@Test("the golden file has a row here for every optimizer in it")
func completeness() throws {
  #expect(Set(try golden("trajectories.json").keys) == Set(Row.all.map(\.name)))
}

@Test("what an optimizer remembers is shown under the paths of the parameters")
func memoryPaths() {
  var net = SmallNet()
  let state = Row("adam", Adam()).steps(&net, 1)
  #expect(
    state.map(\.path) == [
      "step", "learningRateFactor", "w1.mean", "w1.squares", "b1.mean", "b1.squares", "w2.mean", "w2.squares",
      "b2.mean", "b2.squares",
    ])
  #expect(state.allSatisfy { !$0.isParameter })
}

@Test("the sheet's numbers for Adam come out to twelve digits")
func sheetAdam() {
  struct One: Module {
    var theta = Tensor([1], dtype: .float64)
    mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("theta", &theta) }
  }
  var model = One()
  var adam = Adam(learningRate: 0.001)
  var path: [Double] = []
  for gradient in [0.1, -0.2, 0.3, 0.05] {
    let (_, gradients) = valueWithGradient(at: &model) { ($0.theta * gradient).sum() }
    adam.update(&model, with: gradients)
    path.append(model.theta.scalar)
  }
  let expected = [0.9990000001, 0.999366103603885, 0.999022862539477, 0.998667154709681]
  #expect(zip(path, expected).allSatisfy { abs($0 - $1) < 1e-12 })

  model = One()
  adam = Adam(learningRate: 0.1)
  path = []
  for _ in 0..<10 {
    let (_, gradients) = valueWithGradient(at: &model) { ($0.theta * $0.theta).sum() }
    adam.update(&model, with: gradients)
    path.append(model.theta.scalar)
  }
  let parabola = [
    0.9000000005, 0.800412228692, 0.701586272946, 0.603939060574, 0.507963659264, 0.414236455994, 0.323420704939,
    0.236263724521, 0.15358456007, 0.0762491556069,
  ]
  #expect(zip(path, parabola).allSatisfy { abs($0 - $1) < 1e-12 })
}
