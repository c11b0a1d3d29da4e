import Foundation
import TensorKernels
import Tensors
import Testing

private let infinity = Double.infinity

@Suite struct ReductionTests {
  /// Shapes and the axes they are reduced along.
  static let cases: [(shape: [Int], axes: [Int])] = [
    ([7], [0]), ([3, 5], [0]), ([3, 5], [1]), ([3, 5], [0, 1]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]),
    ([2, 3, 4, 5], [0, 2]), ([2, 3, 4, 5], [1, 3]), ([2, 1, 4], [1]), ([100, 3], [0]), ([1000, 2], [0]),
    ([300, 65], [0]),
    ([65, 300], [1]), ([2, 700, 3], [1]), ([3, 40, 600], [1]), ([70_001], [0]), ([3, 70_001], [1]), ([2000, 70], [0]),
    ([50_000, 5], [0]), ([1, 1], [0, 1]), ([2, 2, 2, 2, 2], [0, 2, 4]),
  ]

  @Test("sums, means, norms, products and extremes agree with a plain loop", arguments: cases.indices)
  func values(index: Int) {
    let (shape, axes) = Self.cases[index]
    let x = sample(shape)
    let groups = grouped(x, axes)
    check(x.sum(axes: axes), groups.map { $0.reduce(0, +) }, 1e-6)
    check(x.mean(axes: axes), groups.map { $0.reduce(0, +) / Double($0.count) }, 1e-6)
    check(x.norm(axes: axes), groups.map(length), 1e-6)
    check(x.max(axes: axes), groups.map { $0.max() ?? .nan }, 0)
    check(x.min(axes: axes), groups.map { $0.min() ?? .nan }, 0)
    let near1 = x * 1e-3 + 1
    check(near1.product(axes: axes), grouped(near1, axes).map { $0.reduce(1, *) }, 1e-6)
    check(x.populationVariance(axes: axes), groups.map { deviation($0) / Double($0.count) }, 1e-6)
    if groups[0].count > 1 {
      check(x.sampleVariance(axes: axes), groups.map { deviation($0) / Double($0.count - 1) }, 1e-6)
    }
    check(x.logSumExp(axes: axes), groups.map(logSum), 1e-6)
    let counts = (x .> 0).cast(to: .uint8).sum(axes: axes)
    #expect(counts.dtype == .int64)
    #expect(counts.scalars == groups.map { Double($0.count { $0 > 0 }) })
    #expect((x .> 3.9).any(axes: axes).scalars == groups.map { $0.contains { $0 > 3.9 } ? 1 : 0 })
    #expect((x .> -3.9).all(axes: axes).scalars == groups.map { $0.allSatisfy { $0 > -3.9 } ? 1 : 0 })
    let kept = x.sum(axes: axes, keepDims: true).shape
    #expect(Array(kept) == shape.indices.map { axes.contains($0) ? 1 : shape[$0] })
  }

  @Test("float64 reductions are as precise as float64", arguments: cases.indices)
  func doubles(index: Int) {
    let (shape, axes) = Self.cases[index]
    let x = sample(shape).cast(to: .float64)
    let groups = grouped(x, axes)
    check(x.sum(axes: axes), groups.map { $0.reduce(0, +) }, 1e-12)
    check(x.norm(axes: axes), groups.map(length), 1e-13)
    check(x.populationVariance(axes: axes), groups.map { deviation($0) / Double($0.count) }, 1e-12)
    check(x.logSumExp(axes: axes), groups.map(logSum), 1e-13)
  }

  @Test("softmax and its logarithm agree with their definition", arguments: cases.indices)
  func softmaxes(index: Int) {
    let (shape, axes) = Self.cases[index]
    let x = sample(shape)
    let sums = exp(x.cast(to: .float64)).sum(axis: axes[0], keepDims: true)
    let expected = exp(x.cast(to: .float64)) / sums
    check(softmax(x, axis: axes[0]), expected.scalars, 1e-6)
    check(logSoftmax(x, axis: axes[0]), log(expected).scalars, 1e-6)
    check(softmax(x.cast(to: .float64), axis: axes[0]), expected.scalars, 1e-14)
  }

  @Test("NaN at any position makes maximum and minimum NaN and is what argMax and argMin find")
  func poison() {
    for dtype in [DType.float32, .float64] {
      for length in [1, 2, 3, 7, 8, 31, 32, 33, 100] {
        for place in 0..<length {
          var numbers = (0..<length).map { Double(($0 * 5) % length) }
          numbers[place] = .nan
          let row = Tensor(numbers).cast(to: dtype)
          let column = row.reshaped(to: [length, 1]) + Tensor([Float(0), 0, 0]).cast(to: dtype)
          #expect(row.max().scalar.isNaN && row.min().scalar.isNaN && row.sum().scalar.isNaN)
          #expect(row.argMax().scalar == Double(place) && row.argMin(axis: 0).scalar == Double(place))
          #expect(column.max(axis: 0).scalars.allSatisfy(\.isNaN) && column.min(axis: 0).scalars.allSatisfy(\.isNaN))
          #expect(column.argMax(axis: 0).scalars == [Double](repeating: Double(place), count: 3))
          #expect(softmax(row).scalars.allSatisfy(\.isNaN) && row.logSumExp().scalar.isNaN)
        }
      }
    }
  }

  @Test("argMax and argMin take the first of equal elements, along every axis and in every type")
  func positions() {
    let x = Tensor([3, 9, 9, -1, -1, 4].map { Int32($0) }, shape: [2, 3])
    #expect(x.argMax(axis: 1).scalars(as: Int64.self) == [1, 2])
    #expect(x.argMax(axis: 0, keepDims: true).scalars(as: Int64.self) == [0, 0, 0])
    #expect(x.argMin(axis: -1).scalars(as: Int64.self) == [0, 0])
    #expect(x.argMin().scalar == 3 && x.argMax().scalar == 1 && x.argMax().shape == [])
    let flags = Tensor([false, true, true, false])
    #expect(flags.argMax().scalar == 1 && flags.argMin().scalar == 0)
  }

  @Test("rows of infinities follow the written rules")
  func infinities() {
    let x = Tensor([-infinity, -infinity, infinity, 1, -infinity, 0], shape: [3, 2])
    for x in [x, x.cast(to: .float64)] {
      #expect(x.logSumExp(axis: 1).scalars == [-infinity, infinity, 0])
      #expect(Array(softmax(x).scalars[..<2]) == [0, 0] && Array(softmax(x).scalars[4...]) == [0, 1])
      #expect(softmax(x).scalars[2].isNaN)
      #expect(Array(logSoftmax(x).scalars[..<2]) == [-infinity, -infinity])
      #expect(Array(logSoftmax(x).scalars[4...]) == [-infinity, 0])
      #expect(x.max(axis: 0).scalars == [infinity, 1] && x.min(axis: 0).scalars == [-infinity, -infinity])
    }
    let huge = Tensor([Float(1e30), -3e30, 88, 1e4], shape: [2, 2])
    let length = Float(1e30 * (10.0).squareRoot())
    #expect(huge.norm(axis: 1).scalars[0] == Double(length))
    #expect(huge.logSumExp(axis: 1).scalars == [Double(Float(1e30)), 1e4])
    #expect(softmax(huge).scalars == [1, 0, 0, 1])
    let vast = Tensor([3e200, 4e200], dtype: .float64).norm().scalar
    #expect(abs(vast / 5e200 - 1) < 1e-15)
    let tiny = Tensor([3e-200, 4e-200], dtype: .float64).norm().scalar
    #expect(abs(tiny / 5e-200 - 1) < 1e-15)
    #expect(Tensor([0.0, 0]).norm().scalar == 0 && Tensor([infinity, 1]).norm().scalar == infinity)
    let far: [Float] = [100_000_008, 100_000_000, 100_000_016]
    #expect(Tensor(far).populationVariance().scalar == Double(Float(128.0 / 3)))
  }

  @Test("nothing adds up to 0, multiplies to 1, and is all true")
  func empties() {
    let none = Tensor([Float](), shape: [2, 0, 3])
    #expect(none.sum().scalar == 0 && none.product().scalar == 1 && none.norm().scalar == 0)
    #expect(none.sum(axis: 1).scalars == [0, 0, 0, 0, 0, 0] && none.sum(axis: 0).shape == [0, 3])
    #expect(none.max(axis: 0).shape == [0, 3] && none.mean(axis: 2).shape == [2, 0])
    #expect(none.logSumExp(axis: 1).scalars == [Double](repeating: -infinity, count: 6))
    #expect((none .> 0).any().scalar == 0 && (none .> 0).all().scalar == 1)
    #expect(softmax(none, axis: 1).shape == [2, 0, 3] && none.cumulativeSum(axis: 1).shape == [2, 0, 3])
  }

  @Test("cumulative sums run along an axis, from either end")
  func cumulative() {
    let x = Tensor([Float(1), 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(x.cumulativeSum(axis: 1).scalars == [1, 3, 6, 4, 9, 15])
    #expect(x.cumulativeSum(axis: 0).scalars == [1, 2, 3, 5, 7, 9])
    #expect(x.cumulativeSum(axis: -1, reversed: true).scalars == [6, 5, 3, 15, 11, 6])
    let wide = Tensor((0..<400).map { Int64($0) }, shape: [4, 100]).cumulativeSum(axis: 0)
    var columns = [Double](repeating: 0, count: 100)
    var expected: [Double] = []
    for k in 0..<400 {
      columns[k % 100] += Double(k)
      expected.append(columns[k % 100])
    }
    #expect(wide.scalars == expected)
  }

  @Test("a sum of millions of floats is right to the last place")
  func longSum() {
    let numbers = (0..<3_000_001).map { Float(($0 * 7919) % 10_007) / 10_007 }
    let exact = numbers.reduce(0.0) { $0 + Double($1) }
    #expect(Float(Tensor(numbers).sum().scalar) == Float(exact))
  }

  @Test("a long sum of float32 errs by at most 2⁻²³ of the sum of the sizes, with the same bits for any threads")
  func longSumOfMixedSizes() {
    defer { wabe_set_threads(0) }
    for count in [32_767, 32_768, 65_664, 300_001] {
      var random = RandomSource(seed: 5)
      let numbers = Tensor.normal([count], using: &random) * exp(Tensor.normal([count], using: &random) * 4)
      let exact = numbers.scalars.reduce(0, +)
      let sizes = numbers.scalars.reduce(0) { $0 + abs($1) }
      let sums = [Int32(1), 2, 3].map { threads in
        wabe_set_threads(threads)
        return numbers.sum().scalar
      }
      #expect(abs(sums[0] - exact) <= 0x1p-23 * sizes + 0x1p-24 * abs(exact))
      #expect(sums[1] == sums[0] && sums[2] == sums[0])
    }
  }

  @Test("a long sum of finite numbers is finite where four neighbours together are not")
  func longSumBeyondTheLargestNumber() {
    let numbers = Tensor((0..<70_400).map { ($0 / 32) % 2 == 0 ? Float(3e38) : -3e38 })
    #expect(numbers.sum().scalar == 0 && numbers.mean().scalar == 0)
    #expect(Tensor.concatenate([numbers, Tensor([Float.infinity])]).sum().scalar == infinity)
    #expect(Tensor.concatenate([numbers, Tensor([Float.nan])]).sum().scalar.isNaN)
  }

  private func sample(_ shape: [Int]) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { Float(($0 * 7919) % 8191) / 1024 - 4 }, shape: Shape(shape))
  }

  private func length(_ group: [Double]) -> Double {
    var sum = 0.0
    for x in group { sum += x * x }
    return sum.squareRoot()
  }

  private func logSum(_ group: [Double]) -> Double {
    var sum = 0.0
    for x in group { sum += exp(x) }
    return log(sum)
  }

  private func deviation(_ group: [Double]) -> Double {
    let mean = group.reduce(0, +) / Double(group.count)
    return group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// The elements that belong to each element of the result.
  private func grouped(_ x: Tensor, _ axes: [Int]) -> [[Double]] {
    let shape = Array(x.shape)
    var weights = [Int](repeating: 0, count: shape.count)
    var results = 1
    for axis in shape.indices.reversed() where !axes.contains(axis) {
      weights[axis] = results
      results *= shape[axis]
    }
    var groups = [[Double]](repeating: [], count: results)
    for (position, value) in x.scalars.enumerated() {
      var (rest, group) = (position, 0)
      for axis in shape.indices.reversed() {
        group += rest % shape[axis] * weights[axis]
        rest /= shape[axis]
      }
      groups[group].append(value)
    }
    return groups
  }

  private func check(
    _ found: Tensor, _ expected: [Double], _ tolerance: Double, _ location: SourceLocation = #_sourceLocation
  ) {
    let numbers = found.scalars
    #expect(numbers.count == expected.count, sourceLocation: location)
    let worst = zip(numbers, expected).map { abs($0 - $1) / max(abs($1), 1e-2) }.max() ?? 0
    #expect(worst <= tolerance, sourceLocation: location)
  }
}
