import Tensors

extension OpTable {
  static let largeSquare = "signed[131,1027]"

  /// An operation that moves the elements of one tensor.
  private static func move(
    _ name: String, _ cases: Inputs, _ extremes: Extremes = .poisoned,
    _ body: @escaping @Sendable (Tensor) -> Tensor
  ) -> OpRow {
    OpRow(name, cases, .exact, extremes: extremes) { body($0[0]) }
  }

  static let shapes: [OpRow] = [
    move("reshaped", .cases("signed[2,3]", "signed[3,2,1]", "signed[6]", large: "signed[6]")) {
      $0.reshaped(to: [3, 2])
    },
    move("reshaped open", .cases("signed[2,3]", "signed[4,3]", "signed[0,3]", large: "signed[300,3]")) {
      $0.reshaped(to: [-1, 3])
    },
    move("reshaped to scalar", .cases("signed[1]", "signed[1,1,1,1,1,1]", large: "signed[1]")) {
      $0.reshaped(to: [])
    },
    move("flattened", .cases("signed[2,3]", "signed[]", "signed[2,0]", large: largeSquare)) { $0.flattened() },
    move("flattened from 1", .cases("signed[2,3,2]", "signed[2,3]", "signed[2,0,3]", large: largeSquare)) {
      $0.flattened(from: 1)
    },
    move("unsqueezed first", .cases("signed[2,3]", "signed[]", "signed[0]", large: largeSquare)) {
      $0.unsqueezed(axis: 0)
    },
    move("unsqueezed last", .cases("signed[2,3]", "signed[]", "signed[0]", large: largeSquare)) {
      $0.unsqueezed(axis: -1)
    },
    move("squeezed", .cases("signed[2,1,3,1]", "signed[1]", "signed[2,3]", large: "signed[131,1,1027]")) {
      $0.squeezed()
    },
    move("squeezed axis", .cases("signed[2,1,3]", "signed[0,1]", large: "signed[131,1,1027]")) {
      $0.squeezed(axis: 1)
    },
    move("transposed", .cases("signed[2,3]", "signed[2,3,4]", "signed[0,3]", "signed[1,1]", large: largeSquare)) {
      $0.transposed
    },
    move("swappingAxes", .cases("signed[2,3,4]", "signed[1,3,2]", large: "signed[31,40,67]")) {
      $0.swappingAxes(0, 2)
    },
    move("movingAxis", .cases("signed[2,3,4]", "signed[2,0,4]", large: "signed[31,40,67]")) {
      $0.movingAxis(0, to: -1)
    },
    move("permuted", .cases("signed[2,3,4]", "signed[1,3,2]", "signed[2,0,3]", large: "signed[31,40,67]")) {
      $0.permuted([2, 0, 1])
    },
    move("permuted 4", .cases("signed[2,3,2,2]", large: "signed[31,40,6,11]")) { $0.permuted([0, 2, 1, 3]) },
    move("flipped", .cases("signed[3]", "signed[2,3]", "signed[0,3]", large: largeSquare)) { $0.flipped(axis: 0) },
    move("flipped axes", .cases("signed[2,3,2]", large: "signed[31,40,67]")) { $0.flipped(axes: [0, 2]) },
    move(
      "broadcast", .cases("signed[3]", "signed[]", "signed[2,3]", "signed[4,1,3]", "signed[1,1]", large: "signed[2,3]")
    ) { $0.broadcast(to: [4, 2, 3]) },
    move("broadcast to nothing", .cases("signed[1,3]", large: "signed[1,3]"), .selective) {
      $0.broadcast(to: [0, 3])
    },
    move("tiled", .cases("signed[2,3]", "signed[1,1]", "signed[0,2]", large: largeSquare)) { $0.tiled([2, 3]) },
    move("repeated", .cases("signed[2,3]", "signed[2,3,2]", "signed[2,0]", large: largeSquare)) {
      $0.repeated(3, axis: 1)
    },
    move("padded", .cases("signed[2,3]", "signed[1,1]", "signed[0,2]", large: largeSquare)) {
      $0.padded([(1, 0), (2, 1)])
    },
    move("padded with 2.5", .cases("signed[2,3]", large: largeSquare)) { $0.padded([(1, 1), (0, 2)], value: 2.5) },
  ]

  static let joins: [OpRow] = [
    OpRow(
      "concatenate",
      .cases(
        "signed[2,3] signed[1,3] signed[3,3]", "signed[0,2] signed[1,2] signed[0,2]",
        large: "signed[200,300] signed[100,300] signed[50,300]"), .exact
    ) { Tensor.concatenate($0) },
    OpRow(
      "concatenate last",
      .cases(
        "signed[2,3] signed[2,1]", "signed[2,2,1] signed[2,2,2]", large: "signed[200,300] signed[200,100]"), .exact
    ) { Tensor.concatenate($0, axis: -1) },
    move("concatenate with itself", .cases("signed[2,3]", "signed[3]", large: largeSquare)) {
      Tensor.concatenate([$0, $0])
    },
    OpRow(
      "stack",
      .cases(
        "signed[2,3] signed[2,3]", "signed[] signed[]", "signed[0] signed[0]", large: "signed[200,300] signed[200,300]"),
      .exact
    ) { Tensor.stack($0) },
    OpRow(
      "stack last",
      .cases("signed[2,3] signed[2,3]", "signed[3] signed[3]", large: "signed[200,300] signed[200,300]"), .exact
    ) { Tensor.stack($0, axis: -1) },
    move("split into 3, part 1", .cases("signed[7]", "signed[4,2]", "signed[2,2]", large: largeSquare), .selective) {
      $0.split(into: 3)[1]
    },
    move("split sizes, part 2", .cases("signed[2,6]", "signed[1,6]", large: "signed[99999,6]"), .selective) {
      $0.split(sizes: [1, 2, 3], axis: -1)[2]
    },
    move("unstacked, part 1", .cases("signed[2,3,2]", "signed[1,2]", large: "signed[99,20,60]"), .selective) {
      $0.unstacked(axis: 1)[1]
    },
    wholeMove("naturals permuted", .cases("naturals[2,3,4]", large: "naturals[31,40,67]"), [.uint8, .int32, .int64]) {
      $0[0].permuted([2, 0, 1])
    },
    wholeMove("truth permuted", .cases("truth[2,3,4]", large: "truth[31,40,67]"), [.bool]) {
      $0[0].permuted([2, 0, 1])
    },
    wholeMove(
      "integers concatenate", .cases("integers[2,3] integers[1,3]", large: "integers[200,300] integers[100,300]"),
      [.int32, .int64]
    ) { Tensor.concatenate($0) },
  ]

  static func wholeMove(
    _ name: String, _ inputs: Inputs, _ dtypes: [DType], result: DType? = nil,
    _ body: @escaping @Sendable ([Tensor]) -> Tensor
  ) -> OpRow {
    OpRow(name, inputs, dtypes: dtypes, result: result, .exact, gradient: .none, extremes: .wholeNumbers, body)
  }
}
