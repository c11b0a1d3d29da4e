import Visualization

/// What a decision boundary looks like, in a word.
enum BoundaryKind: Hashable, Comparable {
  /// It runs out of the plane that was looked at.
  case open
  /// There is none: the net says the same everywhere.
  case missing
  /// There are several loops.
  case several
  /// One loop without corners.
  case round
  /// One loop with so many corners.
  case corners(Int)

  /// The kind of a boundary; of a smooth one the places of strong bending count as corners.
  init(_ report: BoundaryReport, isSmooth: Bool) {
    if report.openCount > 0 {
      self = .open
    } else if report.loops.count != 1 {
      self = report.loops.isEmpty ? .missing : .several
    } else if isSmooth {
      let bends = report.loops[0].bends().count
      self = bends < 3 ? .round : .corners(bends)
    } else {
      self = .corners(report.corners)
    }
  }

  /// The kind as a table shows it.
  var text: String {
    switch self {
    case .open: "open"
    case .missing: "none"
    case .several: "several"
    case .round: "round"
    case .corners(let count): String(count)
    }
  }
}

extension FamilyTraining {
  /// The kind of boundary of each net.
  var kinds: [BoundaryKind] { (0..<count).map { BoundaryKind(boundary($0), isSmooth: recipe.bend.exact == nil) } }

  /// Whether the boundary of a net is one convex hexagon.
  func isHexagon(_ net: Int) -> Bool {
    let report = boundary(net)
    let kind = BoundaryKind(report, isSmooth: recipe.bend.exact == nil)
    return kind == .corners(6) && (report.polygon?.isConvex ?? false)
  }
}
