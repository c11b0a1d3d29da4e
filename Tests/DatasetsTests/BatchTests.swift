import Datasets
import Tensors
import Testing

/// Ten examples that are their own numbers; the last three are class 1.
private let ten = Samples(
  inputs: Tensor((0..<10).map(Double.init), shape: [10, 1]), targets: Tensor((0..<10).map { $0 < 7 ? 0 : 1 }))

private func numbers(_ data: some Dataset) -> [Int] { data.inputs.scalars.map { Int($0) } }
private func numbers(_ batches: Batches) -> [[Int]] { batches.map { $0.inputs.scalars.map { Int($0) } } }

struct BatchTests {
  @Test("the order follows from the seed and changes from epoch to epoch; every example comes once")
  func order() {
    var (random, again) = (RandomSource(seed: 1), RandomSource(seed: 1))
    let (first, second) = (numbers(ten.batches(of: 4, using: &random)), numbers(ten.batches(of: 4, using: &random)))
    #expect(first == numbers(ten.batches(of: 4, using: &again)))
    #expect(first != second)
    #expect(first.flatMap { $0 }.sorted() == Array(0..<10) && second.flatMap { $0 }.sorted() == Array(0..<10))
  }

  @Test("the last batch is short, or left out on demand")
  func last() {
    #expect(numbers(ten.batches(of: 4)) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
    let whole = ten.batches(of: 4, dropsLast: true)
    #expect(numbers(whole) == [[0, 1, 2, 3], [4, 5, 6, 7]] && whole.count == 2)
  }

  @Test("an epoch that was interrupted anywhere goes on with exactly the rest", arguments: 0...4)
  func resuming(_ done: Int) {
    var random = RandomSource(seed: 2)
    let whole = ten.batches(of: 3, using: &random)
    var begun = whole
    for _ in 0..<done { _ = begun.next() }
    let rest = ten.batches(resuming: begun.state)
    #expect(numbers(rest) == Array(numbers(whole)[done...]))
    #expect(rest.state == begun.state)
  }

  @Test("inputs stay with their targets")
  func pairs() {
    var random = RandomSource(seed: 3)
    for batch in ten.batches(of: 3, using: &random) {
      #expect(zip(batch.inputs.scalars, batch.targets.scalars).allSatisfy { ($0 < 7) == ($1 == 0) })
    }
  }
}

struct SplitTests {
  @Test("a split loses nothing; a stratified one keeps the share of every class")
  func split() {
    var random = RandomSource(seed: 4)
    let (first, second) = ten.split(0.8, using: &random)
    #expect(first.count == 8 && (numbers(first) + numbers(second)).sorted() == Array(0..<10))
    let data = Samples(
      inputs: Tensor((0..<100).map(Double.init), shape: [100, 1]), targets: Tensor((0..<100).map { $0 < 90 ? 0 : 1 }))
    for _ in 0..<20 {
      let (most, few) = data.split(0.8, stratified: true, using: &random)
      #expect(most.targets.scalars.reduce(0, +) == 8 && few.targets.scalars.reduce(0, +) == 2)
      #expect((numbers(most) + numbers(few)).sorted() == Array(0..<100))
    }
  }

  @Test("each example is in the validation part of exactly one fold and trains in the others", arguments: [2, 3, 10])
  func folds(_ count: Int) {
    var random = RandomSource(seed: 5)
    let folds = ten.folds(count, using: &random)
    #expect(folds.flatMap { numbers($0.validation) }.sorted() == Array(0..<10))
    for fold in folds { #expect((numbers(fold.training) + numbers(fold.validation)).sorted() == Array(0..<10)) }
  }

  @Test("standardized features have mean 0 and deviation 1, normalized ones the range 0 to 1, and both go back")
  func standardization() {
    var random = RandomSource(seed: 6)
    let drawn = Tensor.normal([50, 2], dtype: .float64, using: &random) * 3 + 7
    let inputs = Tensor.concatenate([drawn, Tensor.full([50, 1], 4, dtype: .float64)], axis: 1)  // one never changes
    let standard = Standardization.standardizing(inputs)
    let changed = standard.apply(inputs)
    #expect(changed.mean(axis: 0).scalars.allSatisfy { abs($0) < 1e-13 })
    #expect(zip(changed.populationDeviation(axis: 0).scalars, [1, 1, 0]).allSatisfy { abs($0 - $1) < 1e-13 })
    let normal = Standardization.normalizing(inputs)
    #expect(normal.apply(inputs).min(axis: 0).scalars == [0, 0, 0])
    #expect(normal.apply(inputs).max(axis: 0).scalars == [1, 1, 0])
    for rule in [standard, normal] {
      #expect(zip(rule.undo(rule.apply(inputs)).scalars, inputs.scalars).allSatisfy { abs($0 - $1) < 1e-13 })
    }
  }
}
