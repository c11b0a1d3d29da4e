import Autograd
import Tensors
import Testing

/// An operation that only moves elements, for the table below.
struct Movement: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let apply: @Sendable (Tensor) -> Tensor

  init(_ name: String, _ apply: @escaping @Sendable (Tensor) -> Tensor) {
    testDescription = name
    self.apply = apply
  }
}

/// Each is applied to a tensor of shape [3, 4].
private let movements: [Movement] = [
  Movement("row") { $0[1] },
  Movement("rows") { $0[1..<3] },
  Movement("column") { $0[.all, 2] },
  Movement("stride back") { $0[.stride(by: -2), .newAxis, 1...] },
  Movement("empty part") { $0[1..<1] },
  Movement("transposed") { $0.transposed },
  Movement("permuted") { $0.reshaped(to: [3, 2, 2]).permuted([2, 0, 1]) },
  Movement("movingAxis") { $0.reshaped(to: [3, 2, 2]).movingAxis(0, to: 2) },
  Movement("flipped") { $0.flipped(axes: [0, 1]) },
  Movement("unsqueezed") { $0.unsqueezed(axis: 1).squeezed(axis: 1).flattened(from: 0) },
  Movement("concatenate") { Tensor.concatenate([$0, Tensor.ones([3, 1], dtype: .float64), $0], axis: 1) },
  Movement("stack") { Tensor.stack([$0, -$0], axis: 1) },
  Movement("split") { Tensor.concatenate($0.split(sizes: [1, 3], axis: 1).reversed(), axis: 1) },
  Movement("unstacked") { $0.unstacked(axis: 1)[3] },
  Movement("tiled") { $0.tiled([2, 3]) },
  Movement("repeated") { $0.repeated(3, axis: 0) },
  Movement("padded") { $0.padded([(1, 0), (2, 1)], value: 5) },
  Movement("taking") { $0.taking(Tensor([[2, 0], [2, 2]], dtype: .int64)) },
  Movement("taking columns") { $0.taking([3, 3, -4], axis: 1) },
  Movement("gathering") { $0.gathering(Tensor([[0], [3], [-1]], dtype: .int64)) },
  Movement("gathering down") { $0.gathering(Tensor([[0, 1, 1, 2], [0, 0, 1, 1]], dtype: .int64), axis: 0) },
  Movement("adding") { $0.adding($0[0..<2], at: Tensor([1, 1], dtype: .int64)) },
  Movement("scatterAdding") {
    $0.scatterAdding($0, at: Tensor([[0, 0, 1, 1], [3, 2, 1, 0], [2, 2, 2, 2]], dtype: .int64))
  },
  Movement("selecting") { $0.selecting(where: Tensor([true, false, true])) },
  Movement("diagonal") { $0.diagonal(offset: 1) },
  Movement("diagonalMatrix") { $0.diagonalMatrix(offset: -1) },
  Movement("upperTriangle") { $0.upperTriangle() },
  Movement("lowerTriangle") { $0.lowerTriangle(offset: -1) },
  Movement("sorted") { $0.sorted() },
  Movement("sorted down") { $0.sorted(axis: 0, descending: true) },
  Movement("topK") { $0.topK(2).values },
]

@Suite("Gradients of operations that move elements")
struct MovementGradientTests {
  @Test("first and second derivatives agree with central differences", arguments: movements)
  func derivatives(of movement: Movement) {
    var random = RandomSource(seed: 6)
    let x = Tensor.normal([3, 4], dtype: .float64, using: &random)
    let plain = movement.apply(x)
    guard plain.count > 0 else {
      let (_, gradient) = valueWithGradient(at: x) { movement.apply($0).sum() }
      #expect(gradient == Tensor.zeros(like: x))
      return
    }
    // A weighted square, so that the second derivative is not simply zero.
    let weights = Tensor.normal(plain.shape, dtype: .float64, using: &random)
    let function: ([Tensor]) -> Tensor = { inputs in
      let y = movement.apply(inputs[0])
      return weights * y * y
    }
    let first = checkGradients(of: function, at: [x])
    #expect(first.passed, "\(first)")
    let second = checkSecondDerivatives(of: function, at: [x])
    #expect(second.passed, "\(second)")
  }
}
