internal import Tensors

/// One kind of work at growing sizes.
struct Growth {
  let name: String
  /// What the sizes count.
  let variable: String
  let work: String
  /// What the work is counted in.
  let unit: String
  let sizes: [Int]
  /// How much work one call does at a size.
  let amount: (Int) -> Double
  /// Makes what the work needs at a size, and returns the work.
  let prepare: (Int) -> () -> Void
}

/// Every kind of work whose growth is measured.
var allGrowth: [Growth] {
  [
    training(
      "step-batch", "batch", "step of MLP 2-32-32-1, Adam", sizes: powers(of: 2, from: 1, to: 65_536)
    ) { ([2, 32, 32, 1], $0) },
    training(
      "step-width", "width", "step of MLP 2-width-width-1, batch 64, Adam", sizes: powers(of: 2, from: 8, to: 4096)
    ) { ([2, $0, $0, 1], 64) },
    training(
      "step-depth", "depth", "step of MLP 2-32-…-32-1, batch 64, Adam",
      sizes: [2, 3, 5, 7, 10, 14, 20, 30, 50, 100, 200]
    ) { ([2] + Array(repeating: 32, count: $0) + [1], 64) },
    Growth(
      name: "product", variable: "n", work: "product of two n × n matrices", unit: "multiply-add",
      sizes: powers(of: 2, from: 8, to: 2048).flatMap { $0 < 2048 ? [$0, $0 * 3 / 2] : [$0] },
      amount: { Double($0) * Double($0) * Double($0) }
    ) { n in
      let (a, b) = (scattered([n, n]), scattered([n, n]))
      return { keep(a.matmul(b)) }
    },
    elementwise("add", "x + y of n floats") { x, y in x + y },
    elementwise("tanh", "tanh of n floats") { x, _ in tanh(x) },
    elementwise("sum", "sum of n floats") { x, _ in x.sum() },
  ]
}

private func powers(of factor: Int, from first: Int, to last: Int) -> [Int] {
  Array(sequence(first: first) { $0 * factor <= last ? $0 * factor : nil })
}

/// Steps of training, counted in multiply-adds: forward, gradient of the weights, and, but for the first layer, gradient
/// of the inputs.
private func training(
  _ name: String, _ variable: String, _ work: String, sizes: [Int], _ shape: @escaping (Int) -> ([Int], batch: Int)
) -> Growth {
  Growth(
    name: name, variable: variable, work: work, unit: "multiply-add", sizes: sizes,
    amount: { size in
      let (widths, batch) = shape(size)
      let products = zip(widths, widths.dropFirst()).map { Double($0 * $1) }
      return Double(batch) * (3 * products.reduce(0, +) - products[0])
    }
  ) { size in
    let (widths, batch) = shape(size)
    return trainingStep(widths: widths, batch: batch)
  }
}

private func elementwise(_ name: String, _ work: String, _ operation: @escaping (Tensor, Tensor) -> Tensor) -> Growth {
  Growth(
    name: name, variable: "n", work: work, unit: "element", sizes: powers(of: 4, from: 4, to: 4_194_304) + [10_000_000],
    amount: { Double($0) }
  ) { n in
    let (x, y) = (scattered([n]), scattered([n]))
    return { keep(operation(x, y)) }
  }
}
