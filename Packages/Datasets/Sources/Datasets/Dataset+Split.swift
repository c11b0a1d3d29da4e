public import Tensors

extension Dataset {
  /// Divides the examples at random: the first part gets this share of them, rounded to whole examples.
  ///
  /// - Parameter stratified: Whether every class keeps its share in both parts.
  public func split(
    _ share: Double, stratified: Bool = false, using random: inout RandomSource
  ) -> (first: Samples, second: Samples) {
    require(share > 0 && share < 1, "split: \(share) is not a share between 0 and 1")
    let order = Tensor.permutation(count, using: &random).scalars(as: Int.self)
    guard stratified else {
      let cut = Int((Double(count) * share).rounded())
      return (selecting(Array(order[..<cut])), selecting(Array(order[cut...])))
    }
    var first: [Int] = []
    var second: [Int] = []
    for members in classMembers(in: order) {
      let cut = Int((Double(members.count) * share).rounded())
      first += members[..<cut]
      second += members[cut...]
    }
    return (selecting(reordered(first, as: order)), selecting(reordered(second, as: order)))
  }

  /// Divides the examples at random into `count` parts of nearly equal size; each takes its turn as the validation set
  /// while the others are for training.
  public func folds(
    _ count: Int, using random: inout RandomSource
  ) -> [(training: Samples, validation: Samples)] {
    require(
      count >= 2 && count <= self.count,
      "folds: \(self.count) examples cannot be divided into \(count) parts: give 2 to \(self.count)")
    let order = Tensor.permutation(self.count, using: &random).scalars(as: Int.self)
    return (0..<count).map { fold in
      let cut = (fold * self.count / count)..<((fold + 1) * self.count / count)
      let rest = Array(order[..<cut.lowerBound] + order[cut.upperBound...])
      return (selecting(rest), selecting(Array(order[cut])))
    }
  }

  /// The numbers of the examples of each class, in the given order.
  private func classMembers(in order: [Int]) -> [[Int]] {
    require(
      targets.count == count,
      "split: stratified needs one class per example, but the targets have shape \(targets.shape)")
    let labels = targets.scalars
    var places: [Double: Int] = [:]
    var members: [[Int]] = []
    for index in order {
      let place = places[labels[index], default: members.count]
      if place == members.count {
        places[labels[index]] = place
        members.append([])
      }
      members[place].append(index)
    }
    return members
  }

  /// `indices` sorted by their place in `order`.
  private func reordered(_ indices: [Int], as order: [Int]) -> [Int] {
    var chosen = Array(repeating: false, count: order.count)
    for index in indices { chosen[index] = true }
    return order.filter { chosen[$0] }
  }
}
