import Foundation

/// Complaints about everything in which the manifest of a package and the root manifest differ.
func disagreements(root: Manifest, package: Manifest, name: String) -> [String] {
  var complaints: [String] = []
  func complain(_ text: String) { complaints.append("\(name): \(text)") }

  let folder = package.folder + "/"
  let rootTargets = root.targets.filter { ($0.folder + "/").hasPrefix(folder) }
  let inRoot = Dictionary(rootTargets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  let alone = Dictionary(package.targets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  for target in package.targets {
    guard let other = inRoot[target.name] else {
      complain("the root manifest does not declare target \(target.name) at \(target.folder)")
      continue
    }
    for difference in differences(target, other) { complain("target \(target.name): \(difference)") }
  }
  for target in rootTargets where alone[target.name] == nil {
    complain("only the root manifest declares target \(target.name)")
  }
  for product in package.products {
    let other = root.products.first { $0.name == product.name }?.description ?? "none"
    if other != product.description {
      complain("product \(product.name): here \(product.description), in the root \(other)")
    }
  }
  let offered = Set(package.products.map(\.name))
  for product in root.products where product.targets.contains(where: { inRoot[$0] != nil }) {
    if !offered.contains(product.name) { complain("only the root manifest offers product \(product.name)") }
  }
  if package.platforms != root.platforms { complain("the platforms differ from the root's") }
  if package.toolsVersion != root.toolsVersion { complain("the tools version differs from the root's") }
  return complaints
}

/// What differs between a target declared in its package (`a`) and in the root (`b`).
private func differences(_ a: Target, _ b: Target) -> [String] {
  var differences: [String] = []
  if a.type != b.type { differences.append("type \(a.type) here, \(b.type) in the root") }
  if a.folder != b.folder { differences.append("path \(a.folder) here, \(b.folder) in the root") }
  for name in Set(a.dependencies.keys).union(b.dependencies.keys).sorted() {
    switch (a.dependencies[name], b.dependencies[name]) {
    case (nil, _): differences.append("only the root depends on \(name)")
    case (_, nil): differences.append("only the package depends on \(name)")
    case (let here?, let there?) where here != there:
      differences.append("condition on \(name): here '\(here)', in the root '\(there)'")
    default: break
    }
  }
  for key in Set(a.rest.keys).union(b.rest.keys).sorted() where a.rest[key] != b.rest[key] {
    differences.append("\(key): here \(a.rest[key] ?? "none"), in the root \(b.rest[key] ?? "none")")
  }
  return differences
}

/// A complaint when the manifest in `folder` is longer than a reader should need.
func lengthComplaint(_ folder: String, name: String, limit: Int = 40) throws -> [String] {
  let text = try String(contentsOfFile: "\(folder)/Package.swift", encoding: .utf8)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
  return lines > limit ? ["\(name): Package.swift has \(lines) lines; the limit is \(limit)"] : []
}
