import Experiments
import Plotting
import Wabe

/// 6.2 d: several labels at once.
struct TagPairing: Experiment {
  let id = "nnti06.6.2.d"
  let title = "Several tags at once: one sigmoid per tag"
  let question =
    "Which output function and which loss fit a system that gives every video all the tags that apply to it, and why?"

  private static let tags = ["sports", "news", "education"]

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      "One output per tag, each with a logistic function of its own, and the sum of the binary cross-entropies. Tags are no "
        + "alternatives: a video may have none, one or all, so every tag is a question of yes or no by itself. A softmax would "
        + "share out a total probability of 1, and a second tag could only be had at the first one's expense.")
    run.formula("pₖ = σ(zₖ)     L = Σₖ −tₖ log pₖ − (1 − tₖ) log(1 − pₖ)     ∂L/∂zₖ = pₖ − tₖ")
    proveBound(in: &run)
    run.heading("Demonstration")
    var random = run.random
    let rule = Tensor.normal([8, 3], dtype: .float64, using: &random)
    let train = videos(600, rule, using: &random)
    let test = videos(3000, rule, using: &random)
    let right = trained(run) { binaryCrossEntropy(logits: $0(train.inputs), targets: train.targets) }
    let wrong = trained(run) { binaryCrossEntropy(probabilities: softmax($0(train.inputs)), targets: train.targets) }
    let logits = right.predict(test.inputs)
    let answers = [sigmoid(logits), softmax(wrong.predict(test.inputs))]
    let losses = answers.map { binaryCrossEntropy(probabilities: $0, targets: test.targets).scalar }
    let exact = answers.map { exactShares($0, test.targets) }
    let counts = exact[0].map(\.count)
    run.say(
      "3,000 new videos carry 0 to 3 of the tags \(TagPairing.tags.joined(separator: ", ")). A network 8-24-3 was trained twice with the "
        + "same loss, once behind three sigmoids and once behind a softmax; a tag is given where its probability exceeds ½."
    )
    run.table(
      "Share of videos with exactly the right tags",
      columns: ["outputs", "no tag", "one", "two", "three", "BCE per tag"],
      rows: zip(["sigmoids", "softmax"], zip(exact, losses)).map { name, result in
        [name] + result.0.map { $0.share.text(3) } + [result.1.text(3)]
      })
    run.say(
      "The sigmoids do well for every number of tags. The softmax gets videos with one tag right and fails for two or three "
        + "(\(counts[2] + counts[3]) videos): two numbers above ½ cannot sum to 1. Nor can it say *none* reliably.")
    let several = [2, 3].reduce(0.0) { $0 + exact[1][$1].share * Double(exact[1][$1].count) }
    run.check("softmax: videos with two or three tags that are right", several, equals: 0, source: "Σ p = 1")
    run.expect("sigmoids: BCE per tag less that of the softmax", losses[0] - losses[1], atMost: -0.1)
    run.expect("sigmoids: right for two tags", exact[0][2].share, atLeast: 0.75)
    try draw(exact, in: &run)
  }

  /// What a softmax can do at best for the target (1, 1, 0).
  private func proveBound(in run: inout Run) {
    run.heading("What a softmax can reach at best")
    run.formula(
      "target (1, 1, 0),  p₁ + p₂ + p₃ = 1",
      "L = −log p₁ − log p₂ − log(1 − p₃)  ≥  −log p₁ p₂  ≥  −log ¼ = 2 ln 2",
      "equality for p = (½, ½, 0):  with p₁ + p₂ ≤ 1 equal factors are best")
    let target = Tensor([[1, 1, 0]], dtype: .float64)
    var z = Tensor([[0.3, -0.2, 0.1]], dtype: .float64)
    var loss = Double.nan
    for _ in 0..<3000 {
      let (value, gradient) = valueWithGradient(at: z) {
        binaryCrossEntropy(probabilities: softmax($0), targets: target, reduction: .sum)
      }
      z -= gradient * 1.5
      loss = value.scalar
    }
    let p = softmax(z).scalars
    run.say(
      "Descent on the three inputs of a softmax, with nothing else in the way, ends at p = "
        + "(\(p.map { $0.text(4) }.joined(separator: ", "))) with L = \(loss.text(7)); the bound is 2 ln 2 = 1.386294. Three sigmoids "
        + "reach every loss above 0.")
    run.check(
      "softmax on (1, 1, 0): loss after descent", loss, between: 1.3862943611198906, and: 1.3865, source: "2 ln 2")
    let half = Tensor([[0.5, 0.5, 0]], dtype: .float64)
    run.check(
      "loss at p = (½, ½, 0)", binaryCrossEntropy(probabilities: half, targets: target, reduction: .sum).scalar,
      equals: 1.3862943611198906, within: 1e-15, source: "2 ln 2")
    let sure = Tensor([[20, 20, -20]], dtype: .float64)
    let free = binaryCrossEntropy(logits: sure, targets: target, reduction: .sum).scalar
    run.check(
      "sigmoids at z = (20, 20, −20): loss", free, equals: 6.183460860943e-9, within: 1e-20, source: "3 log(1 + e⁻²⁰)")
  }

  /// Videos of eight features whose tags follow three rules.
  private func videos(_ count: Int, _ rule: Tensor, using random: inout RandomSource) -> Samples {
    let x = Tensor.normal([count, 8], dtype: .float64, using: &random)
    return Samples(inputs: x, targets: (x.matmul(rule) .> 0).cast(to: .float64))
  }

  private func trained(_ run: Run, _ loss: (inout Sequential) -> Tensor) -> Sequential {
    var random = run.random.stream("weights")
    var model = Sequential {
      Linear(8, 24, dtype: .float64, using: &random)
      tanh
      Linear(24, 3, dtype: .float64, using: &random)
    }
    _ = fit(&model, steps: 250, learningRate: 0.01, loss: loss)
    return model
  }

  /// Of the videos with 0, 1, 2 and 3 tags, how many there are and which share got exactly the right ones.
  private func exactShares(_ answers: Tensor, _ targets: Tensor) -> [(count: Int, share: Double)] {
    let isRight = ((answers .> 0.5) .== (targets .> 0.5)).all(axis: 1).cast(to: .float64)
    let numbers = targets.sum(axis: 1)
    return (0...3).map { number in
      let chosen = (numbers .== Double(number)).cast(to: .float64)
      let count = chosen.sum().scalar
      return (Int(count), count == 0 ? .nan : (isRight * chosen).sum().scalar / count)
    }
  }

  private func draw(_ exact: [[(count: Int, share: Double)]], in run: inout Run) throws {
    let caption =
      "Share of the new videos that got exactly the right tags, by how many tags they have. The softmax cannot give two tags at "
      + "all, however long it is trained."
    try run.figure("tags", caption: caption) {
      Figure(width: 640, height: 400) { axes in
        for (index, name) in ["three sigmoids", "softmax"].enumerated() {
          axes.bars(exact[index].map(\.share), label: name, set: index, of: 2, showsValues: true)
        }
        axes.title = "Exactly the right tags"
        axes.x = .categories(["no tag", "one tag", "two tags", "three tags"])
        axes.y = Axis(label: "share of videos", limits: 0...1.1)
      }
    }
  }
}
