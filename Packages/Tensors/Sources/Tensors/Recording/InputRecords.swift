/// The numbers of the records that made an operation's inputs, with a gap where an input is not recorded.
///
/// Three inputs are held inline: nearly every operation has at most that many.
public struct InputRecords: Sendable {
  private var first: Int32 = -1
  private var second: Int32 = -1
  private var third: Int32 = -1
  private var number: Int32 = 0
  /// Those after the third; nil rather than empty, so that copying costs nothing.
  private var more: [Int32]?

  /// The number of inputs.
  public var count: Int { Int(number) }

  /// No inputs, as for something that is watched.
  public init() {}

  /// The inputs of an operation with one operand, as `Tensor.number(in:)` gives them.
  init(_ first: Int32) {
    self.first = first
    number = 1
  }

  /// The inputs of an operation with two operands.
  init(_ first: Int32, _ second: Int32) {
    self.first = first
    self.second = second
    number = 2
  }

  /// The inputs of an operation with three operands.
  init(_ first: Int32, _ second: Int32, _ third: Int32) {
    self.first = first
    self.second = second
    self.third = third
    number = 3
  }

  /// The record of input `position`, or nil where it is not recorded.
  public subscript(position: Int) -> Int? {
    let index =
      switch position {
      case 0: first
      case 1: second
      case 2: third
      default: more?[position - 3] ?? -1
      }
    return index < 0 ? nil : Int(index)
  }

  /// Adds the next input.
  public mutating func append(_ index: Int?) {
    let index = index.map { Int32($0) } ?? -1
    switch number {
    case 0: first = index
    case 1: second = index
    case 2: third = index
    default: more = (more ?? []) + [index]
    }
    number += 1
  }
}
