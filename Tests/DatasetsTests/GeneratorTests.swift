import Datasets
import Foundation
import Tensors
import Testing

/// One generator: what its 1,000 examples look like.
struct GeneratorRow: Sendable, CustomTestStringConvertible {
  let name: String
  let inputShape: Shape
  let targetShape: Shape
  /// The targets that occur; empty for targets that are numbers.
  let labels: [Double]
  /// The share of the last class lies within this range.
  let share: ClosedRange<Double>
  /// The range of the inputs.
  let range: ClosedRange<Double>
  let make: @Sendable (DType, inout RandomSource) -> any Dataset
  var testDescription: String { name }
}

private let half = 6.2665706866
private let rows: [GeneratorRow] = [
  .init(
    name: "DiscInSquare", inputShape: [1000, 2], targetShape: [1000, 1], labels: [0, 1], share: 0.44...0.56,
    range: -half...half
  ) { DiscInSquare(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "DoubleRing", inputShape: [1000, 2], targetShape: [1000, 1], labels: [0, 1], share: 0.5...0.5,
    range: -5...5
  ) { DoubleRing(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "Circles", inputShape: [1000, 2], targetShape: [1000, 1], labels: [0, 1], share: 0.5...0.5,
    range: -1.0001...1.0001
  ) { Circles(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "Moons", inputShape: [1000, 2], targetShape: [1000, 1], labels: [0, 1], share: 0.5...0.5,
    range: -1.0001...2.0001
  ) { Moons(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "Spirals", inputShape: [1000, 2], targetShape: [1000], labels: [0, 1], share: 0.5...0.5,
    range: -1...1
  ) { Spirals(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "Blobs", inputShape: [1000, 2], targetShape: [1000], labels: [0, 1, 2], share: 0.333...0.334,
    range: -16...16
  ) { Blobs(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "Checkerboard", inputShape: [1000, 2], targetShape: [1000, 1], labels: [0, 1], share: 0.44...0.56,
    range: 0...1
  ) { Checkerboard(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "GaussianQuantiles", inputShape: [1000, 2], targetShape: [1000], labels: [0, 1, 2], share: 0.333...0.334,
    range: -6...6
  ) { GaussianQuantiles(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "Quadrants", inputShape: [1000, 2], targetShape: [1000, 1], labels: [0, 1], share: 0.44...0.56,
    range: -5.3...5.3
  ) { Quadrants(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "AdditionPairs", inputShape: [1000, 2], targetShape: [1000, 1], labels: [], share: 0...0,
    range: 0...1
  ) { AdditionPairs(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "RegressionPlane", inputShape: [1000, 2], targetShape: [1000, 1], labels: [], share: 0...0,
    range: -6...6
  ) { RegressionPlane(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "RegressionWaves", inputShape: [1000, 2], targetShape: [1000, 1], labels: [], share: 0...0,
    range: -6...6
  ) { RegressionWaves(count: 1000, dtype: $0, using: &$1) },
  .init(
    name: "Glyphs", inputShape: [1000, 28, 28], targetShape: [1000], labels: (0...9).map(Double.init),
    share: 0.06...0.14, range: 0...1
  ) { Glyphs(count: 1000, dtype: $0, using: &$1) },
]

struct GeneratorTests {
  @Test("a generator gives the shapes, labels, ranges and shares it promises", arguments: rows)
  func promises(_ row: GeneratorRow) {
    var random = RandomSource(seed: 3)
    let data = row.make(.float32, &random)
    #expect(data.inputs.shape == row.inputShape && data.targets.shape == row.targetShape)
    #expect(data.inputs.dtype == .float32)
    #expect(data.targets.dtype == (row.targetShape.rank == 1 ? .int64 : .float32))
    #expect(data.inputs.scalars.allSatisfy { row.range.contains($0) })
    guard let last = row.labels.last else { return }
    let targets = data.targets.scalars
    #expect(Set(targets).sorted() == row.labels)
    #expect(row.share.contains(Double(targets.count { $0 == last }) / 1000))
  }

  @Test("the same seed gives the same bits, another seed others, and float64 the same points", arguments: rows)
  func seeds(_ row: GeneratorRow) {
    var (first, second, third) = (RandomSource(seed: 3), RandomSource(seed: 3), RandomSource(seed: 3))
    let data = row.make(.float32, &first)
    let again = row.make(.float32, &second)
    #expect(data.inputs.scalars == again.inputs.scalars && data.targets.scalars == again.targets.scalars)
    let wide = row.make(.float64, &third)
    #expect(wide.inputs.dtype == .float64)
    #expect(zip(wide.inputs.scalars, data.inputs.scalars).allSatisfy { abs($0 - $1) < 1e-5 })
    if row.name != "Circles", row.name != "Moons", row.name != "Spirals" {  // random only through their noise
      let other = row.make(.float32, &first)
      #expect(other.inputs.scalars != data.inputs.scalars)
    }
  }

  @Test("circles and moons lie where scikit-learn puts them")
  func golden() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/Datasets")
    let bytes = try Data(contentsOf: folder.appending(path: "shapes.json"))
    let all = try JSONDecoder().decode([String: [String: [Double]]].self, from: bytes)
    var random = RandomSource(seed: 1)
    let made: [String: any Dataset] = [
      "circles": Circles(count: 11, factor: 0.5, dtype: .float64, using: &random),
      "moons": Moons(count: 11, dtype: .float64, using: &random),
    ]
    #expect(made.count == all.count)
    for (name, data) in made {
      let wanted = try #require(all[name]?["inputs"])
      #expect(zip(data.inputs.scalars, wanted).allSatisfy { abs($0 - $1) < 1e-14 } && wanted.count == 22, "\(name)")
      #expect(data.targets.scalars == all[name]?["targets"])
    }
  }

  @Test("labels follow from where a point lies")
  func labels() {
    var random = RandomSource(seed: 5)
    let disc = DiscInSquare(count: 500, normalized: true, dtype: .float64, using: &random)
    #expect(abs(disc.radius - 0.7978845608) < 1e-9 && disc.halfSide == 1)
    let ring = DoubleRing(count: 500, dtype: .float64, using: &random)
    let noisy = DoubleRing(count: 500, noise: 0.3, dtype: .float64, using: &random)
    func distances(_ data: some Dataset) -> [Double] { data.inputs.norm(axis: 1).scalars }
    #expect(zip(distances(disc), disc.targets.scalars).allSatisfy { ($0 > disc.radius) == ($1 == 1) })
    #expect(zip(distances(ring), ring.targets.scalars).allSatisfy { ($0 < 2.5) == ($1 == 1) })
    #expect(distances(ring).allSatisfy { $0 < 2.5 || $0 >= 3.5 }, "there is a gap")
    // Noise changes the label of a point and leaves it where it is.
    #expect(distances(noisy).allSatisfy { $0 < 2.5 || $0 >= 3.5 })
    #expect(zip(distances(noisy), noisy.targets.scalars).contains { ($0 < 2.5) != ($1 == 1) })
    #expect(XOR().targets.scalars == [0, 1, 1, 0])
  }
}
