import Tensors

extension OpTable {
  /// A part of one tensor.
  private static func part(
    _ name: String, _ inputs: Inputs, _ extremes: Extremes = .selective,
    _ body: @escaping @Sendable (Tensor) -> Tensor
  ) -> OpRow {
    OpRow(name, inputs, .exact, extremes: extremes) { body($0[0]) }
  }

  static let parts: [OpRow] = [
    part("x[1]", .cases("signed[2,3]", "signed[3]", "signed[2,0]", large: largeSquare)) { $0[1] },
    part("x[-1]", .cases("signed[2,3]", "signed[3]", large: largeSquare)) { $0[-1] },
    part("x[1..<3]", .cases("signed[4,2]", "signed[3]", "signed[3,0]", large: largeSquare)) { $0[1..<3] },
    part("x[1...]", .cases("signed[4,2]", "signed[1]", large: largeSquare)) { $0[1...] },
    part("x[...1]", .cases("signed[4,2]", "signed[2]", large: largeSquare)) { $0[...1] },
    part("x[..<(-1)]", .cases("signed[4,2]", "signed[1]", large: largeSquare)) { $0[..<(-1)] },
    part("x[.all, 1]", .cases("signed[4,2]", "signed[2,3,2]", large: largeSquare)) { $0[.all, 1] },
    part("x[.all, 1...2]", .cases("signed[2,3,2]", "signed[0,4]", large: largeSquare)) { $0[.all, 1...2] },
    part("x[.ellipsis, 1]", .cases("signed[2,2,3]", "signed[2]", large: largeSquare)) { $0[.ellipsis, 1] },
    part("x[.newAxis, .ellipsis, .newAxis]", .cases("signed[2,3]", "signed[]", large: largeSquare)) {
      $0[.newAxis, .ellipsis, .newAxis]
    },
    part("x[.stride(by: 2)]", .cases("signed[5]", "signed[4,2]", "signed[0]", large: largeSquare)) {
      $0[.stride(by: 2)]
    },
    part("x[.stride(from: 1, to: 4, by: 2), 0]", .cases("signed[5,2]", large: largeSquare)) {
      $0[.stride(from: 1, to: 4, by: 2), 0]
    },
    part("x[0, 1, 1]", .cases("signed[2,2,3]", large: "signed[31,40,67]")) { $0[0, 1, 1] },
    part("x[1..<1]", .cases("signed[3]", "signed[2,2]", large: largeSquare)) { $0[1..<1] },
    part("x[.stride(by: -1)]", .cases("signed[5]", "signed[4,2]", "signed[0]", large: largeSquare), .poisoned) {
      $0[.stride(by: -1)]
    },
    part("x[.all, .stride(from: 3, to: 0, by: -2)]", .cases("signed[2,5]", large: largeSquare)) {
      $0[.all, .stride(from: 3, to: 0, by: -2)]
    },
    part("x[0..<3, .all, -1]", .cases("signed[3,2,2]", "signed[4,2,1]", large: "signed[31,40,67]")) {
      $0[0..<3, .all, -1]
    },
  ]

  static let indexing: [OpRow] = [
    OpRow(
      "taking",
      .cases(
        "signed[3,2] index3[4]", "signed[3] index3[2,2]", "signed[3,2] index3[]", "signed[3,2] index3[0]",
        large: "signed[500,300] index500[900]"), .exact, extremes: .selective
    ) { $0[0].taking($0[1]) },
    OpRow(
      "taking last",
      .cases("signed[2,3] index3[4]", "signed[2,3] index3[2,2]", large: "signed[300,500] index500[900]"), .exact,
      extremes: .selective
    ) { $0[0].taking($0[1], axis: -1) },
    part("taking numbers", .cases("signed[3,2]", "signed[4]", large: largeSquare)) { $0.taking([2, 0, 2, -1]) },
    OpRow(
      "adding",
      .cases(
        "signed[3,2] signed[5,2] index3[5]", "signed[3] signed[2,2] index3[2,2]", "signed[3,2] signed[0,2] index3[0]",
        large: "signed[500,300] signed[900,300] index500[900]"), .roundings(4)
    ) { $0[0].adding($0[1], at: $0[2]) },
    OpRow(
      "gathering",
      .cases(
        "signed[2,3] index3[2,4]", "signed[3] index3[5]", "signed[2,3] index3[2,0]",
        large: "signed[300,500] index500[300,900]"), .exact, extremes: .selective
    ) { $0[0].gathering($0[1]) },
    OpRow(
      "gathering first",
      .cases("signed[3,2] index3[2,2]", "signed[3,2,2] index3[1,2,2]", large: "signed[500,300] index500[900,300]"),
      .exact, extremes: .selective
    ) { $0[0].gathering($0[1], axis: 0) },
    OpRow(
      "scatterAdding",
      .cases(
        "signed[2,3] signed[2,4] index3[2,4]", "signed[3] signed[5] index3[5]",
        large: "signed[300,50] signed[300,900] index50[300,900]"), .roundings(4)
    ) { $0[0].scatterAdding($0[1], at: $0[2]) },
    OpRow(
      "selecting",
      .cases(
        "signed[2,3] truth[2,3]", "signed[4,2] truth[4]", "signed[0,2] truth[0]",
        large: "signed[131,1027] truth[131,1027]"), .exact, extremes: .selective
    ) { $0[0].selecting(where: $0[1]) },
    wholeMove(
      "truePositions", .cases("truth[2,3]", "truth[7]", "truth[0]", large: "truth[131,1027]"), [.bool], result: .int64
    ) { $0[0].truePositions() },
    wholeMove(
      "oneHot", .cases("index4[3]", "index4[2,3]", "index4[]", "index4[0]", large: "index4[9999]"), [.int64],
      result: .float32
    ) { $0[0].oneHot(classes: 4) },
  ]

  static let diagonals: [OpRow] =
    [0, 1, -1].flatMap { offset in
      let matrices = ["signed[3,3]", "signed[2,4]", "signed[4,2]", "signed[2,3,3]", "signed[1,1]"]
      func inputs(_ further: [String]) -> Inputs {
        let cases = (matrices + further).compactMap { Sample($0) }
        return Inputs(cases: cases.map { [$0] }, wide: [cases[0]], large: [Sample(.signed, [300, 311])])
      }
      return [
        part("diagonal \(offset)", inputs([])) { $0.diagonal(offset: offset) },
        part("upperTriangle \(offset)", inputs(["signed[0,3]"])) { $0.upperTriangle(offset: offset) },
        part("lowerTriangle \(offset)", inputs(["signed[3,0]"])) { $0.lowerTriangle(offset: offset) },
        part("diagonalMatrix \(offset)", .cases("signed[3]", "signed[1]", large: "signed[300]"), .poisoned) {
          $0.diagonalMatrix(offset: offset)
        },
      ]
    } + [
      part("diagonalMatrix batch", .cases("signed[2,3]", "signed[0,2]", large: "signed[30,70]"), .poisoned) {
        $0.diagonalMatrix()
      }
    ]
}
