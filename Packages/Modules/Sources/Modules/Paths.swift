/// The names of tensors in a tree of modules, joined to dotted paths only when someone asks.
///
/// Training goes through a model at every step but needs no path as long as all is well, so names are noted as they
/// come, each with the number of the name it is under.
struct Paths: Sendable {
  private var names: [String] = []
  private var parents: [Int32] = []
  private var current: Int32 = -1
  private var leaves: [Int32] = []

  /// No names, with room for those of a small model: lists that grow one by one cost a twentieth of a small step.
  init() {
    names.reserveCapacity(16)
    parents.reserveCapacity(16)
    leaves.reserveCapacity(16)
  }

  /// The number of tensors noted.
  var count: Int { leaves.count }

  mutating func enter(_ name: String) {
    append(name)
    current = Int32(truncatingIfNeeded: names.count - 1)
  }

  mutating func leave() { current = parents[Int(current)] }

  /// Notes a tensor of the module entered last.
  mutating func add(_ name: String) {
    append(name)
    leaves.append(Int32(truncatingIfNeeded: names.count - 1))
  }

  private mutating func append(_ name: String) {
    names.append(name)
    parents.append(current)
  }

  /// The dotted path of tensor `position`.
  subscript(position: Int) -> String {
    var node = Int(leaves[position])
    var path = names[node]
    while parents[node] >= 0 {
      node = Int(parents[node])
      path = names[node] + "." + path
    }
    return path
  }

  /// The dotted path of the module that the next name belongs to, ending in a dot unless it is the whole.
  var prefix: String {
    var node = current
    var path = ""
    while node >= 0 {
      path = names[Int(node)] + "." + path
      node = parents[Int(node)]
    }
    return path
  }

  /// All paths in order.
  var all: [String] { (0..<count).map { self[$0] } }
}
