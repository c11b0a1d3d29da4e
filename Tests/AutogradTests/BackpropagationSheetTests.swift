import Autograd
import Tensors
import Testing

/// The worked numbers of the sheets on backpropagation, computed with NumPy at 40 digits.
@Suite struct BackpropagationSheetTests {
  private func expectNear(
    _ tensor: Tensor, _ expected: [Double], within tolerance: Double = 1e-12,
    location: SourceLocation = #_sourceLocation
  ) {
    let numbers = tensor.scalars
    let fits = numbers.count == expected.count && zip(numbers, expected).allSatisfy { ($0 - $1).magnitude <= tolerance }
    #expect(fits, "\(numbers) instead of \(expected)", sourceLocation: location)
  }

  @Test("N7 7.1: loss and all gradients", arguments: [(DType.float64, 1e-12), (.float32, 1e-6)])
  func network(dtype: DType, tolerance: Double) {
    let inputs = [
      Tensor([0.1, 0.4, 0.2, 0.5, 0.3, 0.6], shape: [3, 2], dtype: .float64), Tensor([0.1, 0.2, 0.3], dtype: .float64),
      Tensor([0.7, 0.2, 0.1, 0.5, 0.3, 0.4], shape: [2, 3], dtype: .float64), Tensor([0.1, 0.2], dtype: .float64),
      Tensor([0.5, 0.2], shape: [1, 2], dtype: .float64),
    ].map { $0.cast(to: dtype) }
    let target = Tensor([1.0, 0], shape: [1, 2], dtype: .float64).cast(to: dtype)
    let (loss, slopes) = valueWithGradient(at: inputs) { p in
      let hidden = relu(p[4].matmul(p[0], transposeB: true) + p[1])
      let output = sigmoid(hidden.matmul(p[2], transposeB: true) + p[3])
      return (target * log(output) + (1 - target) * log(1 - output)).sum() * -0.5
    }
    expectNear(loss, [0.79621692262915271755], within: tolerance)
    let expected: [[Double]] = [
      [
        0.01217797949907951, 0.004871191799631803, 0.02940540028388074, 0.0117621601135523, 0.05594857354853268,
        0.02237942941941307,
      ],
      [0.02435595899815901, 0.05881080056776148, 0.1118971470970654],
      [
        -0.04620618994926908, -0.08035859121612014, -0.1145109924829712, 0.07589240706812986, 0.1319867949010954,
        0.1880811827340609,
      ],
      [-0.2008964780403003, 0.3299669872527385], [0.04776690014248781, 0.1062860721413836],
    ]
    for (slope, numbers) in zip(slopes, expected) { expectNear(slope, numbers, within: tolerance) }
  }

  @Test(
    "N7 7.1: one step of gradient descent",
    arguments: [(0.1, 0.77155013761679, [0.604318779138, 0.646349745191]), (1, 0.58517503269619, [])])
  func descent(rate: Double, loss: Double, output: [Double]) {
    var parameters = [
      Tensor([0.1, 0.4, 0.2, 0.5, 0.3, 0.6], shape: [3, 2], dtype: .float64), Tensor([0.1, 0.2, 0.3], dtype: .float64),
      Tensor([0.7, 0.2, 0.1, 0.5, 0.3, 0.4], shape: [2, 3], dtype: .float64), Tensor([0.1, 0.2], dtype: .float64),
    ]
    let x = Tensor([0.5, 0.2], shape: [1, 2], dtype: .float64)
    let target = Tensor([1.0, 0], shape: [1, 2], dtype: .float64)
    func answer(_ p: [Tensor]) -> Tensor {
      sigmoid(relu(x.matmul(p[0], transposeB: true) + p[1]).matmul(p[2], transposeB: true) + p[3])
    }
    func error(_ p: [Tensor]) -> Tensor {
      let y = answer(p)
      return (target * log(y) + (1 - target) * log(1 - y)).sum() * -0.5
    }
    let slopes = gradient(of: error, at: parameters)
    for index in parameters.indices { parameters[index] -= slopes[index] * rate }
    expectNear(error(parameters), [loss])
    if !output.isEmpty { expectNear(answer(parameters), output) }
  }

