import Experiments
import Visualization
import Wabe

/// The network of exercise 6.3: three inputs, two ReLU units, two outputs with a softmax, no biases.
struct DrawnNetwork {
  /// W⁽¹⁾ as printed: a row per input, a column per hidden unit.
  let first: Tensor
  /// W⁽²⁾ as printed: a row per hidden unit, a column per output.
  let second: Tensor
  /// x, which the sheet gives in its figure only.
  let input: Tensor

  init(dtype: DType) {
    first = Tensor([[2, -1], [1, -3], [-2, 5]], dtype: dtype)
    second = Tensor([[6, 2], [-1, 8]], dtype: dtype)
    input = Tensor([[3, 1, -1]], dtype: dtype)
  }

  /// W⁽¹⁾ᵀ x
  var sums: Tensor { input.matmul(first) }
  /// h = ReLU(W⁽¹⁾ᵀ x)
  var hidden: Tensor { relu(sums) }
  /// o = W⁽²⁾ᵀ h
  var outputs: Tensor { hidden.matmul(second) }
  /// softmax(o)
  var probabilities: Tensor { softmax(outputs) }
}

/// 6.3 a: the numbers of one forward pass.
struct ForwardPass: Experiment {
  let id = "nnti06.6.3.a"
  let title = "A forward pass by hand"
  let question = "Which numbers go through the drawn 3-2-2 network, from the input to the softmax?"

  func run(in run: inout Run) throws {
    let network = DrawnNetwork(dtype: .float64)
    run.heading("What is given")
    run.say(
      "The input is missing from the text of the sheet; its figure shows x = (3, 1, −1). The matrix W⁽¹⁾ has a row per "
        + "*input*, while exercise 6.1.2 writes wⱼᵢ with the unit first: here the unit's weights are a column, so the "
        + "matrices have to be transposed.")
    run.formula(
      "h = ReLU(W⁽¹⁾ᵀ x)          o = W⁽²⁾ᵀ h",
      "pₖ = e^(oₖ − m) / Σⱼ e^(oⱼ − m)  with m = max o")
    run.heading("Step by step")
    let (a, h) = (network.sums.scalars.map { $0.text(4) }, network.hidden.scalars.map { $0.text(4) })
    let o = network.outputs.scalars.map { $0.text(4) }
    let p = network.probabilities.scalars
    run.formula(
      "a₁ =  2·3 + 1·1 + (−2)·(−1) = \(a[0])          h₁ = max(0, \(a[0])) = \(h[0])",
      "a₂ = −1·3 − 3·1 +  5 ·(−1) = \(a[1])        h₂ = max(0, \(a[1])) = \(h[1])",
      "",
      "o₁ = 6·\(h[0]) + (−1)·\(h[1]) = \(o[0])",
      "o₂ = 2·\(h[0]) +   8 ·\(h[1]) = \(o[1])",
      "",
      "p₁ = 1 / (1 + e^(\(o[1]) − \(o[0]))) = 1 − p₂ = \(p[0].fixed(16))",
      "p₂ = e⁻³⁶ / (1 + e⁻³⁶) = \(p[1].scientific(15))")
    check(network, p, in: &run)
    checkPrecision(in: &run)
    try draw(network, in: &run)
  }

  private func check(_ network: DrawnNetwork, _ p: [Double], in run: inout Run) {
    let source = "by hand"
    run.check("a", network.sums, equals: Tensor([[9, -11]], dtype: .float64), source: source)
    run.check("h", network.hidden, equals: Tensor([[9, 0]], dtype: .float64), source: source)
    run.check("o", network.outputs, equals: Tensor([[54, 18]], dtype: .float64), source: source)
    run.check("p₁", p[0], equals: 0.99999999999999976805, within: 1.2e-16, source: "mpmath, 30 digits")
    run.check(
      "p₂ / 2.3195228302435689e-16", p[1] / 2.3195228302435688503e-16, equals: 1, within: 1e-12,
      source: "mpmath, 30 digits")
    let other = network.second.matmul(network.hidden.transposed).flattened()
    run.say(
      "The other reading, W⁽²⁾ h with rows as units, would give o = (\(other.scalars.map { $0.text(4) }.joined(separator: ", "))). "
        + "The figure's edges decide: 6 and 2 leave h₁.")
    run.check("W⁽²⁾ h, the other reading", other, equals: Tensor([54, -9], dtype: .float64), source: source)
  }

  private func checkPrecision(in run: inout Run) {
    let single = DrawnNetwork(dtype: .float32)
    let p = single.probabilities.scalars
    let power = exp(Tensor([54.0, 18.0]).cast(to: .float32)).scalars
    run.say(
      "In float32 p₁ is rounded to \(p[0].text(8)), while p₂ = \(p[1].scientific(5)) keeps its digits. The two inputs are "
        + "small enough for a softmax without care: e⁵⁴ = \(power[0].scientific(3)) still is a float32.")
    run.check("float32: p₁", p[0], equals: 1)
    run.check("float32: p₂ / 2.31952e-16", p[1] / 2.31952283e-16, equals: 1, within: 1e-6, source: "mpmath, 30 digits")
    run.check("float32: e⁵⁴ / 2.830753e23", power[0] / 2.830753303274694e23, equals: 1, within: 1e-6, source: "mpmath")
  }

  private func draw(_ network: DrawnNetwork, in run: inout Run) throws {
    let caption =
      "The network with its weights on the edges and its values in the circles. The negative sum closes h₂, so both outputs "
      + "come from h₁ alone."
    try run.figure("network", caption: caption) {
      func rows(_ weight: Tensor) -> [[Double]] {
        let columns = weight.transposed
        return (0..<columns.shape[0]).map { columns[$0].scalars }
      }
      var drawing = NetworkDrawing([rows(network.first), rows(network.second)])
      drawing.values = [network.input.scalars, network.hidden.scalars, network.outputs.scalars]
      drawing.names = [["x₁", "x₂", "x₃"], ["h₁", "h₂"], ["o₁", "o₂"]]
      drawing.titles = ["input", "ReLU", "softmax"]
      return drawing
    }
  }
}
