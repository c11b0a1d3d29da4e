import Experiments
import Plotting
import Wabe

/// 6.4 b: γ and β do not undo the normalization.
struct ScaleAndShift: Experiment {
  let id = "nnti06.6.4.b"
  let title = "Scale and shift do not undo the normalization"
  let question =
    "After normalizing, batch normalization scales with γ and shifts by β, both trained. Is that not the same as no "
    + "normalization at all?"

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      "No, although it *can* be undone: with γ = σ and β = μ of the batch the layer gives its input back, so nothing is lost in "
        + "what the network can express. What changes are the coordinates. Without normalization the mean and the deviation "
        + "of a unit result from all weights before it. With it they are two numbers, β and |γ|, that gradient "
        + "descent moves directly, and that stay when earlier weights change.")
    run.say(
      "The sheet calls γ the standard deviation. To be exact it is |γ| / √(1 + ε/σ²): γ may be negative, and ε takes a "
        + "little away.")
    restore(in: &run)
    checkDeviation(in: &run)
    let (model, images) = trained(in: run)
    scaleEarlierWeights(model, images, in: &run)
    checkInvariance(in: &run)
    try compareWithUndoing(model, images, in: &run)
  }

  /// γ = σ and β = μ.
  private func restore(in run: inout Run) {
    run.heading("Undoing is possible")
    var random = run.random
    let scales = Tensor([8, 10, 15, 20, 30], dtype: .float64)
    let x =
      Tensor.normal([64, 5], dtype: .float64, using: &random) * scales + Tensor([-40, 5, 0, 20, 60], dtype: .float64)
    func error(epsilon: Double) -> Double {
      var norm = BatchNorm(5, epsilon: epsilon, dtype: .float64)
      norm.weight = x.populationDeviation(axis: 0)
      norm.bias = x.mean(axis: 0)
      let y = Mode.$current.withValue(.training) { norm(x) }
      return (abs(y - x) / norm.weight).max().scalar
    }
    let (usual, none) = (error(epsilon: 1e-5), error(epsilon: 0))
    run.say(
      "64 examples with five features of deviations 8 to 30: with γ = σ and β = μ they come back up to "
        + "\(usual.scientific(1)) deviations with the usual ε = 10⁻⁵, and up to \(none.scientific(1)) with ε = 0.")
    run.check("γ = σ, β = μ, ε = 10⁻⁵: largest error / σ", usual, atMost: 1e-6)
    run.check("γ = σ, β = μ, ε = 0: largest error / σ", none, atMost: 1e-12)
  }

  private func checkDeviation(in run: inout Run) {
    let x = Tensor([[1], [2], [3], [4]], dtype: .float64)
    func output(gamma: Double, epsilon: Double) -> Tensor {
      var norm = BatchNorm(1, epsilon: epsilon, dtype: .float64)
      norm.weight = Tensor([gamma])
      norm.bias = Tensor([0.5], dtype: .float64)
      return Mode.$current.withValue(.training) { norm(x) }
    }
    let y = output(gamma: 2, epsilon: 1e-5)
    let expected = Tensor(
      [[-2.1832708399379], [-0.39442361331262], [1.3944236133126], [3.1832708399379]], dtype: .float64)
    run.check("x = (1, 2, 3, 4), γ = 2, β = ½: output", y, equals: expected, within: 1e-12, source: "NumPy")
    run.check(
      "its deviation", y.populationDeviation().scalar, equals: 1.9999920000479997, within: 1e-14,
      source: "2 / √(1 + 8·10⁻⁶)")
    let mirrored = output(gamma: -2, epsilon: 0)
    run.check(
      "γ = −2, ε = 0: deviation", mirrored.populationDeviation().scalar, equals: 2, within: 1e-15, source: "|γ|")
    run.check("γ = −2, ε = 0: mean", mirrored.mean().scalar, equals: 0.5, within: 1e-15, source: "β")
  }

  private func trained(in run: Run) -> (DeepNetwork, SmallDigits) {
    var random = run.random.stream("training")
    let images = SmallDigits(Glyphs(count: 512, using: &random), dtype: .float64)
    var model = DeepNetwork(
      [SmallDigits.pixels, 40, 40, 10], isNormalized: true, dtype: .float64, using: &random)
    _ = fit(&model, steps: run.isQuick ? 20 : 80, learningRate: 0.02) {
      crossEntropy(logits: $0(images.inputs), targets: images.targets)
    }
    return (model, images)
  }

  /// Makes the first layer's weights three times as large in a network with and one without normalization.
  private func scaleEarlierWeights(_ model: DeepNetwork, _ images: SmallDigits, in run: inout Run) {
    run.heading("Two free numbers")
    var plain = model
    plain.norms = []
    func moments(_ network: DeepNetwork, scale: Double) -> (mean: Tensor, deviation: Tensor) {
      var copy = network
      copy.maps[0].weight = copy.maps[0].weight * scale
      copy.maps[0].bias = copy.maps[0].bias.map { $0 * scale }
      let sums = Mode.$current.withValue(.training) { copy.sums(of: 1, for: images.inputs).final }
      return (sums.mean(axis: 0), sums.populationDeviation(axis: 0))
    }
    let (before, after) = (moments(model, scale: 1), moments(model, scale: 3))
    let (plainBefore, plainAfter) = (moments(plain, scale: 1), moments(plain, scale: 3))
    let rows = [
      [
        "with", "\(before.mean.scalars[0].text(4))", "\(after.mean.scalars[0].text(4))",
        "\(before.deviation.scalars[0].text(4))", "\(after.deviation.scalars[0].text(4))",
      ],
      [
        "without", "\(plainBefore.mean.scalars[0].text(4))", "\(plainAfter.mean.scalars[0].text(4))",
        "\(plainBefore.deviation.scalars[0].text(4))", "\(plainAfter.deviation.scalars[0].text(4))",
      ],
    ]
    run.table(
      "First unit of the second layer when all weights of the first layer grow threefold",
      columns: ["normalization", "mean", "then", "deviation", "then"], rows: rows)
    let growth = plainAfter.deviation / plainBefore.deviation
    let change = max(
      abs(after.mean - before.mean).max().scalar, abs(after.deviation / before.deviation - 1).max().scalar)
    run.say(
      "Without normalization every deviation of the second layer grows threefold as well. With it mean and deviation stay, "
        + "up to \(change.scientific(1)), which is ε.")
    run.check(
      "plain: smallest growth of a deviation", growth.min().scalar, equals: 3, within: 1e-9,
      source: "ReLU(3x) = 3 ReLU(x)")
    run.check(
      "normalized: largest change of a mean or a deviation", change, atMost: 1e-3, source: "ε against the variance")
    let gap = abs(before.mean - model.norms[1].bias).max().scalar
    run.check("normalized: means against β, largest difference", gap, atMost: 1e-12)
  }

  /// BN(a W x) = BN(W x).
  private func checkInvariance(in run: inout Run) {
    run.heading("The size of the weights before it does not matter")
    run.formula("BN(a W x) = BN(W x)   for a > 0          ∂L/∂(a W) = (1/a) ∂L/∂W")
    var random = run.random.stream("invariance")
    let x = Tensor.normal([32, 6], dtype: .float64, using: &random)
    let weight = Tensor.normal([6, 4], dtype: .float64, using: &random)
    let upstream = Tensor.normal([32, 4], dtype: .float64, using: &random)
    func evaluate(_ scale: Double) -> (output: Tensor, gradient: Tensor) {
      var norm = BatchNorm(4, epsilon: 1e-5 * scale * scale, dtype: .float64)
      return Mode.$current.withValue(.training) {
        let gradient = gradient(of: { (norm(x.matmul($0)) * upstream).sum() }, at: weight * scale)
        return (norm(x.matmul(weight * scale)), gradient)
      }
    }
    let (one, large) = (evaluate(1), evaluate(1000))
    let difference = abs(one.output - large.output).max().scalar
    let ratio = large.gradient.norm().scalar / one.gradient.norm().scalar
    run.say(
      "With a = 1000, and ε scaled along, the outputs differ by \(difference.scientific(1)), and the gradient is \(ratio.text(6)) "
        + "times as long. So large weights take small steps and settle by themselves, whatever the learning rate is.")
    run.check("BN(1000 W x) against BN(W x), largest difference", difference, atMost: 1e-9)
    run.check("‖∂L/∂(1000 W)‖ / ‖∂L/∂W‖", ratio, equals: 1e-3, within: 1e-12)
    run.check(
      "1000 ∂L/∂(1000 W) against ∂L/∂W", large.gradient * 1000, equals: one.gradient, within: 1e-9)
  }

  /// What training made of γ and β, beside the values that would undo the normalization.
  private func compareWithUndoing(_ model: DeepNetwork, _ images: SmallDigits, in run: inout Run) throws {
    var copy = model
    let raw = Mode.$current.withValue(.training) { copy.sums(of: 1, for: images.inputs).raw }
    let (sigma, mu) = (raw.populationDeviation(axis: 0).scalars, raw.mean(axis: 0).scalars)
    let (gamma, beta) = (model.norms[1].weight.scalars, model.norms[1].bias.scalars)
    // Both conditions at once: how far γ is from σ and β from μ, in units of σ; the larger of the two per unit.
    let distances = sigma.indices.map { max(abs(gamma[$0] - sigma[$0]), abs(beta[$0] - mu[$0])) / sigma[$0] }
    let distance = median(distances)
    run.heading("What training does with them")
    run.say(
      "In the trained network γ has moved from 1 to values between \((gamma.min() ?? 0).text(3)) and \((gamma.max() ?? 0).text(3)), β "
        + "from 0 to between \((beta.min() ?? 0).text(3)) and \((beta.max() ?? 0).text(3)). Undoing the normalization would need "
        + "γ = σ, between \((sigma.min() ?? 0).text(3)) and \((sigma.max() ?? 0).text(3)), and β = μ, between "
        + "\((mu.min() ?? 0).text(3)) and \((mu.max() ?? 0).text(3)); half of the units are more than \(distance.text(2)) σ away from that. "
        + "Training does not undo it.")
    run.expect("median distance from undoing over 40 units, in σ", distance, atLeast: 0.3)
    let caption =
      "The 40 units of the second hidden layer after training. On the dashed lines γ = σ and β = μ the normalization would be "
      + "undone. The points do not follow them: γ and β go where the loss wants them, whatever σ and μ the weights before "
      + "them happen to give."
    try run.figure("undoing", caption: caption) {
      var figure = Figure(rows: 1, columns: 2, width: 980, height: 380)
      for (column, data) in [(sigma, gamma, "σ of the unit", "γ"), (mu, beta, "μ of the unit", "β")].enumerated() {
        figure[0, column].slopedLine(label: "normalization undone")
        figure[0, column].scatter(data.0, data.1, label: "units after training")
        figure[0, column].horizontalLine(at: column == 0 ? 1 : 0, label: "start", dash: [2, 3])
        figure[0, column].title = column == 0 ? "Scale" : "Shift"
        figure[0, column].x.label = data.2
        figure[0, column].y.label = data.3
        figure[0, column].legend = column == 0 ? .none : .outside
      }
      return figure
    }
  }
}
