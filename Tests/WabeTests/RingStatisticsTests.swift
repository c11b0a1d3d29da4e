import Testing
import Wabe

/// Training from many seeds on one of the two data sets that are called a double ring.
struct RingRow: Sendable, CustomTestStringConvertible {
  enum Data: Sendable {
    /// The playground's: 500 points, half of them to learn from.
    case playground
    /// Two circles with noise: 1,000 points, 800 to learn from.
    case circles(factor: Double, noise: Double)
  }

  let name: String
  let data: Data
  /// The units of every layer.
  let sizes: [Int]
  let activation: @Sendable (Tensor) -> Tensor
  let epochs: Int
  /// Where the median and the tenth percentile of the test accuracies lie.
  let median: ClosedRange<Double>
  let tenth: ClosedRange<Double>
  var testDescription: String { "\(name), \(sizes), \(epochs) epochs" }

  /// The test accuracy of a training.
  func accuracy(seed: Int) -> Double {
    var random = RandomSource(seed: seed)
    let (train, test) =
      switch data {
      case .playground: DoubleRing(count: 500, using: &random).split(0.5, using: &random)
      case .circles(let factor, let noise):
        Circles(count: 1_000, factor: factor, noise: noise, using: &random).split(0.8, using: &random)
      }
    let isPlayground = if case .playground = data { true } else { false }
    let weight: Initializer = isPlayground ? .uniform(from: -0.5, to: 0.5) : .standard
    let bias: Initializer = isPlayground ? .constant(0.1) : .standard
    var layers: [any Layer] = []
    for (inputs, outputs) in zip(sizes, sizes.dropFirst()) {
      if !layers.isEmpty { layers.append(Lambda(activation)) }
      layers.append(Linear(inputs, outputs, weight: weight, bias: bias, using: &random))
    }
    var model = Sequential(layers)
    var optimizer = SGD(learningRate: isPlayground ? 0.03 : 0.1)
    for _ in 0..<epochs {
      for batch in train.batches(of: isPlayground ? 10 : 32, using: &random) {
        let (_, gradients) = valueWithGradient(at: &model) { model in
          let output = model(batch.inputs)
          if isPlayground { return squaredError(predictions: tanh(output), targets: batch.targets * 2 - 1) / 2 }
          return binaryCrossEntropy(logits: output, targets: batch.targets)
        }
        optimizer.update(&model, with: gradients)
      }
    }
    return Wabe.accuracy(of: model.predict(test.inputs), against: test.targets)
  }
}

private let noisy = RingRow.Data.circles(factor: 0.5, noise: 0.1)
private let close = RingRow.Data.circles(factor: 0.8, noise: 0.03)

/// What a NumPy program reached with the same settings, over 20 seeds (playground) or 10 (circles).
private let rows: [RingRow] = [
  .init(
    name: "playground, tanh", data: .playground, sizes: [2, 4, 2, 1], activation: { tanh($0) }, epochs: 100,
    median: 0.99...1, tenth: 0.95...1),
  .init(
    name: "playground, ReLU", data: .playground, sizes: [2, 4, 2, 1], activation: { relu($0) }, epochs: 50,
    median: 0.99...1, tenth: 0.75...1),
  .init(
    name: "playground, three ReLU", data: .playground, sizes: [2, 3, 1], activation: { relu($0) }, epochs: 100,
    median: 0.98...1, tenth: 0.7...1),
  .init(
    name: "playground, one layer of tanh", data: .playground, sizes: [2, 8, 1], activation: { tanh($0) }, epochs: 50,
    median: 0.98...1, tenth: 0.94...1),
  .init(
    name: "noisy circles", data: noisy, sizes: [2, 8, 1], activation: { relu($0) }, epochs: 50, median: 0.98...1,
    tenth: 0.95...1),
  .init(
    name: "noisy circles, longer", data: noisy, sizes: [2, 8, 1], activation: { relu($0) }, epochs: 200,
    median: 0.985...1, tenth: 0.97...1),
  .init(
    name: "close circles, longer", data: close, sizes: [2, 8, 1], activation: { relu($0) }, epochs: 200,
    median: 0.98...1, tenth: 0.95...1),
  .init(
    name: "noisy circles", data: noisy, sizes: [2, 16, 1], activation: { relu($0) }, epochs: 50, median: 0.98...1,
    tenth: 0.97...1),
  .init(
    name: "noisy circles, too few units", data: noisy, sizes: [2, 3, 1], activation: { relu($0) }, epochs: 50,
    median: 0.65...0.9, tenth: 0.5...0.85),
  .init(
    name: "close circles", data: close, sizes: [2, 16, 1], activation: { relu($0) }, epochs: 100, median: 0.98...1,
    tenth: 0.97...1),
]

@Suite struct RingStatisticsTests {
  @Test("small networks learn the double rings from as many seeds as elsewhere", arguments: rows)
  func ring(row: RingRow) {
    let isPlayground = if case .playground = row.data { true } else { false }
    let seeds = isPlayground ? 20 : 10
    let sorted = (1...seeds).map { row.accuracy(seed: $0) }.sorted()
    let median = (sorted[seeds / 2 - 1] + sorted[seeds / 2]) / 2
    let tenth = sorted[seeds / 10]
    #expect(row.median.contains(median) && row.tenth.contains(tenth), "\(sorted)")
    let range = "\(sorted[0]) to \(sorted[seeds - 1])"
    print("\(row.testDescription): median \(median), tenth percentile \(tenth), \(range)")
  }
}
