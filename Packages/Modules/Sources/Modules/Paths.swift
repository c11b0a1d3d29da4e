/// The names of tensors in a tree of modules, joined to dotted paths only when someone asks.
///
/// Training goes through a model at every step but needs no path as long as all is well, so names are noted as they
/// come, each with the number of the name it is under.
struct Paths: Sendable {
  private struct Name: Sendable {
    let text: String
    /// The number of the name that this one is under, or −1.
    let parent: Int32
    let isTensor: Bool
  }

  private var names: [Name] = []
  private var current: Int32 = -1

  /// The number of tensors noted.
  private(set) var count = 0

  /// No names, with room for those of a small model: lists that grow one by one cost a twentieth of a small step.
  init() { names.reserveCapacity(32) }

  mutating func enter(_ name: String) {
    names.append(Name(text: name, parent: current, isTensor: false))
    current = Int32(truncatingIfNeeded: names.count - 1)
  }

  mutating func leave() { current = names[Int(current)].parent }

  /// Notes a tensor of the module entered last.
  mutating func add(_ name: String) {
    names.append(Name(text: name, parent: current, isTensor: true))
    count += 1
  }

  /// The dotted path of tensor `position`.
  subscript(position: Int) -> String { all[position] }

  /// The dotted path of the module that the next name belongs to, ending in a dot unless it is the whole.
  var prefix: String { current < 0 ? "" : path(of: names[Int(current)]) + "." }

  /// All paths in order.
  var all: [String] { names.filter(\.isTensor).map { path(of: $0) } }

  private func path(of name: Name) -> String {
    var name = name
    var path = name.text
    while name.parent >= 0 {
      name = names[Int(name.parent)]
      path = name.text + "." + path
    }
    return path
  }
}
