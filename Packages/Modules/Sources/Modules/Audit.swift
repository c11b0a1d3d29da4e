internal import Tensors

extension Module {
  /// Stops the program if `visit` forgets a property that holds tensors, and says which line to add.
  ///
  /// A forgotten parameter is silently never trained nor saved, so an optimizer calls this once when it meets a model.
  /// What hides in closures or class instances cannot be seen.
  public func audit() {
    let findings = auditFindings
    if let first = findings.first {
      let more = findings.count > 1 ? "\n" + findings.dropFirst().joined(separator: "\n") : ""
      fatalError(first + more)
    }
  }

  /// What is wrong with `visit`, one sentence each; empty for a module that shows everything once.
  public var auditFindings: [String] {
    var findings: [String] = []
    inspect(self, path: "", &findings)
    return findings
  }
}

/// Looks at one module and then at the modules inside it.
private func inspect(_ module: some Module, path: String, _ findings: inout [String]) {
  let type = "\(Swift.type(of: module))" + (path.isEmpty ? "" : " at \(path)")
  let shown = Inventory(of: module)
  for name in shown.repeatedPaths {
    findings.append("\(type): visit shows two tensors as \(name): give each a name of its own")
  }
  let properties = Mirror(reflecting: module).children.map { ($0.label ?? "", $0.value) }
  let held = properties.map { countTensors(in: $0.1) }
  // As many as there are: then everything inside this module is shown as well.
  if held.reduce(0, +) <= shown.tensorCount { return }
  let before = findings.count
  for (index, (label, value)) in properties.enumerated() where held[index] > 0 {
    let name = label.hasPrefix("_") ? String(label.dropFirst()) : label
    if !shown.topNames.contains(name) && !shown.topNames.contains(label) {
      findings.append("\(type): visit does not show \(name): add  \(line(for: label, name, value))")
    }
  }
  for (label, value) in properties {
    for (suffix, inner) in modules(in: value) {
      inspect(inner, path: (path.isEmpty ? "" : path + ".") + label + suffix, &findings)
    }
  }
  if findings.count == before {
    findings.append(
      "\(type): it holds \(held.reduce(0, +)) tensors and visit shows \(shown.tensorCount): "
        + "show every element of its lists and every tensor of its structs")
  }
}

/// The line that shows a property to a visitor.
private func line(for label: String, _ name: String, _ value: Any) -> String {
  let unwrapped = content(of: value)
  if unwrapped is Tensor {
    return
      "visitor.parameter(\"\(name)\", &\(label))  or, if it is not trained,  visitor.buffer(\"\(name)\", &\(label))"
  }
  if unwrapped is any Module { return "visitor.child(\"\(name)\", &\(label))" }
  if unwrapped is [any Module] { return "visitor.children(\"\(name)\", &\(label))" }
  return "a line for every tensor inside \(label)"
}

/// The value inside an optional, or the value itself.
private func content(of value: Any) -> Any {
  let mirror = Mirror(reflecting: value)
  guard mirror.displayStyle == .optional else { return value }
  return mirror.children.first.map { content(of: $0.value) } ?? value
}

/// The number of tensors in a value, however deep.
private func countTensors(in value: Any) -> Int {
  if value is Tensor { return 1 }
  let mirror = Mirror(reflecting: value)
  if mirror.displayStyle == .class { return 0 }
  return mirror.children.reduce(0) { $0 + countTensors(in: $1.value) }
}

/// The modules directly in a property, with the rest of their path.
private func modules(in value: Any) -> [(suffix: String, module: any Module)] {
  if let module = value as? any Module { return [("", module)] }
  if value is Tensor { return [] }
  let mirror = Mirror(reflecting: value)
  if mirror.displayStyle == .class { return [] }
  return mirror.children.enumerated().flatMap { index, child in
    let own = mirror.displayStyle == .optional ? "" : "." + (child.label ?? "\(index)")
    return modules(in: child.value).map { (own + $0.suffix, $0.module) }
  }
}

/// What a module shows to visitors.
private struct Inventory: ModuleVisitor {
  private(set) var tensorCount = 0
  /// The names that appear in the module's own `visit`.
  private(set) var topNames: Set<String> = []
  private var names = Paths()
  private var depth = 0

  init(of module: some Module) {
    var copy = module
    copy.visit(&self)
  }

  mutating func parameter(_ name: String, _ value: inout Tensor) {
    note(name)
    names.add(name)
    tensorCount += 1
  }

  mutating func buffer(_ name: String, _ value: inout Tensor) { parameter(name, &value) }

  mutating func enter(_ name: String) {
    note(name)
    names.enter(name)
    depth += 1
  }

  mutating func leave() {
    names.leave()
    depth -= 1
  }

  /// The paths under which more than one tensor is shown, each once, in order.
  var repeatedPaths: [String] {
    var seen: Set<String> = []
    var repeated: [String] = []
    for path in names.all where !seen.insert(path).inserted && !repeated.contains(path) { repeated.append(path) }
    return repeated
  }

  private mutating func note(_ name: String) { if depth == 0 { topNames.insert(name) } }
}
