import Experiments
import Visualization
import Wabe

/// 6.4 a: why batch normalization was proposed.
struct CovariateShift: Experiment {
  let id = "nnti06.6.4.a"
  let title = "The motivation: inputs of a layer that do not stay as they were"
  let question = "What motivated batch normalization?"
  let isLong = true

  private static let layer = 4
  private static let moments = [0, 10, 20, 40, 80, 120, 160, 200]

  /// What a deep layer sees at one moment of the training.
  private struct Moment {
    let step: Int
    /// The layer's sums before normalization, and what its ReLU gets.
    let raw: Tensor
    let final: Tensor
    /// The mean and the standard deviation of each unit's input to its ReLU.
    var means: Tensor { final.mean(axis: 0) }
    var deviations: Tensor { final.populationDeviation(axis: 0) }
  }

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      "While a network learns, each layer changes the inputs of all layers behind it. These have to keep up with a distribution "
        + "that moves under them, which Ioffe and Szegedy (2015) called *internal covariate shift*; with σ or tanh it also pushes "
        + "units into their flat ends. It forced small learning rates and careful initialization. Batch normalization fixes "
        + "the mean and the variance of every unit's sum over each batch, so that a deep layer meets the same two moments at "
        + "every step.")
    run.say(
      "Whether this is also *why* it helps is another question: part d shows what Santurkar and others found instead.")
    run.heading("Demonstration")
    var random = run.random
    let images = SmallDigits(Glyphs(count: 1024, using: &random), dtype: .float64)
    let plain = moments(isNormalized: false, images, run)
    let normal = moments(isNormalized: true, images, run)
    describe(plain, normal, in: &run)
    try draw(plain, normal, in: &run)
  }

  /// Trains and looks at the same 1,024 images again and again.
  private func moments(isNormalized: Bool, _ images: SmallDigits, _ run: Run) -> [Moment] {
    var random = run.random.stream("training")
    let sizes = [SmallDigits.pixels, 50, 50, 50, 50, 50, 10]
    var model = DeepNetwork(sizes, isNormalized: isNormalized, dtype: .float64, using: &random)
    var optimizer = SGD(learningRate: 0.1)
    let probe = images.inputs
    var result: [Moment] = []
    for step in 0...(CovariateShift.moments.last ?? 0) {
      if CovariateShift.moments.contains(step) {
        var copy = model
        let sums = Mode.$current.withValue(.training) { copy.sums(of: CovariateShift.layer, for: probe) }
        result.append(Moment(step: step, raw: sums.raw, final: sums.final))
      }
      let chosen = Tensor.integers([128], in: 0..<images.count, using: &random)
      let batch = images.selecting(chosen)
      let (_, gradients) = valueWithGradient(at: &model) {
        crossEntropy(logits: $0(batch.inputs), targets: batch.targets)
      }
      optimizer.update(&model, with: gradients)
    }
    return result
  }

  private func describe(_ plain: [Moment], _ normal: [Moment], in run: inout Run) {
    /// How far the units' means have moved, in units of their first standard deviation.
    func drift(_ moment: Moment, from first: Moment) -> Tensor { abs(moment.means - first.means) / first.deviations }
    /// How the units' standard deviations compare with their first.
    func growth(_ moment: Moment, from first: Moment) -> Double { (moment.deviations / first.deviations).max().scalar }
    /// The largest distance of a unit's mean from 0 and of its deviation from 1, after normalizing and before γ and β.
    func error(_ moment: Moment) -> (mean: Double, deviation: Double) {
      var norm = BatchNorm(50, dtype: .float64)
      let unit = Mode.$current.withValue(.training) { norm(moment.raw) }
      return (abs(unit.mean(axis: 0)).max().scalar, abs(unit.populationDeviation(axis: 0) - 1).max().scalar)
    }
    let errors = normal.map(error)
    run.table(
      "Fifth hidden layer of a 196-50-50-50-50-50-10 network, on the same 1,024 images: the largest value of all units. Drift is "
        + "that of the mean in deviations, growth that of the deviation; |mean| and |deviation − 1| are taken right after "
        + "the normalization, the last column after γ and β.",
      columns: [
        "step", "plain: drift", "growth", "normalized: |mean|", "|deviation − 1|", "then drift",
      ],
      rows: plain.indices.map { index in
        [
          "\(plain[index].step)", drift(plain[index], from: plain[0]).max().scalar.fixed(2),
          growth(plain[index], from: plain[0]).fixed(2), errors[index].mean.scientific(1),
          errors[index].deviation.scientific(1), drift(normal[index], from: normal[0]).max().scalar.fixed(2),
        ]
      })
    let largest = plain.map { drift($0, from: plain[0]).max().scalar }.max() ?? 0
    let widest = plain.map { growth($0, from: plain[0]) }.max() ?? 0
    run.say(
      "Drifts are counted in standard deviations at the start. Without normalization a unit's mean moves by up to "
        + "\(largest.text(3)) of them within \(plain[plain.count - 1].step) steps, and a unit's deviation grows "
        + "\(widest.text(3))-fold. With it every unit has mean 0 and deviation 1 at every step; what moves afterwards is "
        + "γ and β, slowly, and because the training wants it.")
    for (moment, error) in zip(normal, errors) where moment.step > 0 {
      run.check("step \(moment.step): largest |mean| before γ and β", error.mean, atMost: 1e-6)
      run.check("step \(moment.step): largest |deviation − 1|", error.deviation, atMost: 1e-2, source: "½ ε / variance")
    }
    run.expect("plain: largest drift of a mean, in deviations", largest, atLeast: 1)
    let after = normal.map { drift($0, from: normal[0]).max().scalar }.max() ?? 0
    run.expect("plain against normalized: ratio of the largest drifts", largest / after, atLeast: 1.5)
  }

  /// The inputs of the unit that has moved most, for all moments.
  private func draw(_ plain: [Moment], _ normal: [Moment], in run: inout Run) throws {
    for (name, title, moments) in [("drift-plain", "Without", plain), ("drift-normalized", "With", normal)] {
      let last = moments[moments.count - 1]
      let caption =
        name == "drift-plain"
        ? "The inputs of one ReLU in the fifth hidden layer for 1,024 images, from the start (top) to step \(last.step): the unit "
          + "whose mean moves most. Its distribution wanders and widens while the layers before it learn."
        : "The same for the unit that moves most in the normalized network. Its shape changes as classes separate, but "
          + "place and width hardly do."
      try run.figure(name, caption: caption) {
        let drift = moments.map { abs($0.means - moments[0].means) / moments[0].deviations }
        let unit = Int(Tensor.stack(drift).max(axis: 0).argMax().scalar)
        return RidgePlot(
          moments.map { ("step \($0.step)", $0.final[.all, unit].scalars) },
          title: "\(title) batch normalization: unit \(unit + 1) of 50", label: "input to the ReLU")
      }
    }
  }
}
