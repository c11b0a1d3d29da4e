/// The numbers of the records that made an operation's inputs, with a gap where an input is not recorded.
///
/// Three inputs are held inline: nearly every operation has at most that many.
public struct InputRecords: Sendable {
  /// The first three inputs, and how many there are. As one value they copy like a number.
  private var numbers = SIMD4<Int32>(-1, -1, -1, 0)
  /// Those after the third; nil rather than empty, so that copying costs nothing.
  private var more: [Int32]?

  /// The number of inputs.
  public var count: Int { Int(numbers.w) }

  /// No inputs, as for something that is watched.
  public init() {}

  /// The inputs of an operation with one operand, as `Tensor.number(in:)` gives them.
  init(_ first: Int32) {
    numbers = SIMD4(first, -1, -1, 1)
  }

  /// The inputs of an operation with two operands.
  init(_ first: Int32, _ second: Int32) {
    numbers = SIMD4(first, second, -1, 2)
  }

  /// The inputs of an operation with three operands.
  init(_ first: Int32, _ second: Int32, _ third: Int32) {
    numbers = SIMD4(first, second, third, 3)
  }

  /// The record of input `position`, or nil where it is not recorded.
  public subscript(position: Int) -> Int? {
    let index = position < 3 ? numbers[position] : more?[position - 3] ?? -1
    return index < 0 ? nil : Int(index)
  }

  /// Adds the next input.
  public mutating func append(_ index: Int?) {
    let index = index.map { Int32($0) } ?? -1
    if count < 3 { numbers[count] = index } else { more = (more ?? []) + [index] }
    numbers.w += 1
  }
}
