import Drawing
import Experiments
import Plotting
import Wabe

struct Backward: Experiment {
  let id = "nnti07.7.4.backward"
  let title = "The backward pass by hand, and proof that it is right"
  let question =
    "Write the backward pass that returns the derivatives of the loss by W₁, b₁, W₂ and b₂, for a whole batch."

  func run(in run: inout Run) throws {
    run.say(
      "Softmax and cross-entropy together have the simplest of derivatives, p − t, and the mean over n examples "
        + "divides it by n. From there every matrix product goes back through the transposed other factor, and the "
        + "ReLU lets through what entered through an open unit. A bias was added to every row, so it collects the sum "
        + "of all rows.")
    run.formula(
      "∂L/∂Z₂ = (P − T) / n", "∂L/∂W₂ = A₁ᵀ ∂L/∂Z₂           ∂L/∂b₂ = sum of its rows",
      "∂L/∂A₁ = ∂L/∂Z₂ W₂ᵀ          ∂L/∂Z₁ = ∂L/∂A₁ ⊙ [Z₁ > 0]",
      "∂L/∂W₁ = Xᵀ ∂L/∂Z₁            ∂L/∂b₁ = sum of its rows")

    // The whole network on images, against automatic differentiation.
    var random = run.random
    let images = Glyphs(count: 32, dtype: .float64, using: &random)
    let x = images.inputs.reshaped(to: [32, -1])
    let targets = images.targets.oneHot(classes: 10, dtype: .float64)
    let net = TwoLayerNetwork(inputs: 784, units: 64, classes: 10, deviation: 0.1, dtype: .float64, using: &random)
    let hand = list(net.backward(x, targets, net.forward(x)))
    var layers = net.layers
    let automatic = valueWithGradient(at: &layers) { net in
      crossEntropy(logits: net(x), targets: images.targets)
    }.gradients.values.compactMap { $0 }
    run.table(
      "By hand and by automatic differentiation, for 32 images",
      columns: ["derivative", "shape", "norm", "largest difference"],
      rows: Self.names.indices.map { index in
        [
          Self.names[index], "\(hand[index].shape)", hand[index].norm().scalar.text(5),
          abs(hand[index] - automatic[index]).max().scalar.scientific(0),
        ]
      })
    for (index, name) in Self.names.enumerated() {
      run.check("\(name) against automatic", hand[index], equals: automatic[index], within: 1e-12)
    }
    try finiteDifferences(&random, &run)
    mistakes(net, x, images, automatic, &run)
  }

  private static let names = ["∂L/∂W₁", "∂L/∂b₁", "∂L/∂W₂", "∂L/∂b₂"]

  private func list(_ slopes: TwoLayerNetwork.Derivatives) -> [Tensor] { [slopes.w1, slopes.b1, slopes.w2, slopes.b2] }

  /// A small network against central differences of its own forward pass, parameter by parameter.
  private func finiteDifferences(_ random: inout RandomSource, _ run: inout Run) throws {
    let net = TwoLayerNetwork(inputs: 5, units: 4, classes: 3, deviation: 0.7, dtype: .float64, using: &random)
    let x = Tensor.normal([6, 5], dtype: .float64, using: &random)
    let targets = Tensor.integers([6], in: 0..<3, using: &random).oneHot(classes: 3, dtype: .float64)
    let slopes = list(net.backward(x, targets, net.forward(x)))
    let step = 1e-6
    let paths: [WritableKeyPath<TwoLayerNetwork, Tensor>] = [\.w1, \.b1, \.w2, \.b2]
    var largest = 0.0
    var count = 0
    for (path, slope) in zip(paths, slopes) {
      for (place, value) in slope.scalars.enumerated() {
        func loss(_ shift: Double) -> Double {
          var moved = net
          var numbers = moved[keyPath: path].scalars
          numbers[place] += shift
          moved[keyPath: path] = Tensor(numbers, shape: slope.shape)
          return moved.crossEntropy(moved.forward(x).probabilities, targets)
        }
        largest = max(largest, abs(value - (loss(step) - loss(-step)) / (2 * step)))
        count += 1
      }
    }
    run.say(
      "The check that needs no second implementation: move each of the \(count) parameters of a small network a "
        + "little up and down and look at the loss. The largest difference to the backward pass is "
        + "\(largest.scientific(1)).")
    run.check("parameters moved", Double(count), equals: 39)
    run.check("against central differences, largest difference", largest, atMost: 1e-6, source: "step 1e-6")
  }

  /// What the check says to mistakes that are often made.
  private func mistakes(
    _ net: TwoLayerNetwork, _ x: Tensor, _ images: Glyphs, _ right: [Tensor], _ run: inout Run
  ) {
    let targets = images.targets.oneHot(classes: 10, dtype: .float64)
    let pass = net.forward(x)
    let dz2 = (pass.probabilities - targets) / Double(x.shape[0])
    let open = dz2.matmul(net.w2, transposeB: true)
    let wrong: [(String, Tensor, Tensor)] = [
      ("the mean forgotten", list(net.backward(x, targets, pass))[2] * Double(x.shape[0]), right[2]),
      ("the ReLU forgotten", x.matmul(open, transposeA: true), right[0]),
      ("the last bias from one row only", dz2[0], right[3]),
    ]
    run.say("Mistakes that still learn something are found at once; here is the relative error that they make:")
    run.table(
      "Mistakes", columns: ["mistake", "relative error"], rows: wrong.map { [$0.0, relative($0.1, $0.2).text(3)] })
    for (name, value, reference) in wrong {
      run.check("rejected: \(name)", relative(value, reference), atLeast: 0.01)
    }
  }

  private func relative(_ value: Tensor, _ reference: Tensor) -> Double {
    (value - reference).norm().scalar / reference.norm().scalar
  }
}
