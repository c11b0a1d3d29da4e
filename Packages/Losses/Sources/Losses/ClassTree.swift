internal import Tensors

/// A binary tree with one leaf per class, for `hierarchicalCrossEntropy`.
///
/// Every inner node decides between left and right; the probability of a class is the product of the decisions on the
/// way to its leaf, so that a class costs about log₂(classes) evaluations.
public struct ClassTree: Sendable {
  /// One decision on the way to a leaf.
  public struct Step: Sendable, Equatable {
    /// The inner node that decides, counted from 0.
    public let node: Int
    /// Whether the way goes right.
    public let goesRight: Bool
  }

  /// The number of classes.
  public let classCount: Int
  /// The number of decisions on the longest way.
  public let depth: Int
  /// The number of inner nodes, one less than there are classes.
  public var nodeCount: Int { classCount - 1 }

  /// The nodes on the way to each class: [classes, depth], 0 beyond the leaf.
  let nodes: Tensor
  /// +1 for right, −1 for left and 0 beyond the leaf: [classes, depth], float32.
  let signs: Tensor
  private let paths: [[Step]]

  /// A tree whose leaves all lie at nearly the same depth, in the order of the classes.
  public init(balanced classCount: Int) {
    ClassTree.requireChoice(among: classCount)
    var open = [0..<classCount]
    var paths = Array(repeating: [Step](), count: classCount)
    var node = 0
    while let group = open.popLast() {
      guard group.count > 1 else { continue }
      let middle = group.lowerBound + group.count / 2
      for label in group { paths[label].append(Step(node: node, goesRight: label >= middle)) }
      node += 1
      open.append(middle..<group.upperBound)
      open.append(group.lowerBound..<middle)
    }
    self.init(paths: paths)
  }

  /// The tree with the shortest expected way for classes of the given frequencies, after Huffman.
  public init(frequencies: [Double]) {
    ClassTree.requireChoice(among: frequencies.count)
    require(
      frequencies.allSatisfy { $0 >= 0 && $0.isFinite },
      "ClassTree: frequencies must be finite and not negative")
    let leaves = frequencies.indices.sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
    let count = leaves.count
    // Numbers below `count` are leaves, the others inner nodes in the order in which they are made: the last is the root.
    var weights = frequencies
    var parents = Array(repeating: Step(node: 0, goesRight: false), count: 2 * count - 1)
    var (nextLeaf, nextNode) = (0, count)
    func rarest() -> Int {
      let leafIsRarer =
        nextLeaf < count && (nextNode >= weights.count || weights[leaves[nextLeaf]] <= weights[nextNode])
      if leafIsRarer { nextLeaf += 1 } else { nextNode += 1 }
      return leafIsRarer ? leaves[nextLeaf - 1] : nextNode - 1
    }
    for number in count..<(2 * count - 1) {
      let (right, left) = (rarest(), rarest())
      weights.append(weights[left] + weights[right])
      // The root, made last, gets number 0.
      let node = 2 * count - 2 - number
      parents[left] = Step(node: node, goesRight: false)
      parents[right] = Step(node: node, goesRight: true)
    }
    self.init(
      paths: frequencies.indices.map { label in
        var (number, path) = (label, [Step]())
        while number != 2 * count - 2 {
          path.append(parents[number])
          number = 2 * count - 2 - parents[number].node
        }
        return path.reversed()
      })
  }

  private init(paths: [[Step]]) {
    classCount = paths.count
    let depth = paths.map(\.count).max() ?? 0
    self.depth = depth
    var nodes: [Int] = []
    var signs: [Float] = []
    for path in paths {
      nodes += path.map(\.node) + Array(repeating: 0, count: depth - path.count)
      signs += path.map { $0.goesRight ? 1 : -1 } + Array(repeating: 0, count: depth - path.count)
    }
    self.nodes = Tensor(nodes, shape: [paths.count, depth])
    self.signs = Tensor(signs, shape: [paths.count, depth])
    self.paths = paths
  }

  /// The decisions on the way to a class, from the root on.
  public func path(to label: Int) -> [Step] {
    require(
      paths.indices.contains(label), "ClassTree: there is no class \(label): there are 0 to \(classCount - 1)")
    return paths[label]
  }

  private static func requireChoice(among count: Int) {
    require(count >= 2, "ClassTree: a choice needs at least two classes, not \(count)")
  }
}
