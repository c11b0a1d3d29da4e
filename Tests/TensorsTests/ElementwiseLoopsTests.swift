import TensorKernels
import Tensors
import Testing

private let functions: [(name: String, body: @Sendable (Tensor) -> Tensor)] = [
  ("exp", exp), ("expm1", expm1), ("log", log), ("log1p", log1p), ("tanh", tanh), ("sigmoid", sigmoid),
  ("softplus", softplus), ("erf", erf), ("sin", sin), ("cos", cos), ("relu", relu), ("rsqrt", rsqrt),
  ("pow", { pow($0, 1.7) }), ("divide", { 3 / $0 }), ("add", { $0 + $0 }),
]

@Suite struct ElementwiseLoopsTests {
  @Test("an element gets the same bits wherever it stands and however long the tensor is", arguments: functions.indices)
  func positions(index: Int) {
    let numbers = (0..<131).map { Float(($0 * 37) % 131) / 13 - 3 }
    for dtype in [DType.float32, .float64] {
      let alone = numbers.map { functions[index].body(Tensor([$0]).cast(to: dtype)) }.map(bytes)
      for length in 0...130 {
        let together = bytes(functions[index].body(Tensor(Array(numbers[..<length])).cast(to: dtype)))
        #expect(together == alone[..<length].flatMap { $0 }, "\(functions[index].name), \(length) of \(dtype)")
      }
    }
  }

  @Test(
    "large tensors, which are shared between threads, get the same bits as small ones", arguments: functions.indices)
  func large(index: Int) {
    let numbers = (0..<300_007).map { Float(($0 * 7919) % 65_537) / 4_096 - 3 }
    let whole = bytes(functions[index].body(Tensor(numbers)))
    for start in [0, 32_767, 131_071, 262_144, 299_000] {
      let piece = bytes(functions[index].body(Tensor(Array(numbers[start..<(start + 1_000)]))))
      #expect(Array(whole[(start * 4)..<((start + 1_000) * 4)]) == piece, "\(functions[index].name) from \(start)")
    }
  }

  @Test(
    "tanh of every table is right to 1.2 units in the last place",
    arguments: [WABE_ANY_PROCESSOR, WABE_AVX2, WABE_AVX512])
  func tables(set: Int) {
    defer { wabe_set_instruction_set(-1) }
    let all = stride(from: UInt32(0), to: .max - 42_949, by: 42_949).map { Float(bitPattern: $0) }
    let numbers = all.filter { !$0.isNaN }
    for length in [numbers.count, 1, 7, 8, 16, 45] {
      let x = Tensor(Array(numbers.suffix(length)))
      let expected = tanh(x.cast(to: .float64)).scalars
      wabe_set_instruction_set(Int32(set))
      let found = tanh(x).scalars
      let worst = zip(found, expected).map { abs($0 - $1) / Double(Float($1).ulp) }.max() ?? .infinity
      #expect(worst < 1.2, "\(length) numbers")
    }
  }

  @Test("results too large for the caches are complete")
  func streamed() {
    let count = 7_000_003
    let x = Tensor((0..<count).map { Int32($0) })
    let y = (x + x).scalars(as: Int32.self)
    #expect(y.indices.allSatisfy { y[$0] == Int32(2 * $0) })
  }

  @Test("axes of size 1 are repeated as a loop over all indices would")
  func broadcasting() {
    let shapes: [[Int]] = [
      [], [1], [3], [4, 1], [4, 3], [2, 1, 3], [2, 4, 1], [1, 4, 3], [5, 2, 4, 3], [5, 1, 1, 3], [5, 1, 4, 1],
      [70, 1, 4, 3],
    ]
    for a in shapes {
      for b in shapes {
        guard let result = Shape(a).broadcast(with: Shape(b)) else { continue }
        let x = numbered(a, from: 1), y = numbered(b, from: 100)
        let expected = indices(of: Array(result)).map { element(x, $0) - element(y, $0) }
        #expect((x - y).scalars == expected, "\(a) − \(b)")
        #expect((x .< y).scalars == indices(of: Array(result)).map { element(x, $0) < element(y, $0) ? 1 : 0 })
        let chosen = Tensor.where(x .> 5, x, y)
        let wanted = indices(of: Array(result)).map { element(x, $0) > 5 ? element(x, $0) : element(y, $0) }
        #expect(chosen.scalars == wanted, "where \(a), \(b)")
      }
    }
  }

  @Test("empty tensors give empty results")
  func empties() {
    let none = Tensor([Float](), shape: [0, 3]), row = Tensor([Float(1), 2, 3])
    #expect((none + row).shape == [0, 3])
    #expect(exp(none).shape == [0, 3])
    #expect((none .== row).shape == [0, 3])
    #expect(Tensor.where(none .> 0, none, row).shape == [0, 3])
  }

  @Test("a += b writes in place, unless someone else holds the old value")
  func inPlace() {
    var a = Tensor([Float(1), 2, 3, 4], shape: [2, 2])
    let before = a
    a += Tensor([Float(10), 20])
    #expect(a.scalars == [11, 22, 13, 24] && before.scalars == [1, 2, 3, 4])
    let place = a.withUnsafeBytes { $0.baseAddress }
    a *= 2
    a -= Tensor([Float(1), 1])
    a += a
    a /= Tensor([Float(2)])
    #expect(a.scalars == [21, 43, 25, 47])
    var once = Tensor([Float(1), 2])
    let home = once.withUnsafeBytes { $0.baseAddress }
    once += 1
    once += Tensor([Float(5), 6])
    #expect(once.withUnsafeBytes { $0.baseAddress } == home && once.scalars == [7, 9])
    #expect(place != nil)
  }

  @Test("truth values combine")
  func logic() {
    let a = Tensor([true, true, false, false]), b = Tensor([true, false, true, false])
    #expect((a & b).scalars == [1, 0, 0, 0])
    #expect((a | b).scalars == [1, 1, 1, 0])
    #expect((a ^ b).scalars == [0, 1, 1, 0])
    #expect((!a).scalars == [0, 0, 1, 1])
    let x = Tensor([Float.nan, .infinity, -.infinity, 1])
    #expect(x.isNaN.scalars == [1, 0, 0, 0])
    #expect(x.isInfinite.scalars == [0, 1, 1, 0])
    #expect(x.isFinite.scalars == [0, 0, 0, 1])
    #expect((x .== x).scalars == [0, 1, 1, 1] && (x .!= x).scalars == [1, 0, 0, 0])
    #expect((x .>= 1).scalars == [0, 1, 0, 1] && (x .< 1).scalars == [0, 0, 1, 0])
    #expect((x .<= x).scalars == [0, 1, 1, 1] && (x .> x).scalars == [0, 0, 0, 0])
  }

  private func bytes(_ x: Tensor) -> [UInt8] { x.withUnsafeBytes { Array($0) } }

  private func numbered(_ shape: [Int], from first: Int) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { Float(first + ($0 * 7) % 11) }, shape: Shape(shape))
  }

  private func indices(of shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { all, size in all.flatMap { start in (0..<size).map { start + [$0] } } }
  }

  private func element(_ x: Tensor, _ index: [Int]) -> Double {
    var position = 0
    for (axis, i) in zip(x.shape.indices, index.suffix(x.rank)) {
      position = position * x.shape[axis] + (x.shape[axis] == 1 ? 0 : i)
    }
    return x.scalars[position]
  }
}
