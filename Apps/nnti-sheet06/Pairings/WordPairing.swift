import Wabe

/// A model of the next word: one vector and one bias per word or per node of a tree.
struct WordModel: Module {
  var vectors: Tensor
  var biases: Tensor

  init(rows: Int, using random: inout RandomSource) {
    vectors = Tensor.normal([rows, WordSource.features], deviation: 0.01, using: &random)
    biases = .zeros([rows])
  }

  /// The scores of all rows: [batch, rows].
  func scores(_ features: Tensor) -> Tensor { features.matmul(vectors, transposeB: true) + biases }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("vectors", &vectors)
    visitor.parameter("biases", &biases)
  }
}

/// A way to turn the model into probabilities, and the loss that goes with it.
struct WordPairing: Sendable {
  let name: String
  /// How many rows of the model one training example looks at.
  let evaluations: Int
  /// How many rows the model has.
  let rows: Int
  let loss: @Sendable (_ model: WordModel, _ features: Tensor, _ words: Tensor) -> Tensor
  let probabilities: @Sendable (_ model: WordModel, _ features: Tensor) -> Tensor

  /// Hierarchical softmax: the product of the decisions on the way through a tree. `places` says on which leaf of the tree
  /// each word lies.
  static func tree(_ name: String, _ tree: ClassTree, places: Tensor) -> WordPairing {
    WordPairing(
      name: name, evaluations: tree.depth, rows: tree.nodeCount,
      loss: { model, features, words in
        hierarchicalCrossEntropy(
          features: features, nodes: model.vectors, biases: model.biases, targets: places.taking(words), tree: tree)
      },
      probabilities: { model, features in
        hierarchicalProbabilities(features: features, nodes: model.vectors, biases: model.biases, tree: tree)
          .taking(places, axis: 1)
      })
  }

  /// A softmax over all words with the cross-entropy.
  static let flat = WordPairing(
    name: "flat softmax, cross-entropy", evaluations: WordSource.words, rows: WordSource.words,
    loss: { crossEntropy(logits: $0.scores($1), targets: $2) }, probabilities: { softmax($0.scores($1)) })

  /// The number of the word in the dictionary as if it were a measurement: a linear output with the squared error, and a
  /// second output for its scale, so that both say something about probabilities.
  static let number = WordPairing(
    name: "word number, squared error", evaluations: 2, rows: 2,
    loss: { model, features, words in
      let scores = model.scores(features)
      let distance = (words.cast(to: .float32) / 512 - 1 - scores[.all, 0]) * exp(-scores[.all, 1])
      return (0.5 * square(distance) + scores[.all, 1]).mean()
    },
    probabilities: { model, features in
      let scores = model.scores(features)
      let places = Tensor.arange(WordSource.words) / 512 - 1
      return softmax(-0.5 * square((places - scores[.all, 0..<1]) * exp(-scores[.all, 1..<2])))
    })
}
