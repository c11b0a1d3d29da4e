import Foundation
import Tensors
import Testing
import Training

/// The same multiples of 1/64 as in Scripts/fixtures/training.py.
private func numbers(_ count: Int, seed: Int) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    state = (state * 1_103_515_245 + 12345) % (1 << 31)
    return Double((state >> 16) % 129 - 64) / 64
  }
}

struct MetricTests {
  let golden: [String: [Double]]
  let outputs = Tensor(
    numbers(120, seed: 1).enumerated().map { $1 + 1e-3 * Double($0 % 4) }, shape: [30, 4])
  let classes = Tensor(numbers(30, seed: 2).map { Int(abs($0) * 64) % 4 })
  let scores = Tensor(numbers(30, seed: 3), shape: [30, 1])
  let truth = Tensor(numbers(30, seed: 4).map { $0 > 0.1 ? 1.0 : 0 }, shape: [30, 1])

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/Training")
    let bytes = try Data(contentsOf: folder.appending(path: "metrics.json"))
    golden = try JSONDecoder().decode([String: [Double]].self, from: bytes)
  }

  private func agrees(_ values: [Double], _ name: String) -> Bool {
    guard let wanted = golden[name], wanted.count == values.count else { return false }
    return zip(values, wanted).allSatisfy { abs($0 - $1) < 1e-14 }
  }

  @Test("accuracies equal scikit-learn's")
  func accuracies() {
    #expect(agrees([accuracy(of: outputs, against: classes)], "accuracy"))
    #expect(agrees([accuracy(of: scores, against: truth)], "binaryAccuracy"))
    #expect(agrees([topAccuracy(2, of: outputs, against: classes)], "top2"))
    #expect(topAccuracy(1, of: outputs, against: classes) == accuracy(of: outputs, against: classes))
    #expect(topAccuracy(4, of: outputs, against: classes) == 1)
    #expect(accuracy(of: scores * 0.5 + 0.5, against: truth, threshold: 0.5) == accuracy(of: scores, against: truth))
  }

  @Test("confusion, precision, recall and F1 equal scikit-learn's")
  func confusion() {
    let confusion = Confusion(of: outputs, against: classes)
    let all = 0..<4
    #expect(agrees(confusion.counts.flatMap { $0.map(Double.init) }, "confusion"))
    #expect(agrees(all.map(confusion.precision), "precision"))
    #expect(agrees(all.map(confusion.recall), "recall"))
    #expect(agrees(all.map(confusion.f1), "f1"))
    #expect(agrees([confusion.macroF1], "macroF1") && agrees([confusion.accuracy], "accuracy"))
  }

  @Test("the ROC curve and its area equal scikit-learn's, ties included")
  func roc() {
    let curve = ROC(scores: scores, targets: truth)
    #expect(agrees([curve.area], "area"))
    #expect(agrees(curve.falsePositiveRates, "falsePositiveRates"))
    #expect(agrees(curve.truePositiveRates, "truePositiveRates"))
  }

  @Test("regression metrics equal scikit-learn's")
  func regression() {
    let (predictions, wanted) = (Tensor(numbers(30, seed: 5)), Tensor(numbers(30, seed: 6)))
    #expect(agrees([rSquared(of: predictions, against: wanted)], "rSquared"))
    #expect(agrees([meanAbsoluteError(of: predictions, against: wanted)], "meanAbsoluteError"))
    #expect(agrees([meanSquaredError(of: predictions, against: wanted)], "meanSquaredError"))
    let root = rootMeanSquaredError(of: predictions, against: wanted)
    #expect(agrees([root * root], "meanSquaredError") && root > 0)
  }

  @Test("perplexity is the number of classes for one who knows nothing, and 1 for one who is sure and right")
  func perplexities() {
    let (right, wrong, two) = (Tensor([0, 3, 1] as [Int]), Tensor([1, 3, 1] as [Int]), Tensor([0, 1] as [Int]))
    let even = Tensor.zeros([3, 4])
    #expect(abs(perplexity(of: even, against: right) - 4) < 1e-14)
    let sure = right.oneHot(classes: 4) * 1000
    #expect(perplexity(of: sure, against: right) == 1)
    #expect(perplexity(of: sure, against: right.oneHot(classes: 4)) == 1)
    #expect(perplexity(of: sure, against: wrong) > 1e100)
    // Probabilities 1/2 and 1/8 of the right classes: the root of 2 · 8.
    let logits = log(Tensor([[0.5, 0.25, 0.25], [0.625, 0.125, 0.25]], dtype: .float64))
    #expect(abs(perplexity(of: logits, against: two) - 4) < 1e-14)
    #expect(abs(perplexity(of: logits, against: two.oneHot(classes: 3)) - 4) < 1e-14)
  }
}
