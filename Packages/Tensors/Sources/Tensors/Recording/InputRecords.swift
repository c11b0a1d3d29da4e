/// The numbers of the records that made an operation's inputs, with a gap where an input is not recorded.
///
/// Three inputs are held inline: nearly every operation has at most that many.
public struct InputRecords: Sendable {
  private var inline = InlineArray<3, Int32>(repeating: -1)
  private var more: [Int32] = []

  /// The number of inputs.
  public private(set) var count = 0

  /// No inputs, as for something that is watched.
  public init() {}

  /// The inputs of an operation with one operand.
  init(_ index: Int?) {
    inline[0] = index.map { Int32(truncatingIfNeeded: $0) } ?? -1
    count = 1
  }

  /// The inputs of an operation with two operands.
  init(_ first: Int?, _ second: Int?) {
    self.init(first)
    inline[1] = second.map { Int32(truncatingIfNeeded: $0) } ?? -1
    count = 2
  }

  /// The record of input `position`, or nil where it is not recorded.
  public subscript(position: Int) -> Int? {
    let index = position < 3 ? inline[position] : more[position - 3]
    return index < 0 ? nil : Int(index)
  }

  /// Adds the next input.
  public mutating func append(_ index: Int?) {
    let index = index.map { Int32($0) } ?? -1
    if count < 3 { inline[count] = index } else { more.append(index) }
    count += 1
  }
}
