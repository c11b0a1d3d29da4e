import Autograd
import Foundation
import Losses
import Tensors
import TestSupport
import Testing

@Suite("Every loss")
struct LossTableTests {
  /// What PyTorch computed, by row and part.
  static let golden: Golden = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/Losses")
    do { return try Golden(folder: folder) } catch { fatalError("\(error)") }
  }()

  static func part(_ row: LossRow, _ what: String) -> Tensor {
    let found = golden.expected(row.name).first { $0.key == what }!.expected
    return Tensor(found.values, shape: Shape(found.shape))
  }

  static func targets(_ row: LossRow) -> Tensor {
    row.labels ? part(row, "targets").cast(to: .int64) : part(row, "targets")
  }

  @Test("has a row for each loss of the fixture")
  func complete() { #expect(LossTableTests.golden.names == Set(LossRow.all.map(\.name))) }

  @Test("equals PyTorch in every reduction", arguments: LossRow.all, Reduction.allCases)
  func values(row: LossRow, reduction: Reduction) {
    let found = row.call(LossTableTests.part(row, "predictions"), LossTableTests.targets(row), reduction)
    let expected = LossTableTests.part(row, "\(reduction)")
    #expect(found.shape == expected.shape)
    #expect(distance(found, expected) <= 1e-13 * scale(expected))
    let narrow = row.call(
      LossTableTests.part(row, "predictions").cast(to: .float32),
      row.labels ? LossTableTests.targets(row) : LossTableTests.targets(row).cast(to: .float32), reduction)
    #expect(narrow.dtype == .float32)
    #expect(distance(narrow, expected) <= 2e-6 * scale(expected))
  }

  @Test("has PyTorch's gradient", arguments: LossRow.all)
  func gradients(row: LossRow) {
    let targets = LossTableTests.targets(row)
    let found = gradient(of: { row.call($0, targets, .mean) }, at: LossTableTests.part(row, "predictions"))
    #expect(distance(found, LossTableTests.part(row, "gradient")) <= 1e-13)
  }

  @Test("has gradients that central differences confirm, first and second", arguments: LossRow.all, Reduction.allCases)
  func differences(row: LossRow, reduction: Reduction) {
    let targets = LossTableTests.targets(row)
    let loss: (Tensor) -> Tensor = { row.call($0, targets, reduction) }
    let x = LossTableTests.part(row, "predictions")
    let first = checkGradients(of: loss, at: x)
    #expect(first.passed, "\(first)")
    let second = checkSecondDerivatives(of: loss, at: x)
    #expect(second.passed, "\(second)")
  }

  @Test("differentiates by its targets, too", arguments: LossRow.all.filter { !$0.labels })
  func byTargets(row: LossRow) {
    if row.name.contains("inge") { return }  // targets −1 and 1 only
    let check = checkGradients(
      of: { (x: [Tensor]) in row.call(x[0], x[1], .mean) },
      at: [LossTableTests.part(row, "predictions"), LossTableTests.targets(row) * 0.5 + 0.25])
    #expect(check.passed, "\(check)")
  }

  @Test("reduces to the mean and the sum of what it returns unreduced", arguments: LossRow.all)
  func reductions(row: LossRow) {
    let x = LossTableTests.part(row, "predictions")
    let targets = LossTableTests.targets(row)
    let each = row.call(x, targets, .none)
    #expect(each.shape == (row.perRow ? [4] : [4, 3]))
    #expect(distance(row.call(x, targets, .sum), each.sum()) <= 1e-12)
  }
}

/// The largest difference of two tensors of the same shape.
func distance(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.scalars, b.scalars).map { abs($0 - $1) }.max() ?? 0
}

/// The largest size of an element, at least 1.
func scale(_ x: Tensor) -> Double { x.scalars.map(\.magnitude).max().map { max($0, 1) } ?? 1 }
