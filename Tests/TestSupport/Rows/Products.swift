import Tensors

extension OpTable {
  /// Matrices of all kinds of sizes, with the last two axes of the operands exchanged where the flags say so.
  private static func matrices(_ a: Bool = false, _ b: Bool = false) -> Inputs {
    turned(
      [
        "signed[2,3] signed[3,4]", "signed[1,3] signed[3,1]", "signed[3,1] signed[1,2]", "signed[0,3] signed[3,2]",
        "signed[2,0] signed[0,3]", "signed[2,3] signed[3,0]", "signed[1,1] signed[1,1]", "signed[7,5] signed[5,9]",
      ], large: "signed[300,211] signed[211,330]", a, b)
  }

  /// Stacks of matrices.
  private static func batches(_ a: Bool = false, _ b: Bool = false) -> Inputs {
    turned(
      [
        "signed[2,2,3] signed[2,3,2]", "signed[2,2,3] signed[1,3,4]", "signed[2,1,2,3] signed[3,3,2]",
        "signed[0,2,3] signed[1,3,2]", "signed[3,2,3] signed[3,2]", "signed[2,3] signed[2,3,2]",
      ], large: "signed[5,60,70] signed[5,70,50]", a, b)
  }

  private static func turned(_ cases: [String], large: String, _ a: Bool, _ b: Bool) -> Inputs {
    func turn(_ text: String) -> [Sample] {
      zip(text.split(separator: " "), [a, b]).compactMap { word, turns in
        guard let sample = Sample(word), turns else { return Sample(word) }
        var sizes = Array(sample.shape)
        sizes.swapAt(sizes.count - 1, sizes.count - 2)
        return Sample(sample.domain, Shape(sizes))
      }
    }
    return Inputs(cases: cases.map(turn), wide: turn("signed[5,19] signed[19,7]"), large: turn(large))
  }

  private static func product(
    _ name: String, _ inputs: Inputs, _ body: @escaping @Sendable (Tensor, Tensor) -> Tensor
  ) -> OpRow {
    OpRow(name, inputs, .roundings(4)) { body($0[0], $0[1]) }
  }

  static let products: [OpRow] = [
    product("matmul", matrices()) { $0.matmul($1) },
    product("matmul transposeA", matrices(true, false)) { $0.matmul($1, transposeA: true) },
    product("matmul transposeB", matrices(false, true)) { $0.matmul($1, transposeB: true) },
    product("matmul transposed both", matrices(true, true)) { $0.matmul($1, transposeA: true, transposeB: true) },
    product("matmul batched", batches()) { $0.matmul($1) },
    product("matmul batched transposeA", batches(true, false)) { $0.matmul($1, transposeA: true) },
    product("matmul batched transposeB", batches(false, true)) { $0.matmul($1, transposeB: true) },
    product("matmul batched transposed both", batches(true, true)) {
      $0.matmul($1, transposeA: true, transposeB: true)
    },
    product(
      "matmul row", .cases("signed[3] signed[3,4]", "signed[3] signed[2,3,2]", large: "signed[700] signed[700,900]")
    ) { $0.matmul($1) },
    product(
      "matmul column", .cases("signed[2,3] signed[3]", "signed[2,2,3] signed[3]", large: "signed[900,700] signed[700]")
    ) { $0.matmul($1) },
    product(
      "matmul row column",
      .cases("signed[3] signed[3]", "signed[1] signed[1]", "signed[0] signed[0]", large: "signed[99999] signed[99999]")
    ) { $0.matmul($1) },
    OpRow("matmul with itself", .cases("signed[3,3]", "signed[1,1]", large: "signed[300,300]"), .roundings(4)) {
      $0[0].matmul($0[0])
    },
    OpRow(
      "integers matmul",
      .cases(
        "integers[2,3] integers[3,4]", "integers[0,3] integers[3,2]", "integers[2,0] integers[0,2]",
        large: "integers[90,80] integers[80,70]"),
      dtypes: [.int32, .int64], .exact, gradient: .none, extremes: .wholeNumbers
    ) { $0[0].matmul($0[1]) },
    OpRow(
      "linear without bias",
      .cases(
        "signed[2,3] signed[3,4]", "signed[3] signed[3,2]", "signed[2,2,3] signed[3,2]", "signed[0,3] signed[3,2]",
        "signed[1,1] signed[1,1]", wide: "signed[5,19] signed[19,7]", large: "signed[300,211] signed[211,330]"),
      .roundings(4)
    ) { linear($0[0], $0[1]) },
  ]

  static let fused: [OpRow] = LinearActivation.allCases.map { activation in
    OpRow("linear \(activation)", biased, .roundings(4)) { linear($0[0], $0[1], $0[2], activation: activation) }
  }

  private static let biased = Inputs.cases(
    "signed[2,3] signed[3,4] signed[4]", "signed[3] signed[3,2] signed[2]", "signed[2,2,3] signed[3,2] signed[2]",
    "signed[0,3] signed[3,2] signed[2]", "signed[1,1] signed[1,1] signed[1]",
    wide: "signed[5,19] signed[19,7] signed[7]", large: "signed[300,211] signed[211,330] signed[330]")
}
