import Tensors

extension OpTable {
  private static let pairs = Inputs.cases(
    "signed[] signed[]", "signed[3] signed[3]", "signed[2,3] signed[2,3]", "signed[0] signed[0]",
    wide: "signed[5,19] signed[5,19]", large: "signed[300,411] signed[300,411]")

  private static let rows2 = Inputs.cases(
    "signed[2,3] unit[2,3]", "signed[3] unit[3]", "signed[0,3] unit[0,3]", "signed[2,1] unit[2,1]",
    wide: "signed[5,19] unit[5,19]", large: "signed[400,311] unit[400,311]")

  private static let labelled = Inputs.cases(
    "signed[2,3] index3[2]", "signed[3] index3[]", "signed[0,3] index3[0]", "signed[2,2,4] index4[2,2]",
    wide: "signed[5,19] index19[5]", large: "signed[400,311] index311[400]")

  /// Losses in one pass.
  static let losses: [OpRow] = [
    OpRow("squaredErrorSum", pairs, .roundings(8)) { squaredErrorSum($0[0], $0[1], scale: 0.5) },
    OpRow("sigmoidCrossEntropySum", pairs, .roundings(8)) { sigmoidCrossEntropySum($0[0], $0[1], scale: 0.25) },
    OpRow("softmaxCrossEntropy labels", labelled, .roundings(8)) { softmaxCrossEntropy($0[0], labels: $0[1]) },
    OpRow("softmaxCrossEntropy probabilities", rows2, .roundings(8)) {
      softmaxCrossEntropy($0[0], probabilities: $0[1])
    },
  ]

  private static let images = Inputs.cases(
    "distinct[1,1,3,4]", "distinct[2,2,5,4]", "distinct[0,1,3,4]", wide: "distinct[1,2,8,16]",
    large: "distinct[8,16,33,35]")

  /// Windows that slide over images.
  static let windows: [OpRow] = [
    OpRow("unfolded", images, .exact) { $0[0].unfolded(SlidingWindow(2, stride: 2, padding: 1)) },
    OpRow(
      "folded",
      .cases(
        "signed[1,1,4,6]", "signed[2,3,4,6]", "signed[0,1,4,6]", wide: "signed[3,7,4,6]", large: "signed[90,80,4,6]"),
      .roundings(4)
    ) { $0[0].folded(SlidingWindow(2), into: PixelSize(height: 3, width: 4)) },
    OpRow("maxPooling", images, .exact) { maxPooling($0[0], SlidingWindow(2, stride: 2)) },
    OpRow("averagePooling", images, .roundings(4)) { averagePooling($0[0], SlidingWindow(2, stride: 2)) },
  ]
}
