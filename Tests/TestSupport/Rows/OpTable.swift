/// Every operation of `Tensors`, one row each, for the tests of Tensors and for Autograd's gradient checks.
public enum OpTable {
  /// All rows, in the order of the golden data.
  public static let rows: [OpRow] = [
    functions, arithmetic, numbers, comparisons, choices, products, fused, sums, spreads, extrema, wholeReductions,
    scans, standardizations, shapes, joins, parts, indexing, diagonals, order, linearAlgebra, losses, windows,
  ].flatMap { $0 }
}
