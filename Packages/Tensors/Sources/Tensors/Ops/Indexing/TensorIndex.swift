/// What may stand between the brackets of `x[…]`: numbers, ranges, and `.all`, `.newAxis`, `.ellipsis`, `.stride`.
///
/// Negative numbers count from the end of an axis, so that `x[-1]` is the last row and `x[..<(-1)]` all but the last.
public protocol TensorIndex: Sendable {
  /// What is chosen.
  var selection: AxisSelection { get }
}

/// What an index chooses along an axis.
public struct AxisSelection: TensorIndex, Equatable {
  enum Kind: Equatable {
    case position(Int)
    case range(from: Int?, to: Int?, step: Int)
    case newAxis
    case ellipsis
  }
  let kind: Kind

  public var selection: AxisSelection { self }
}

extension TensorIndex where Self == AxisSelection {
  /// All positions of an axis.
  public static var all: AxisSelection { AxisSelection(kind: .range(from: nil, to: nil, step: 1)) }

  /// A new axis of size 1, which takes none of the tensor's.
  public static var newAxis: AxisSelection { AxisSelection(kind: .newAxis) }

  /// As many whole axes as the other indices leave.
  public static var ellipsis: AxisSelection { AxisSelection(kind: .ellipsis) }

  /// Every `step`-th position from `start` on, before `end`; a negative step goes backwards.
  ///
  /// Without `start` or `end` the axis is walked from its beginning or to its end, as the direction has it.
  public static func stride(from start: Int? = nil, to end: Int? = nil, by step: Int) -> AxisSelection {
    require(step != 0, "subscript: a stride by 0 stands still: give a step of 1 or more, or of −1 or less")
    return AxisSelection(kind: .range(from: start, to: end, step: step))
  }
}

extension Int: TensorIndex {
  public var selection: AxisSelection { AxisSelection(kind: .position(self)) }
}
extension Range<Int>: TensorIndex {
  public var selection: AxisSelection {
    AxisSelection(kind: .range(from: lowerBound, to: upperBound == 0 && lowerBound < 0 ? nil : upperBound, step: 1))
  }
}
extension ClosedRange<Int>: TensorIndex {
  public var selection: AxisSelection {
    AxisSelection(kind: .range(from: lowerBound, to: upperBound == -1 ? nil : upperBound + 1, step: 1))
  }
}
extension PartialRangeFrom<Int>: TensorIndex {
  public var selection: AxisSelection { AxisSelection(kind: .range(from: lowerBound, to: nil, step: 1)) }
}
extension PartialRangeUpTo<Int>: TensorIndex {
  public var selection: AxisSelection { AxisSelection(kind: .range(from: nil, to: upperBound, step: 1)) }
}
extension PartialRangeThrough<Int>: TensorIndex {
  public var selection: AxisSelection {
    AxisSelection(kind: .range(from: nil, to: upperBound == -1 ? nil : upperBound + 1, step: 1))
  }
}
