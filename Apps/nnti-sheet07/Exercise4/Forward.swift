import Drawing
import Experiments
import Plotting
import Wabe

struct Forward: Experiment {
  let id = "nnti07.7.4.forward"
  let title = "The forward pass of a classifier of digits"
  let question = """
    Write the forward pass of a network with one ReLU layer and a softmax output for a whole batch of images at once, \
    without loops over examples.
    """

  func run(in run: inout Run) throws {
    var random = run.random
    let images = Glyphs(count: 8, dtype: .float64, using: &random)
    let x = images.inputs.reshaped(to: [8, -1])
    let net = TwoLayerNetwork(inputs: 784, units: 64, classes: 10, dtype: .float64, using: &random)
    let pass = net.forward(x)

    run.say(
      "The images stand as rows in one matrix. Then each layer is one product, whatever the number of images; the "
        + "biases are added to every row.")
    run.formula(
      "Z₁ = X W₁ + b₁      A₁ = max(0, Z₁)",
      "Z₂ = A₁ W₂ + b₂     Pᵢⱼ = e^(Z₂,ᵢⱼ − mᵢ) / Σₖ e^(Z₂,ᵢₖ − mᵢ),  mᵢ = maxₖ Z₂,ᵢₖ")
    run.table(
      "Shapes for \(x.shape[0]) images", columns: ["value", "shape"],
      rows: [
        ("X", x), ("W₁", net.w1), ("b₁", net.b1), ("Z₁, A₁", pass.z1), ("W₂", net.w2), ("b₂", net.b2),
        ("Z₂, P", pass.probabilities),
      ].map { [$0.0, "\($0.1.shape)"] })
    let spread = abs(pass.probabilities - 0.1).max().scalar
    run.say(
      "With weights of deviation 0.01 all logits begin near 0, so the fresh network gives every digit about the same "
        + "probability: the largest distance from 0.1 is \(spread.text(2)).")

    let sums = pass.probabilities.sum(axis: 1)
    run.check("rows of P sum to 1, largest difference", abs(sums - 1).max().scalar, atMost: 1e-15)
    run.check("a fresh network: largest distance from 0.1", spread, atMost: 0.01)
    let layers = softmax(net.layers.predict(x))
    run.check("against the framework's layers", pass.probabilities, equals: layers, within: 1e-15)
    let single = Tensor.concatenate((0..<8).map { net.forward(x[$0..<$0 + 1]).probabilities })
    run.check("one image after the other", pass.probabilities, equals: single, within: 1e-15)

    run.heading("Why the largest logit is subtracted")
    var loud = net
    loud.w2 = net.w2 * 1e6
    let large = loud.forward(x)
    let naive = exp(large.z2) / exp(large.z2).sum(axis: 1, keepDims: true)
    let broken = Int(naive.isNaN.cast(to: .float64).sum().scalar)
    run.say(
      "With logits up to \(abs(large.z2).max().scalar.text(3)) the plain quotient of exponentials has \(broken) "
        + "entries that are no numbers (∞/∞); with the largest logit subtracted nothing overflows.")
    run.check("naive softmax of large logits breaks", Double(broken), atLeast: 1)
    run.check("this one does not", holds: large.probabilities.isFinite.all().scalar == 1)
    run.check(
      "its rows sum to 1, largest difference", abs(large.probabilities.sum(axis: 1) - 1).max().scalar, atMost: 1e-15)
  }
}
