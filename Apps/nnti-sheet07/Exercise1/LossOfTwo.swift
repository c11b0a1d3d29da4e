import Drawing
import Experiments
import Plotting
import Wabe

struct LossOfTwo: Experiment {
  let id = "nnti07.7.1.b"
  let title = "The loss of two yes-or-no answers"
  let question =
    "How large is the loss, the mean of the binary cross-entropies of the two outputs, for the labels (1, 0)?"

  func run(in run: inout Run) throws {
    let net = SmallNet()
    let y = net(SmallNet.input)
    let t = SmallNet.target
    let parts = binaryCrossEntropy(probabilities: y, targets: t, reduction: .none)
    let loss = binaryCrossEntropy(probabilities: y, targets: t)
    let (first, second) = (y.scalars[0], y.scalars[1])

    run.say("Only one of the two logarithms of each output counts: that of the probability given to the true label.")
    run.formula(
      "ℓ₁ = −log y₁      = −log \(first.text(8)) = \(parts.scalars[0].text(10))      (t₁ = 1)",
      "ℓ₂ = −log(1 − y₂) = −log \((1 - second).text(8)) = \(parts.scalars[1].text(10))        (t₂ = 0)",
      "L  = ½ (ℓ₁ + ℓ₂)  = \(loss.scalar.text(12))")
    run.say(
      "The factor ½ is the mean over the two *outputs*, not over examples: there is one example, and it must not be "
        + "divided once more. The second output pays \((parts.scalars[1] / parts.scalars[0]).text(2)) times as much "
        + "as the first, because it says \(second.text(2)) where 0 is right.")
    let logits = net.logits(SmallNet.input)
    let stable = binaryCrossEntropy(logits: logits, targets: t)
    run.say(
      "From the logits the same loss is log(1 + e^z) − t z, which neither overflows nor takes the logarithm of 0; "
        + "here both forms differ by \(abs(stable.scalar - loss.scalar).text(2)). At z = ±1000 and the wrong "
        + "label it is still exact, where 1 − σ(z) would be 0.")
    let extreme = binaryCrossEntropy(
      logits: Tensor([1_000, -1_000], dtype: .float64), targets: Tensor([0, 1], dtype: .float64))

    let source = "mpmath, 40 digits"
    run.check(
      "loss of each output", parts,
      equals: Tensor([[0.51381835766437717403, 1.0786154875939282611]], dtype: .float64), within: 1e-12, source: source)
    run.check("loss", loss.scalar, equals: 0.79621692262915271755, within: 1e-12, source: source)
    run.check("loss from the logits", stable.scalar, equals: 0.79621692262915271755, within: 1e-12, source: source)
    run.check("loss at ±1000, wrong labels", extreme.scalar, equals: 1_000)
    let small = binaryCrossEntropy(
      probabilities: net.cast(to: .float32)(SmallNet.input.cast(to: .float32)), targets: t.cast(to: .float32))
    run.check("loss in float32", small.scalar, equals: 0.79621692262915271755, within: 1e-6, source: source)

    try run.figure(
      "losses", caption: "What each output pays for its answer: −log y where the label is 1, −log(1 − y) where it is 0."
    ) {
      Figure(width: 680, height: 440) { axes in
        axes.title = "The two binary cross-entropies"
        axes.x = Axis(label: "output y", limits: 0...1)
        axes.y = Axis(label: "loss ℓ", limits: 0...4)
        let grid = Tensor.linspace(from: 0.005, to: 0.995, count: 300, dtype: .float64)
        let one = Tensor.ones(like: grid)
        let zero = Tensor.zeros(like: grid)
        let paid = { (t: Tensor) in
          binaryCrossEntropy(probabilities: grid, targets: t, reduction: .none).scalars
        }
        axes.line(grid.scalars, paid(one), label: "label 1: −log y")
        axes.line(grid.scalars, paid(zero), label: "label 0: −log(1 − y)")
        axes.scatter([first], [parts.scalars[0]], label: "output 1", color: axes.theme.color(0), size: 11)
        axes.scatter([second], [parts.scalars[1]], label: "output 2", color: axes.theme.color(1), size: 11)
      }
    }
  }
}