  @Test("N7 7.2: z = (a + b)(c − d) and L = z²/2 give exact integers")
  func sheet7Graph() {
    let graph = ComputationGraph { tape in
      func watch(_ number: Double, _ name: String) -> Tensor { tape.watch(Tensor([number], shape: []), as: name) }
      let u = (watch(1, "a") + watch(2, "b")).named("u")
      let v = (watch(3, "c") - watch(4, "d")).named("v")
      let z = (u * v).named("z")
      return (z * z * 0.5).named("L")
    }
    let expected: [(String, Double, Double)] = [
      ("u", 3, 3), ("v", -1, -9), ("z", -3, -3), ("L", 4.5, 1), ("a", 1, 3), ("b", 2, 3), ("c", 3, -9), ("d", 4, 9),
    ]
    for (name, value, gradient) in expected {
      #expect(graph.node(name).value.scalar == value, "\(name)")
      #expect(graph.node(name).gradient?.scalar == gradient, "\(name)")
    }
  }

  @Test(
    "N7 7.3: gradients through a fixed permutation",
    arguments: [
      ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [4, 5, 1, 3, 2], [56, 2, 3, 4, 5], [43, 5, 1, 3, 2]),
      (
        [0.5, -1, 2, 0.25, 3], [1, -2, 0.5, 3, -1], [3, -1, 1, 0.5, -2], [1.75, -1, 0.25, 1.5, -0.5],
        [0.125, -0.5, 0.5, 0.25, -1]
      ),
      (
        [2, 3, 5, 7, 11], [1, 10, 100, 1000, 10000], [1000, 10000, 1, 100, 10], [117534, 20, 200, 2000, 20000],
        [34815, 20000, 2, 200, 20]
      ),
    ] as [([Double], [Double], [Double], [Double], [Double])])
  func permutation(x: [Double], d: [Double], first: [Double], second: [Double], third: [Double]) {
    var places = [Double](repeating: 0, count: 25)
    for (row, column) in [2, 4, 3, 0, 1].enumerated() { places[5 * row + column] = 1 }
    let permutation = Tensor(places, shape: [5, 5])
    let head = Tensor([1.0, 0, 0, 0, 0], dtype: .float64)
    func rearranged(_ x: Tensor) -> Tensor { permutation.matmul(x.reshaped(to: [5, 1])).reshaped(to: [5]) }
    func slope(_ f: (Tensor) -> Tensor) -> [Double] {
      valueWithGradient(at: Tensor(x), seed: Tensor(d), of: f).gradient.scalars
    }
    #expect(slope(rearranged) == first)
    #expect(slope { (head * $0).sum() * $0 } == second)
    #expect(slope { (head * $0).sum() * rearranged($0) } == third)
    #expect(checkGradients(of: { (head * $0).sum() * rearranged($0) }, at: Tensor(x)).passed)
  }

  @Test("RG1 1a: the tanh, sigmoid, linear net with binary cross-entropy")
  func classifier() {
    let net = HandWrittenNetwork(mistake: nil)
    let inputs = HandWrittenNetwork.vector
    let (loss, slopes) = valueWithGradient(at: inputs, of: net.composed)
    expectNear(loss, [0.61035106735689], within: 1e-12)
    let expected: [[Double]] = [
      [0.0078122480090504, -0.0046873488054302, 0.013111523972148, -0.0078669143832887],
      [0.015624496018101, 0.026223047944296],
      [-0.0090192357222551, 0.001136857027402, 0.010866626943614, -0.0013697170786345],
      [-0.056850430214849, 0.068494985135418], [-0.24367043775669, -0.22356218885499], [-0.45683985019936],
    ]
    for (slope, numbers) in zip(slopes, expected) { expectNear(slope, numbers) }
    let own = valueWithGradient(at: inputs) { net($0[0], $0[1], $0[2], $0[3], $0[4], $0[5]) }
    expectNear(own.value, loss.scalars)
    for (slope, other) in zip(own.gradient, slopes) { expectNear(slope, other.scalars) }
  }

  @Test("RG1 1a: the check accepts the right backward pass and rejects both known mistakes")
  func mistakes() throws {
    let right = HandWrittenNetwork(mistake: nil)
    #expect(right.check().passed, "\(right.check())")
    for mistake in HandWrittenNetwork.Mistake.allCases {
      let check = HandWrittenNetwork(mistake: mistake).check()
      let worst = try #require(check.worst)
      #expect(!check.passed)
      let size = max(worst.gradient.magnitude, worst.difference.magnitude, 1e-3)
      #expect(worst.error / size > 1e-2, "\(mistake): \(check)")
    }
  }
}
