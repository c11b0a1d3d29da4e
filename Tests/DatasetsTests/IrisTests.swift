import Datasets
import Tensors
import Testing

struct IrisTests {
  /// Means and standard deviations per species in millimetres: Fisher 1936, table 2, and what R's `sd` gives.
  static let table: [(means: [Double], deviations: [Double])] = [
    ([50.06, 34.28, 14.62, 2.46], [3.525, 3.791, 1.737, 1.054]),
    ([59.36, 27.70, 42.60, 13.26], [5.162, 3.138, 4.699, 1.978]),
    ([65.88, 29.74, 55.52, 20.26], [6.359, 3.225, 5.519, 2.747]),
  ]

  @Test("the flowers have Fisher's means and deviations", arguments: 0..<3)
  func statistics(species: Int) {
    let iris = Iris(dtype: .float64)
    let flowers = iris[(50 * species)..<(50 * species + 50)]
    #expect(flowers.targets.scalars.allSatisfy { $0 == Double(species) })
    let means = flowers.inputs.mean(axis: 0)
    let centred = flowers.inputs - means
    let deviations = ((centred * centred).sum(axis: 0) / 49).scalars.map { $0.squareRoot() * 10 }
    #expect(zip(means.scalars, Self.table[species].means).allSatisfy { abs(10 * $0 - $1) < 1e-9 })
    #expect(zip(deviations, Self.table[species].deviations).allSatisfy { abs($0 - $1) < 6e-4 })
  }

  @Test("150 flowers, and the two that some copies have wrong are right")
  func flowers() {
    let iris = Iris()
    #expect(iris.inputs.shape == [150, 4] && iris.targets.shape == [150] && iris.targets.dtype == .int64)
    #expect(Iris.features.count == 4 && Iris.classes.count == 3)
    #expect(Iris(dtype: .float64).inputs[34].scalars == [4.9, 3.1, 1.5, 0.2])
    #expect(Iris(dtype: .float64).inputs[37].scalars == [4.9, 3.6, 1.4, 0.1])
    #expect(iris.inputs[0] == Tensor([5.1, 3.5, 1.4, 0.2] as [Float]))
  }

  @Test("targets become one-hot rows")
  func oneHot() {
    let rows = Iris().mapTargets { $0.oneHot(classes: 3) }
    #expect(rows.targets.shape == [150, 3] && rows.targets[149].scalars == [0, 0, 1])
    #expect(rows.inputs == Iris().inputs)
  }
}
