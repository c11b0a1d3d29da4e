import Experiments
import Plotting
import Wabe

/// 6.4 d: how batch normalization helps, after Santurkar and others (2018).
struct SmootherLandscape: Experiment {
  let id = "nnti06.6.4.d"
  let title = "How batch normalization helps: a smoother landscape"
  let question =
    "How does batch normalization help the optimization, by the main results of Santurkar and others (2018)?"
  let isLong = true

  static let sizes = [SmallDigits.pixels, 50, 50, 50, 50, 50, 10]
  static let rate = 0.1

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      "Not mainly by reducing the internal covariate shift: the paper finds no less of it, and networks whose normalized "
        + "activations are disturbed by noise still train well. Batch normalization changes the landscape. The loss varies less "
        + "along the gradient (a smaller Lipschitz constant), and the gradient itself changes less (an effectively "
        + "smaller β), so that a gradient stays valid for a longer step and larger learning rates are safe.")
    proveTheorem(in: &run)
    run.heading("Measuring the landscape")
    run.say(
      "Two networks 196-50-50-50-50-50-10 learn digits of 14 × 14 pixels with batches of 128 and a learning rate of 0.1, one plain "
        + "and one normalized. At every fifth step eight steps of different lengths, from half to four times the learning "
        + "rate, are tried along the gradient of the same batch.")
    let images = SmallDigits(try run.images(.digits).train)
    let steps = run.isQuick ? 100 : 400
    let plain = train(images, isNormalized: false, steps: steps, rate: SmootherLandscape.rate, interval: 5, run)
    try run.report(1, of: 5, in: "landscape of the plain network")
    let normal = train(images, isNormalized: true, steps: steps, rate: SmootherLandscape.rate, interval: 5, run)
    try run.report(2, of: 5, in: "landscape of the normalized network")
    compare(plain, normal, in: &run)
    try draw(plain, normal, in: &run)
    try sweep(images, in: &run)
    try run.report(3, of: 5, in: "learning rates")
    try measureShift(images, in: &run)
    try run.report(4, of: 5, in: "covariate shift")
    disturb(images, plain, in: &run)
  }

  func train(
    _ images: SmallDigits, isNormalized: Bool, steps: Int, rate: Double, interval: Int, _ run: Run
  ) -> LandscapeTraining {
    var random = run.random.stream("training")
    let model = DeepNetwork(SmootherLandscape.sizes, isNormalized: isNormalized, using: &random)
    return LandscapeTraining(model, on: images, steps: steps, rate: rate, interval: interval, using: &random)
  }

  /// The gradient before a normalization from the one behind it.
  private func proveTheorem(in run: inout Run) {
    run.heading("Why: theorem 4.1 of the paper")
    run.formula(
      "‖∂L/∂y‖²  ≤  γ²/σ² · ( ‖∂L/∂z‖² − ⟨1, ∂L/∂z⟩²/m − ⟨∂L/∂z, ŷ⟩²/m )",
      "y: a unit's sums over a batch of m       ŷ = (y − μ)/σ       z = γ ŷ + β")
    run.say(
      "The backward pass of the normalization takes out of the gradient its mean and its part along ŷ, an orthogonal projection, and "
        + "multiplies by γ/σ. For ε = 0 and the same ∂L/∂z the two sides are equal. So a unit whose sums scatter widely "
        + "gets a small gradient, and two directions along which the loss could rise steeply are missing.")
    for (epsilon, left, right) in [(0.0, 0.3584, 0.3584), (1e-5, 0.358397132843, 0.358399641583)] {
      let x = Tensor([[1], [2], [3], [4]], dtype: .float64)
      let upstream = Tensor([[0.1], [-0.2], [0.3], [0.4]], dtype: .float64)
      var norm = BatchNorm(1, epsilon: epsilon, dtype: .float64)
      norm.weight = Tensor([2], dtype: .float64)
      norm.bias = Tensor([0.5], dtype: .float64)
      let sides = Mode.$current.withValue(.training) { theoremSides(&norm, at: x, upstream) }
      run.check(
        "y = (1, 2, 3, 4), ε = \(epsilon.text(2)): left side", sides.left, equals: left, within: 1e-12, source: "NumPy")
      run.check(
        "y = (1, 2, 3, 4), ε = \(epsilon.text(2)): right side", sides.right, equals: right, within: 1e-12,
        source: "NumPy")
      if epsilon > 0 {
        let slope = Mode.$current.withValue(.training) { gradient(of: { (norm($0) * upstream).sum() }, at: x) }
        run.check(
          "∂L/∂y", slope,
          equals: Tensor(
            [[0.28621255102074], [-0.5008782252015], [0.14310877987645], [0.071556894304308]], dtype: .float64),
          within: 1e-12, source: "NumPy")
      }
    }
    var random = run.random.stream("theorem")
    let x = Tensor.normal([64, 10], deviation: 3, dtype: .float64, using: &random)
    let upstream = Tensor.normal([64, 10], dtype: .float64, using: &random)
    var norm = BatchNorm(10, epsilon: 0, dtype: .float64)
    norm.weight = Tensor.normal([10], mean: 1, dtype: .float64, using: &random)
    let sides = Mode.$current.withValue(.training) { theoremSides(&norm, at: x, upstream) }
    run.say(
      "For ten units on a random batch of 64, summed: left \(sides.left.text(12)), right \(sides.right.text(12)).")
    run.check("ten units, 64 examples, ε = 0: left less right", sides.left - sides.right, equals: 0, within: 1e-10)
  }

  /// Both sides of the theorem, summed over the units.
  private func theoremSides(
    _ norm: inout BatchNorm, at x: Tensor, _ upstream: Tensor
  ) -> (left: Double, right: Double) {
    var copy = norm
    let before = gradient(of: { (copy($0) * upstream).sum() }, at: x)
    let sigma = sqrt(x.populationVariance(axis: 0) + norm.epsilon)
    let unit = (x - x.mean(axis: 0)) / sigma
    let m = Double(x.shape[0])
    let rest =
      square(upstream).sum(axis: 0) - square(upstream.sum(axis: 0)) / m - square((upstream * unit).sum(axis: 0)) / m
    return (square(before).sum().scalar, (square(norm.weight / sigma) * rest).sum().scalar)
  }

  private func compare(_ plain: LandscapeTraining, _ normal: LandscapeTraining, in run: inout Run) {
    func numbers(_ training: LandscapeTraining) -> [Double] {
      let points = training.points
      return [
        median(points.map { $0.losses.upperBound - $0.losses.lowerBound }), median(points.map(\.changes.upperBound)),
        median(points.map(\.smoothness)), points.map(\.smoothness).max() ?? .nan, median(points.map(\.cosine)),
        training.finalLoss,
      ]
    }
    let (a, b) = (numbers(plain), numbers(normal))
    let names = [
      "band of the loss, median", "change of the gradient, median", "effective β, median", "effective β, largest",
      "smallest cosine, median", "loss of the last 20 batches",
    ]
    run.table(
      "Along the gradient, over \(plain.points.count) looks", columns: ["", "plain", "normalized", "ratio"],
      rows: names.indices.map { index in
        [names[index], a[index].text(3), b[index].text(3), index == 4 ? "" : (a[index] / b[index]).text(3)]
      })
    run.say(
      "Without normalization the loss along one gradient varies \((a[0] / b[0]).text(2)) times as much, and the gradient changes "
        + "\((a[1] / b[1]).text(2)) times as much: a step of four learning rates meets a gradient that points elsewhere (cosine "
        + "\(a[4].text(2)); normalized \(b[4].text(2))). The gradient also predicts further relative to the way walked: β is "
        + "smaller by a factor of \((a[2] / b[2]).text(2)).")
    run.expect("band of the loss, plain / normalized", a[0] / b[0], atLeast: 4, source: "NumPy, 5 seeds: 33")
    run.expect("change of the gradient, plain / normalized", a[1] / b[1], atLeast: 4, source: "NumPy, 5 seeds: 14")
    run.expect("effective β, plain / normalized", a[2] / b[2], atLeast: 1.7, source: "NumPy, 5 seeds: 2.5")
    run.expect("final loss, normalized less plain", b[5] - a[5], atMost: 0, source: "NumPy, 5 seeds: 0.029 and 0.074")
  }
}
