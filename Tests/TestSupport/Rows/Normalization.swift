import Tensors

extension OpTable {
  private static let batches = Inputs.cases(
    "signed[5,3]", "signed[3,2,2]", "signed[2,3,2,2]", "signed[4,0]", wide: "signed[7,41]", large: "signed[1027,131]")

  private static let images = Inputs.cases(
    "signed[2,2,3]", "signed[2,3,2,2]", wide: "signed[3,5,7]", large: "signed[61,40,67]")

  private static let examples = Inputs.cases(
    "signed[3]", "signed[2,5]", "signed[2,3,4]", "signed[0,3]", wide: "signed[5,41]", large: "signed[131,1027]")

  private static let lastTwo = Inputs.cases(
    "signed[2,3]", "signed[2,3,2]", wide: "signed[3,5,7]", large: "signed[61,40,67]")

  /// Numbers brought to mean 0 and variance 1 in groups.
  static let standardizations: [OpRow] = [
    OpRow("standardized channels", batches, .roundings(16)) {
      standardized($0[0], in: .channel(axis: 1)).output
    },
    OpRow("standardized last channel", images, .roundings(16)) {
      standardized($0[0], in: .channel(axis: -1)).output
    },
    OpRow("standardized examples", examples, .roundings(16)) {
      standardized($0[0], in: .lastAxes(1)).output
    },
    OpRow("standardized last two", lastTwo, .roundings(16)) {
      standardized($0[0], in: .lastAxes(2), epsilon: 0.25).output
    },
  ]
}
