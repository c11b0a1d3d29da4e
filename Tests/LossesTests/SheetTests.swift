import Autograd
import Losses
import Tensors
import Testing

/// The tables of sheet 01 (1b) and sheet 6 (6.2), with numbers computed at 40 digits.
@Suite("The sheets' losses")
struct SheetTests {
  static let z = Tensor([[1.0, 2, 3]], dtype: .float64)

  @Test("softmax with cross-entropy equals the table of sheet 01")
  func softmaxTable() {
    let table: [(loss: Double, slope: [Double])] = [
      (2.40760596444, [-0.90996942683, 0.244728471055, 0.665240955775]),
      (1.40760596444, [0.0900305731704, -0.755271528945, 0.665240955775]),
      (0.407605964444, [0.0900305731704, 0.244728471055, -0.334759044225]),
    ]
    for (label, row) in table.enumerated() {
      for target in [Tensor([label]), Tensor([label]).oneHot(classes: 3, dtype: .float64)] {
        let (loss, slope) = valueWithGradient(at: SheetTests.z) { crossEntropy(logits: $0, targets: target) }
        #expect(abs(loss.scalar - row.loss) <= 1e-11)
        #expect(distance(slope, Tensor(row.slope)) <= 1e-11)
        #expect(abs(slope.sum().scalar) <= 1e-15)
      }
    }
  }

  @Test("the normalization without an exponential equals the table of sheet 01")
  func linearTable() {
    let table: [(loss: Double, slope: [Double])] = [
      (1.79175946923, [-5.0 / 6, 1.0 / 6, 1.0 / 6]), (1.09861228867, [1.0 / 6, -1.0 / 3, 1.0 / 6]),
      (0.69314718056, [1.0 / 6, 1.0 / 6, -1.0 / 6]),
    ]
    for (label, row) in table.enumerated() {
      let target = Tensor([label]).oneHot(classes: 3, dtype: .float64)
      let (loss, slope) = valueWithGradient(at: SheetTests.z) { linearCrossEntropy(scores: $0, targets: target) }
      #expect(abs(loss.scalar - row.loss) <= 1e-11)
      #expect(distance(slope, Tensor(row.slope)) <= 1e-11)
      #expect(abs((slope * SheetTests.z).sum().scalar) <= 1e-15)  // Euler: the loss does not change with the scale
    }
  }

  @Test("the gradient without an exponential grows without bound near 0 and vanishes far away")
  func linearExtremes() {
    func slope(_ z: Double) -> Double {
      let target = Tensor([[1.0, 0, 0]], dtype: .float64)
      let slopes = gradient(of: { linearCrossEntropy(scores: $0, targets: target) }, at: Tensor([[z, 1, 1]]))
      return slopes.scalars[0]
    }
    #expect(abs(slope(1e-3) / -999.5002499 - 1) < 1e-9)
    #expect(abs(slope(1e-6) / -999999.5 - 1) < 1e-9)
    #expect(abs(slope(1000) / -1.996e-6 - 1) < 1e-3)
    let negative = linearCrossEntropy(
      scores: Tensor([[-1.0, 3]], dtype: .float64), targets: Tensor([[1.0, 0]], dtype: .float64))
    #expect(negative.scalar.isNaN)
  }

  @Test("the leaves of a tree of 1,000 words have probabilities that sum to 1, and the losses are their logarithms")
  func tree() {
    var random = RandomSource(seed: 62)
    let uneven = (1...1000).map { 1 / Double($0) }
    for tree in [ClassTree(balanced: 1000), ClassTree(frequencies: uneven)] {
      let features = Tensor.normal([5, 8], dtype: .float64, using: &random)
      let nodes = Tensor.normal([tree.nodeCount, 8], dtype: .float64, using: &random)
      let biases = Tensor.normal([tree.nodeCount], dtype: .float64, using: &random)
      let all = hierarchicalProbabilities(features: features, nodes: nodes, biases: biases, tree: tree)
      #expect(all.shape == [5, 1000])
      #expect(distance(all.sum(axis: 1), Tensor.ones([5], dtype: .float64)) <= 1e-12)
      let words = [0, 999, 500, 17, 3]
      let losses = hierarchicalCrossEntropy(
        features: features, nodes: nodes, biases: biases, targets: Tensor(words), tree: tree, reduction: .none)
      let logs = words.enumerated().map { -log(all[$0.offset, $0.element]).scalar }
      #expect(distance(losses, Tensor(logs)) <= 1e-10)
    }
  }

  @Test("a balanced tree of 1,024 words is 10 decisions deep, one of 100,000 is 17, and Huffman's is short on average")
  func depth() {
    #expect(ClassTree(balanced: 1024).depth == 10)
    #expect(ClassTree(balanced: 100_000).depth == 17)
    let tree = ClassTree(frequencies: [0.5, 0.25, 0.125, 0.125])
    #expect((0..<4).map { tree.path(to: $0).count } == [1, 2, 3, 3])
    #expect(tree.path(to: 0)[0].node == tree.path(to: 3)[0].node)
    #expect(Set((0..<4).flatMap { tree.path(to: $0).map(\.node) }) == [0, 1, 2])
  }

  @Test("the hierarchical loss has gradients that central differences confirm")
  func treeGradients() {
    var random = RandomSource(seed: 63)
    let tree = ClassTree(frequencies: [5, 1, 1, 2, 8])
    let inputs = [[3, 2], [4, 2], [4]].map { Tensor.normal(Shape($0), dtype: .float64, using: &random) }
    let check = checkGradients(
      of: { (x: [Tensor]) in
        hierarchicalCrossEntropy(
          features: x[0], nodes: x[1], biases: x[2], targets: Tensor([4, 0, 2], dtype: .int64), tree: tree)
      }, at: inputs)
    #expect(check.passed, "\(check)")
  }
}
