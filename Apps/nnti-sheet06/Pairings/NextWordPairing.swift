import Experiments
import Plotting
import Wabe

/// 6.2 e: the next of very many words.
struct NextWordPairing: Experiment {
  let id = "nnti06.6.2.e"
  let title = "The next of 100,000 words: hierarchical softmax with cross-entropy"
  let question =
    "Which output function and which loss fit a language model whose many words are organized in a hierarchy, and why?"
  let isLong = true

  private static let batch = 512

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      "A *hierarchical softmax* with the cross-entropy. The words are the leaves of a binary tree; every inner node n has a "
        + "vector wₙ and says with σ(h·wₙ + bₙ) how likely the way goes right. The probability of a word is the product of the "
        + "decisions on its way, and its −log is the loss.")
    run.formula(
      "P(word | h) = Π σ(± (h·wₙ + bₙ))  over the nodes n on the way",
      "L = Σ log(1 + e^(∓(h·wₙ + bₙ)))    one binary cross-entropy per decision")
    run.say(
      "It is a choice of exactly one word, so the probabilities have to sum to 1, which rules out independent sigmoids. A flat "
        + "softmax would do, but its sum runs over all words for every training example and every gradient. The tree needs "
        + "about log₂ V decisions. Its probabilities sum to 1 at every node, and so over all leaves.")
    countEvaluations(in: &run)
    try train(in: &run)
  }

  private func countEvaluations(in run: inout Run) {
    let sizes = [1024, 100_000]
    let depths = sizes.map { ClassTree(balanced: $0).depth }
    run.table(
      "Scores to compute for one training example", columns: ["words", "flat softmax", "tree", "saved"],
      rows: zip(sizes, depths).map { ["\($0)", "\($0)", "\($1)", "\($0 / $1)-fold"] })
    run.check("depth of the tree of 1,024 words", Double(depths[0]), equals: 10, source: "log₂ 1024")
    run.check("depth of the tree of 100,000 words", Double(depths[1]), equals: 17, source: "⌈log₂ 100,000⌉")
    var random = run.random.stream("sum")
    let tree = ClassTree(balanced: WordSource.words)
    let leaves = hierarchicalProbabilities(
      features: .normal([50, 8], dtype: .float64, using: &random),
      nodes: .normal([tree.nodeCount, 8], dtype: .float64, using: &random),
      biases: .normal([tree.nodeCount], dtype: .float64, using: &random), tree: tree)
    let error = abs(leaves.sum(axis: 1) - 1).max().scalar
    run.check("sums of 1,024 leaf probabilities differ from 1 by", error, atMost: 1e-12)
  }

  private func train(in run: inout Run) throws {
    run.heading("Demonstration")
    var random = run.random
    let source = WordSource(using: &random)
    let order = Tensor.permutation(WordSource.words, using: &random)
    let tree = ClassTree(balanced: WordSource.words)
    let inOrder = Tensor(Array(0..<WordSource.words))
    let pairings = [
      WordPairing.tree("tree of related words", tree, places: inOrder),
      .tree("tree of words at random", tree, places: order), .flat, .number,
    ]
    let steps = run.isQuick ? 64 : 240
    let words = source.draw(NextWordPairing.batch * steps, using: &random)
    var curves: [[Double]] = []
    for pairing in pairings {
      curves.append(learn(pairing, source, words, steps, random))
      try run.report(curves.count, of: pairings.count, in: pairing.name)
    }
    let entropy = source.entropy
    let last = curves.map { $0[$0.count - 1] }
    run.table(
      "Cross-entropy of the next word after \(steps) steps, exactly over all \(WordSource.contexts) contexts",
      columns: ["output and loss", "scores", "cross-entropy", "above the entropy"],
      rows: zip(pairings, last).map { [$0.name, "\($0.evaluations)", $1.fixed(3), ($1 - entropy).fixed(3)] })
    run.say(
      "The language has 1,024 words, whose hierarchy meets the context in its first five decisions; its entropy is \(entropy.fixed(3)), while guessing costs ln 1024 = "
        + "\(log(Tensor([1024.0])).scalar.fixed(3)). The tree that keeps related words together reaches \(last[0].fixed(3)), the "
        + "flat softmax \(last[2].fixed(3)): nearly the same, for 10 scores per example instead of 1,024. With the words "
        + "scattered over the tree at random the decisions make less sense and it reaches \(last[1].fixed(3)), so the hierarchy matters."
    )
    run.say(
      "The wrong pair takes the word's number in the dictionary for a measurement, with a linear output and the squared error (and "
        + "a trained scale, so that it defines probabilities). It stays at \(last[3].fixed(3)): a bell around one number cannot say "
        + "that two distant words are both likely, and neighbours in a dictionary are no better guess than strangers.")
    run.expect("tree less flat softmax, cross-entropy", last[0] - last[2], between: -0.15, and: 0.15)
    run.expect("tree above the entropy", last[0] - entropy, atMost: 0.3)
    run.expect("scattered tree less tree", last[1] - last[0], atLeast: 0.02)
    run.expect("word number less tree", last[3] - last[0], atLeast: 0.5)
    try draw(pairings, curves, entropy, steps, in: &run)
  }

  /// Trains and returns the exact cross-entropy before the first and after every twelfth step.
  private func learn(
    _ pairing: WordPairing, _ source: WordSource, _ words: (contexts: Tensor, words: Tensor), _ steps: Int,
    _ random: RandomSource
  ) -> [Double] {
    var random = random
    var model = WordModel(rows: pairing.rows, using: &random)
    var optimizer = Adam(schedule: .cosine(from: 0.05, over: steps))
    func loss() -> Double { source.expectedLoss(of: pairing.probabilities(model, source.features)) }
    var curve = [loss()]
    for step in 0..<steps {
      let range = step * NextWordPairing.batch..<(step + 1) * NextWordPairing.batch
      let features = source.features.taking(words.contexts[range])
      let targets = words.words[range]
      let (_, gradients) = valueWithGradient(at: &model) { pairing.loss($0, features, targets) }
      optimizer.update(&model, with: gradients)
      if (step + 1) % 12 == 0 { curve.append(loss()) }
    }
    return curve
  }

  private func draw(
    _ pairings: [WordPairing], _ curves: [[Double]], _ entropy: Double, _ steps: Int, in run: inout Run
  ) throws {
    let caption =
      "The cross-entropy of the next word while four models learn from the same text. The tree of related words keeps up with the "
      + "flat softmax at a hundredth of the cost; the number of the word is hopeless. In brackets: scores to compute for one example."
    try run.figure("words", caption: caption) {
      Figure(width: 680, height: 430) { axes in
        axes.title = "Learning the next of 1,024 words"
        let x = curves[0].indices.map { Double(12 * $0) }
        for (pairing, curve) in zip(pairings, curves) {
          axes.line(x, curve, label: "\(pairing.name) (\(pairing.evaluations))")
        }
        axes.horizontalLine(at: entropy, text: "entropy of the language")
        axes.x.label = "step of \(NextWordPairing.batch) words"
        axes.y.label = "cross-entropy in nats"
      }
    }
  }
}
