import Wabe

/// A small language: contexts, and for each the probabilities of 1,024 next words that are organized in a hierarchy.
///
/// The first five decisions of the hierarchy, from all words down to a group of 32, depend on the context; inside a group
/// the words keep fixed shares.
struct WordSource {
  static let words = 1024
  static let features = 16
  static let contexts = 64

  /// What a network knows about each context: [contexts, features].
  let features: Tensor
  /// The true probability of each word after each context: [contexts, words].
  let probabilities: Tensor

  init(using random: inout RandomSource) {
    let tree = ClassTree(balanced: WordSource.words)
    var meetsContext = Array(repeating: 0.0, count: tree.nodeCount)
    for word in 0..<WordSource.words {
      for step in tree.path(to: word).prefix(5) { meetsContext[step.node] = 1 }
    }
    let mask = Tensor(meetsContext).cast(to: .float32).unsqueezed(axis: -1)
    features = Tensor.normal([WordSource.contexts, WordSource.features], using: &random)
    let vectors = Tensor.normal([tree.nodeCount, WordSource.features], deviation: 0.4, using: &random) * mask
    let biases = Tensor.normal([tree.nodeCount], using: &random)
    probabilities = hierarchicalProbabilities(features: features, nodes: vectors, biases: biases, tree: tree)
  }

  /// The cross-entropy that no model can undercut: the mean entropy of the next word.
  var entropy: Double { expectedLoss(of: probabilities) }

  /// The cross-entropy of a model that says `answers` [contexts, words], exactly and without drawing words.
  func expectedLoss(of answers: Tensor) -> Double {
    -(probabilities * log(answers)).sum(axis: 1).cast(to: .float64).mean().scalar
  }

  /// Random contexts, and a word drawn after each.
  func draw(_ count: Int, using random: inout RandomSource) -> (contexts: Tensor, words: Tensor) {
    let contexts = Tensor.integers([count], in: 0..<WordSource.contexts, using: &random)
    let sums = probabilities.cumulativeSum(axis: 1).scalars(as: Float.self)
    let chances = Tensor.uniform([count], using: &random).scalars(as: Float.self)
    let words = zip(contexts.scalars(as: Int.self), chances).map { context, chance in
      let row = sums[context * WordSource.words..<(context + 1) * WordSource.words]
      // The first sum above the chance, by bisection.
      var (low, high) = (row.startIndex, row.endIndex - 1)
      while low < high {
        let middle = (low + high) / 2
        if row[middle] > chance { high = middle } else { low = middle + 1 }
      }
      return low - row.startIndex
    }
    return (contexts, Tensor(words))
  }
}
