import Tensors

extension OpTable {
  private static let inputs = Inputs.cases(
    "distinct[3]", "distinct[2,3]", "distinct[1,4]", "distinct[2,0]", "distinct[2,3,2]", wide: "distinct[3,31]",
    large: "distinct[131,1027]")
  private static let short = Inputs.cases("distinct[5]", "distinct[2,3]", large: "distinct[131,1027]")
  private static let ties = Inputs.cases("integers[9]", "integers[2,5]", large: "integers[131,1027]")

  static let order: [OpRow] = [
    OpRow("sorted", inputs, .exact, extremes: .selective) { $0[0].sorted() },
    OpRow("sorted first", inputs, .exact, extremes: .selective) { $0[0].sorted(axis: 0) },
    OpRow("sorted descending", inputs, .exact, extremes: .selective) { $0[0].sorted(descending: true) },
    OpRow("argSorted", inputs, result: .int64, .exact, gradient: .none) { $0[0].argSorted() },
    OpRow("argSorted descending", inputs, result: .int64, .exact, gradient: .none) {
      $0[0].argSorted(descending: true)
    },
    wholeMove("integers argSorted", ties, [.int32, .int64], result: .int64) { $0[0].argSorted() },
    wholeMove("integers argSorted descending", ties, [.int32, .int64], result: .int64) {
      $0[0].argSorted(descending: true)
    },
    OpRow("topK values", short, .exact, extremes: .selective) { $0[0].topK(2).values },
    OpRow("topK indices", short, result: .int64, .exact, gradient: .none, extremes: .selective) {
      $0[0].topK(2).indices
    },
    wholeMove(
      "integers unique", .cases("integers[9]", "integers[2,5]", "integers[0]", large: "integers[131,1027]"),
      [.int32, .int64]
    ) { $0[0].unique() },
  ]
}
