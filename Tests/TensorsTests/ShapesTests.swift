import Tensors
import Testing

/// The elements of x in another order of axes, read one by one.
private func permutedSlowly(_ x: Tensor, _ axes: [Int]) -> [Double] {
  let values = x.scalars
  let shape = Shape(axes.map { x.shape[$0] })
  return (0..<shape.elementCount).map { flat in
    var rest = flat
    var place = Array(repeating: 0, count: x.rank)
    for (axis, source) in axes.enumerated().reversed() {
      place[source] = rest % shape[axis]
      rest /= shape[axis]
    }
    return values[zip(place, x.shape).reduce(0) { $0 * $1.1 + $1.0 }]
  }
}

@Suite("Shapes")
struct ShapesTests {
  @Test("permuting agrees with reading one by one", arguments: DType.allCases, 0..<40)
  func permuting(dtype: DType, seed: Int) {
    var random = RandomSource(seed: seed)
    let rank = random.nextInteger(in: 1..<6)
    let shape = Shape((0..<rank).map { _ in random.nextInteger(in: 1..<7) })
    let x = Tensor.integers(shape, in: 0..<2, using: &random).cast(to: dtype)
    let axes = Array(0..<rank).shuffled(using: &random)
    let y = x.permuted(axes)
    #expect(y.shape == Shape(axes.map { shape[$0] }))
    #expect(y.scalars == permutedSlowly(x, axes))
    var inverse = axes
    for (place, axis) in axes.enumerated() { inverse[axis] = place }
    #expect(y.permuted(inverse) == x)
  }

  @Test(
    "large transpositions agree with reading one by one, whatever their edges",
    arguments: [(700, 300), (1, 200_000), (513, 511), (17, 9001), (8, 40_000)], [DType.float32, .float64, .uint8])
  func transposing(sizes: (Int, Int), dtype: DType) {
    let x = (counting([sizes.0, sizes.1], dtype: .int64)).cast(to: dtype)
    let y = x.transposed
    #expect(y.shape == [sizes.1, sizes.0])
    #expect(y.scalars == permutedSlowly(x, [1, 0]))
  }

  @Test("axes are exchanged, moved, added and taken away")
  func axes() {
    let x = counting([2, 3, 4])
    #expect(x.transposed.shape == [2, 4, 3])
    #expect(x.swappingAxes(0, -1).shape == [4, 3, 2])
    #expect(x.movingAxis(0, to: -1).shape == [3, 4, 2])
    #expect(x.unsqueezed(axis: -1).shape == [2, 3, 4, 1])
    #expect(x.unsqueezed(axis: 0).squeezed(axis: 0) == x)
    #expect(counting([1, 3, 1]).squeezed().shape == [3])
    #expect(x.flattened(from: 1).shape == [2, 12])
    #expect(x.flattened().shape == [24])
    #expect(x.reshaped(to: [4, -1]).shape == [4, 6])
  }

  @Test("joining and splitting undo each other along every axis", arguments: 0..<3)
  func joining(axis: Int) {
    let x = counting([4, 6, 5])
    let parts = x.split(into: 3, axis: axis)
    #expect(parts.map { $0.shape[axis] } == (axis == 0 ? [2, 1, 1] : axis == 1 ? [2, 2, 2] : [2, 2, 1]))
    #expect(Tensor.concatenate(parts, axis: axis) == x)
    #expect(Tensor.stack(x.unstacked(axis: axis), axis: axis) == x)
    #expect(Tensor.concatenate(x.split(sizes: [0, 4], axis: 0)) == x)
  }

  @Test("stacking puts the new axis where it is asked for")
  func stacking() {
    let rows = [Tensor([1, 2]), Tensor([3, 4])]
    #expect(Tensor.stack(rows) == Tensor([[1, 2], [3, 4]]))
    #expect(Tensor.stack(rows, axis: 1) == Tensor([[1, 3], [2, 4]]))
    #expect(Tensor.stack(rows, axis: -1) == Tensor([[1, 3], [2, 4]]))
  }

  @Test("tiling repeats the whole, repeating repeats each slice")
  func repeating() {
    let x = Tensor([[1, 2], [3, 4]])
    #expect(x.tiled([1, 2]) == Tensor([[1, 2, 1, 2], [3, 4, 3, 4]]))
    #expect(x.tiled([2, 1]) == Tensor([[1, 2], [3, 4], [1, 2], [3, 4]]))
    #expect(x.repeated(2, axis: 1) == Tensor([[1, 1, 2, 2], [3, 3, 4, 4]]))
    #expect(x.repeated(2, axis: 0) == Tensor([[1, 2], [1, 2], [3, 4], [3, 4]]))
    #expect(x.tiled([0, 3]).shape == [0, 6])
  }

  @Test("padding surrounds, flipping turns round")
  func paddingAndFlipping() {
    let x = Tensor([[1, 2], [3, 4]])
    #expect(x.padded([(1, 0), (0, 2)], value: 9) == Tensor([[9, 9, 9, 9], [1, 2, 9, 9], [3, 4, 9, 9]]))
    #expect(x.flipped(axis: 0) == Tensor([[3, 4], [1, 2]]))
    #expect(x.flipped(axes: [0, 1]) == Tensor([[4, 3], [2, 1]]))
  }

  @Test("empty axes go through every operation")
  func empty() {
    let x = Tensor.zeros([0, 3])
    #expect(x.transposed.shape == [3, 0])
    #expect(x.flipped(axis: 0).shape == [0, 3])
    #expect(Tensor.concatenate([x, counting([2, 3])]).shape == [2, 3])
    #expect(x.padded([(1, 1), (0, 0)]).scalars == [0, 0, 0, 0, 0, 0])
    #expect(x.tiled([2, 2]).shape == [0, 6])
    #expect(x[.all, 1].shape == [0])
    #expect(x.sorted(axis: 1).shape == [0, 3])
    #expect(x.taking([], axis: 1).shape == [0, 0])
    #expect(x.unique().shape == [0])
  }
}
