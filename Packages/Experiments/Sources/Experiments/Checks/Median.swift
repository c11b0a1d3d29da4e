/// The middle of some numbers, or the mean of the two in the middle; NaN where there are none.
///
/// A NaN among them, as from a training that has come apart, counts as infinitely large.
public func median(_ values: [Double]) -> Double {
  let sorted = values.map { $0.isNaN ? .infinity : $0 }.sorted()
  guard !sorted.isEmpty else { return .nan }
  let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
  return low == high ? low : (low + high) / 2
}
