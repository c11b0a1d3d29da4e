import Autograd
import Modules
import Tensors
import Testing

@Suite struct ValueWithGradientTests {
  @Test("every parameter gets its gradient, under its dotted path")
  func gradients() {
    var model = Classifier()
    let (loss, gradients) = valueWithGradient(at: &model) { Points.loss($0(Points.inputs)) }
    #expect(gradients.paths == ["hidden.weight", "hidden.bias", "output.weight", "output.bias"])
    #expect(loss.trace == nil && gradients.values.allSatisfy { $0?.trace == nil })
    let error = model(Points.inputs) - Points.targets
    let expected = error.sum().scalar / 2
    #expect(((gradients["output.bias"]?.scalar ?? .nan) - expected).magnitude < 1e-15)
    #expect(checkGradients(at: &model) { Points.loss($0(Points.inputs)) }.passed)
  }

  @Test("what the forward pass changes stays, parameters keep their values, and nothing stays recorded")
  func buffers() {
    var model = Chain(layers: [Dense(2, 3), Centre(mean: Tensor([0.0, 0, 0], dtype: .float64)), Dense(3, 1)])
    let before = model[path: "0.weight"].scalars
    _ = valueWithGradient(at: &model) { model in
      let loss = Points.loss(model(Points.inputs))
      model[path: "0.weight"] = Tensor.zeros([2, 3], dtype: .float64)
      return loss
    }
    #expect(model[path: "1.mean"].scalars != [0, 0, 0])
    #expect(model[path: "0.weight"].scalars == before)
    #expect(model.state.allSatisfy { $0.value.trace == nil })
  }

  @Test("in inference mode nothing changes, and there are gradients nevertheless")
  func inference() {
    var model = Chain(layers: [Dense(2, 3), Centre(mean: Tensor([0.0, 0, 0], dtype: .float64)), Dense(3, 1)])
    let (_, gradients) = valueWithGradient(at: &model, mode: .inference) { Points.loss($0(Points.inputs)) }
    #expect(model[path: "1.mean"].scalars == [0, 0, 0])
    #expect(gradients.norm > 0)
    #expect(Mode.current == .inference)
  }

  @Test("calling a model outside is inference, and predict needs no variable")
  func prediction() {
    var model = Chain(layers: [Centre(mean: Tensor([1.0, 2], dtype: .float64))])
    let constant = model
    #expect(model(Points.inputs).scalars == constant.predict(Points.inputs).scalars)
    #expect(model[path: "0.mean"].scalars == [1, 2])
  }

  @Test("after an error the model is as before, and the error keeps its type")
  func errors() {
    enum Stop: Error { case here }
    var model = Classifier()
    do throws(Stop) {
      _ = try valueWithGradient(at: &model) { (model: inout Classifier) throws(Stop) -> Tensor in
        _ = model(Points.inputs)
        throw .here
      }
      Issue.record("the error was swallowed")
    } catch {
      #expect(error == .here)
    }
    #expect(model.state.allSatisfy { $0.value.trace == nil })
  }

  @Test("frozen parameters have no gradient, and the others have the same as ever")
  func frozen() {
    var model = Classifier()
    let all = valueWithGradient(at: &model) { Points.loss($0(Points.inputs)) }.gradients
    let some = valueWithGradient(at: &model, training: .except("hidden.*")) { Points.loss($0(Points.inputs)) }.gradients
    #expect(some.frozenPaths == ["hidden.weight", "hidden.bias"])
    #expect(some["output.weight"]?.scalars == all["output.weight"]?.scalars)
    let biases = valueWithGradient(at: &model, training: .only("*.bias")) { Points.loss($0(Points.inputs)) }.gradients
    #expect(biases.frozenPaths == ["hidden.weight", "output.weight"])
    #expect(biases["hidden.bias"]?.scalars == all["hidden.bias"]?.scalars)
  }

  @Test("two copies of a model do not know of each other")
  func copies() {
    let model = Classifier()
    var copy = model
    copy[path: "hidden.bias"] = Tensor([9.0, 9, 9], dtype: .float64)
    #expect(model[path: "hidden.bias"].scalars == [-0.1, 0, 0.1])
  }

  // In a process of its own, since the counts are those of all tests that run at the same time.
  @Test("a step copies nothing and leaves nothing behind")
  func memory() async {
    await #expect(processExitsWith: .success) {
      var model = Chain(layers: [
        Dense(2, 32), Squash(), Centre(mean: Tensor.zeros([32], dtype: .float64)), Dense(32, 1),
      ])
      func step() {
        let (_, gradients) = valueWithGradient(at: &model, training: .except("0.bias")) {
          Points.loss($0(Points.inputs))
        }
        for path in gradients.paths {
          guard let gradient = gradients[path] else { continue }
          model[path: path] = model[path: path] - gradient * 0.1
        }
      }
      step()
      let before = MemoryCounts.current
      for _ in 0..<100 { step() }
      let after = MemoryCounts.current
      require(after.live == before.live, "live storages grew from \(before.live) to \(after.live)")
      require(after.copies == before.copies, "\(after.copies - before.copies) copies on write")
    }
  }

  @Test("models are trained in many tasks at once, each in its own mode")
  func tasks() async {
    var reference = Chain(layers: [Dense(2, 3), Centre(mean: Tensor([0.0, 0, 0], dtype: .float64)), Dense(3, 1)])
    let start = reference
    let expected = valueWithGradient(at: &reference) { Points.loss($0(Points.inputs)) }.gradients.flattened.scalars
    await withTaskGroup(of: ([Double], [Double]).self) { group in
      for _ in 0..<16 {
        group.addTask {
          var model = start
          let (_, gradients) = valueWithGradient(at: &model) { Points.loss($0(Points.inputs)) }
          return (gradients.flattened.scalars, start.predict(Points.inputs).scalars)
        }
      }
      for await (gradients, prediction) in group {
        #expect(gradients == expected)
        #expect(prediction == start.predict(Points.inputs).scalars)
      }
    }
  }
}
