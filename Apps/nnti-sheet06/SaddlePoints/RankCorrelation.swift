/// Spearman's rank correlation: how well one list orders the other, from −1 to 1. Equal numbers share their mean rank.
func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double {
  let (first, second) = (centredRanks(a), centredRanks(b))
  func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
  return product(first, second) / (product(first, first) * product(second, second)).squareRoot()
}

/// The rank of every number, less the mean rank.
private func centredRanks(_ values: [Double]) -> [Double] {
  values.map { value in
    let below = values.count { $0 < value }
    let equal = values.count { $0 == value }
    return Double(below) + Double(equal - 1) / 2 - Double(values.count - 1) / 2
  }
}
