import Tensors
import TestSupport
import Testing

/// What operations promise where mathematics leaves a choice: at kinks, ties, infinities and in empty tensors.
@Suite struct WrittenRulesTests {
  private static let infinity = Double.infinity

  private static func gradient(
    _ values: [Double], seed: @escaping (Shape) -> Tensor = { .ones($0, dtype: .float64) },
    _ body: ([Tensor]) -> Tensor
  ) -> [Double] {
    let (_, gradients) = GradientCheck.gradients(at: [Tensor(values)], for: [0], seed: seed, of: body) {
      Issue.record("\($0)")
    }
    return gradients[0]?.scalars ?? values.map { _ in 0 }
  }

  /// A function, where its gradient is taken, and the gradient of the sum of its results.
  struct Slope: Sendable, CustomTestStringConvertible {
    var name: String
    var at: [Double]
    var expected: [Double]
    var body: @Sendable (Tensor) -> Tensor

    init(_ name: String, at: [Double], is expected: [Double], _ body: @escaping @Sendable (Tensor) -> Tensor) {
      self.name = name
      self.at = at
      self.expected = expected
      self.body = body
    }

    var testDescription: String { "\(name) at \(at)" }
  }

  static let slopes: [Slope] = [
    Slope("relu", at: [-1, -0.0, 0, 1e-45, 2], is: [0, 0, 0, 1, 1]) { relu($0) },
    Slope("abs", at: [-1, 0, 2], is: [-1, 0, 1]) { abs($0) },
    Slope("clamped", at: [-2, -1, 0, 1, 2], is: [0, 1, 1, 1, 0]) { $0.clamped(min: -1, max: 1) },
    Slope("maximum number", at: [0, 1, 2], is: [0, 0.5, 1]) { maximum($0, 1) },
    Slope("minimum number", at: [0, 1, 2], is: [1, 0.5, 0]) { minimum($0, 1) },
    Slope("max", at: [1, 3, 3, 2], is: [0, 0.5, 0.5, 0]) { $0.max() },
    Slope("min", at: [3, 1, 1, 1], is: [0, 1.0 / 3, 1.0 / 3, 1.0 / 3]) { $0.min() },
    Slope("product", at: [2, 0, 3], is: [0, 6, 0]) { $0.product() },
    Slope("product", at: [0, 0, 3], is: [0, 0, 0]) { $0.product() },
    Slope("norm", at: [0, 0], is: [0, 0]) { $0.norm() },
    Slope("populationDeviation", at: [2, 2, 2], is: [0, 0, 0]) { $0.populationDeviation() },
    Slope("logSumExp", at: [-infinity, -infinity], is: [0, 0]) { $0.logSumExp() },
    Slope("logSumExp", at: [-infinity, 0, -infinity], is: [0, 1, 0]) { $0.logSumExp() },
    Slope("logSumExp", at: [1e4, 0, -1e4], is: [1, 0, 0]) { $0.logSumExp() },
    Slope("softmax", at: [-infinity, -infinity], is: [0, 0]) { softmax($0) },
    Slope("softmax", at: [1e4, -1e4], is: [0, 0]) { softmax($0) },
    Slope("softplus", at: [-1e4, 1e4, -infinity, infinity], is: [0, 1, 0, 1]) { softplus($0) },
    Slope("sigmoid", at: [-1e4, 1e4, -infinity, infinity], is: [0, 0, 0, 0]) { sigmoid($0) },
    Slope("tanh", at: [-1e4, 1e4, -infinity, infinity], is: [0, 0, 0, 0]) { tanh($0) },
    Slope("pow 3", at: [0, -2], is: [0, 12]) { pow($0, 3) },
    Slope("pow 2", at: [0, -2], is: [0, -4]) { pow($0, 2) },
    Slope("number pow", at: [0], is: [0]) { pow(1, $0) },
    Slope("sqrt", at: [0, 4], is: [infinity, 0.25]) { sqrt($0) },
  ]

  @Test("gradients at kinks, ties and infinities follow the written rules", arguments: slopes)
  func gradients(slope: Slope) {
    #expect(Self.gradient(slope.at) { slope.body($0[0]) } == slope.expected)
  }

  @Test("where equal tensors meet, each side of maximum and minimum gets half of the gradient")
  func ties() {
    let inputs = [Tensor([1.0, 2]), Tensor([1.0, 3])]
    for (body, expected) in [
      ({ @Sendable in maximum($0[0], $0[1]) }, [[0.5, 0], [0.5, 1]]),
      ({ @Sendable in minimum($0[0], $0[1]) }, [[0.5, 1], [0.5, 0]]),
    ] as [(@Sendable ([Tensor]) -> Tensor, [[Double]])] {
      let (_, gradients) = GradientCheck.gradients(
        at: inputs, for: [0, 1], seed: { .ones($0, dtype: .float64) }, of: body
      ) { Issue.record("\($0)") }
      #expect(gradients.map { $0?.scalars } == expected)
    }
  }

  @Test("sums of nothing are 0, products 1, and a product of matrices with inner size 0 is zeros")
  func nothing() {
    for dtype in [DType.float32, .float64] {
      let empty = Tensor.zeros([2, 0], dtype: dtype)
      #expect(empty.sum().scalars == [0])
      #expect(empty.sum(axis: 1).scalars == [0, 0])
      #expect(empty.product(axis: 1).scalars == [1, 1])
      #expect(empty.matmul(empty, transposeB: true).scalars == [0, 0, 0, 0])
      #expect(empty.norm(axis: 1).scalars == [0, 0])
      #expect(empty.sum(axis: 0).shape == [0])
      #expect(empty.mean(axis: 0).shape == [0])
    }
  }

  @Test("lengths, spreads and exponentials of the largest numbers do not overflow")
  func large() {
    #expect(Tensor([Float(3e30), 4e30]).norm().scalar == Double(Float(5e30)))
    #expect(abs(Tensor([3e200, 4e200] as [Double]).norm().scalar / 5e200 - 1) < 1e-15)
    #expect(abs(Tensor([3e-200, 4e-200] as [Double]).norm().scalar / 5e-200 - 1) < 1e-15)
    #expect(Tensor([Float(1e4), 1e4]).logSumExp().scalar == Double(Float(1e4 + 0.6931471805599453)))
    #expect(Tensor([Float(1e8), 1e8 + 8]).populationVariance().scalar == 16)
    #expect(softmax(Tensor([Float(-3e38), 3e38])).scalars == [0, 1])
  }

  @Test("the largest and its place are NaN and NaN's place, wherever the NaN stands")
  func notANumber() {
    var faults: [String] = []
    for count in [1, 3, 8, 17, 64, 1000] {
      for place in stride(from: 0, to: count, by: max(1, count / 17)) {
        var values = (0..<count).map { Float($0 % 7) }
        values[place] = .nan
        let x = Tensor(values)
        let stays = [x.max(), x.min(), maximum(x, 100)[place], minimum(x, -1)[place], relu(x)[place]]
        let found = [x.argMax(), x.argMin()]
        let isRight = stays.allSatisfy { $0.scalar.isNaN } && found.allSatisfy { $0.scalar == Double(place) }
        if !isRight { faults.append("\(place) of \(count)") }
      }
    }
    #expect(faults == [])
  }
}
