import Autograd
import Tensors
import Testing

/// The worked numbers of Computational Intelligence, sheet 4; those not printed there are exact decimals.
@Suite struct AdditionSheetTests {
  private func near(_ tensor: Tensor?, _ expected: [Double], within tolerance: Double = 1e-12) -> Bool {
    guard let tensor, tensor.count == expected.count else { return false }
    return zip(tensor.scalars, expected).allSatisfy { ($0 - $1).magnitude <= tolerance }
  }

  /// The net of figure 1, with every weight a number of its own.
  private func sheet4() -> ComputationGraph {
    ComputationGraph { tape in
      func watch(_ number: Double, _ name: String) -> Tensor { tape.watch(Tensor([number], shape: []), as: name) }
      let (x1, x2) = (watch(1, "x1"), watch(1, "x2"))
      let (u11, u21, u12, u22) = (watch(-0.7, "u11"), watch(0.2, "u21"), watch(0.9, "u12"), watch(0.5, "u22"))
      let (c1, c2, d) = (watch(-0.4, "c1"), watch(0.1, "c2"), watch(0.8, "d"))
      let (v1, v2) = (watch(-0.2, "v1"), watch(0.6, "v2"))
      let z1 = (u11 * x1 + u21 * x2 + c1).named("Z1in")
      let z2 = (u12 * x1 + u22 * x2 + c2).named("Z2in")
      let (h1, h2) = (relu(z1).named("Z1out"), relu(z2).named("Z2out"))
      let output = (v1 * h1 + v2 * h2 + d).named("A")
      return square(output - 2).named("L")
    }
  }

  @Test(
    "CI4: the gradients of the loss by every weight",
    arguments: [
      ("L", 0.09, 1), ("A", 1.7, -0.6), ("Z1in", -0.9, 0), ("Z2in", 1.5, -0.36), ("Z1out", 0, 0.12),
      ("Z2out", 1.5, -0.36), ("u11", -0.7, 0), ("u21", 0.2, 0), ("u12", 0.9, -0.36), ("u22", 0.5, -0.36),
      ("c1", -0.4, 0), ("c2", 0.1, -0.36), ("v1", -0.2, 0), ("v2", 0.6, -0.9), ("d", 0.8, -0.6),
      ("x1", 1, -0.324), ("x2", 1, -0.18),
    ] as [(String, Double, Double)])
  func sheet4Gradients(name: String, value: Double, gradient: Double) throws {
    let node = sheet4().node(name)
    #expect((node.value.scalar - value).magnitude <= 4e-15)
    #expect((try #require(node.gradient).scalar - gradient).magnitude <= 1e-15)
  }

  @Test("CI4: the chains for u11 and u12 have the sheet's factors")
  func sheet4Chains() {
    let expected: [(String, [Double], Double)] = [
      ("u11", [-0.6, 1, 1, -0.2, 0, 1, 1, 1], 0), ("u12", [-0.6, 1, 1, 0.6, 1, 1, 1, 1], -0.36),
    ]
    for (name, factors, product) in expected {
      let chain = sheet4().chainRule(to: name)
      #expect(chain.ways.count == 1)
      #expect((chain.gradient.scalar - product).magnitude <= 1e-15)
      // Besides the sheet's five factors there are ones, for the sums that a cell's input is made of.
      let found = chain.ways[0].map(\.derivative.scalar).filter { $0 != 1 }
      let wanted = factors.filter { $0 != 1 }
      #expect(found.count == wanted.count)
      #expect(zip(found, wanted).allSatisfy { ($0 - $1).magnitude <= 1e-15 })
      #expect((chain.ways[0].reduce(1) { $0 * $1.derivative.scalar } - product).magnitude <= 1e-15)
    }
  }

  @Test(
    "CI4: one step of gradient descent",
    arguments: [
      (0.01, 1.7260772, 0.0750337003598), (0.1, 1.96952, 0.0009290304), (0.5, 3.242, 1.542564),
      (0.9, 4.82552, 7.9835632704),
    ])
  func sheet4Step(rate: Double, output: Double, loss: Double) {
    let x = Tensor([1.0, 1], shape: [1, 2], dtype: .float64)
    func net(_ p: [Tensor]) -> Tensor { relu(x.matmul(p[0]) + p[1]).matmul(p[2]) + p[3] }
    var p = [
      Tensor([-0.7, 0.9, 0.2, 0.5], shape: [2, 2], dtype: .float64), Tensor([-0.4, 0.1], dtype: .float64),
      Tensor([-0.2, 0.6], shape: [2, 1], dtype: .float64),
      Tensor([0.8], dtype: .float64),
    ]
    let slopes = gradient(of: { square(2 - net($0)).sum() }, at: p)
    #expect(near(slopes[0], [0, -0.36, 0, -0.36], within: 1e-15))
    for index in p.indices { p[index] -= slopes[index] * rate }
    #expect(near(net(p), [output]))
    #expect(near(square(2 - net(p)), [loss]))
  }

  @Test("CI4: the printed matrix is already transposed; turned round once more, everything comes out differently")
  func sheet4Transposed() {
    let x = Tensor([1.0, 1], shape: [1, 2], dtype: .float64)
    let printed = Tensor([-0.7, 0.9, 0.2, 0.5], shape: [2, 2], dtype: .float64)
    let inner = x.matmul(printed, transposeB: true) + Tensor([-0.4, 0.1], dtype: .float64)
    let output = relu(inner).matmul(Tensor([-0.2, 0.6], shape: [2, 1], dtype: .float64)) + 0.8
    #expect(near(inner, [-0.2, 0.8]) && near(output, [1.28]) && near(square(output - 2), [0.5184]))
  }
}
