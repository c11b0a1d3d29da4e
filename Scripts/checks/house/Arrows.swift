import Foundation

/// The table of Scripts/arrows.txt.
struct Arrows {
  /// The packages that a package may depend on.
  private(set) var packages: [String: Set<String>] = [:]
  /// The packages that may include a C library's headers, by the first part of the header's name.
  private(set) var headers: [String: Set<String>] = [:]

  /// Reads the table from a file.
  init(file: String) throws {
    for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
      let sides = line.split(separator: ":", omittingEmptySubsequences: false)
      guard sides.count == 2 else { throw Complaint(text: "\(file): '\(line)' is not 'A: B C'") }
      let allowed = Set(sides[1].split(separator: " ").map(String.init))
      if sides[0].hasPrefix("<") {
        headers[sides[0].filter { $0 != "<" && $0 != ">" }] = allowed
      } else {
        // A package may name only those above it: so the arrows cannot run in a circle.
        if let stranger = allowed.subtracting(packages.keys).min() {
          throw Complaint(text: "\(file): \(stranger) is not above \(sides[0])")
        }
        packages[String(sides[0])] = allowed
      }
    }
  }
}

/// Complaints about dependencies that point against the arrows, and imports and dependencies that do not match.
func arrowComplaints(root: Manifest, at folder: String, arrows: Arrows) throws -> [String] {
  var complaints: [String] = []
  let targets = Dictionary(root.targets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  let sources = try Dictionary(uniqueKeysWithValues: root.targets.map { ($0.name, try Sources(of: $0)) })
  let packages = targets.mapValues { packageName(of: $0, root: folder) }

  for target in root.targets {
    guard let own = sources[target.name] else { continue }
    let package = packages[target.name] ?? nil
    if let package {
      complaints += crossings(of: target, in: package, packages: packages, sources: sources, arrows: arrows)
      complaints += own.includes.compactMap { include in
        guard let allowed = arrows.headers[include.name], !allowed.contains(package) else { return nil }
        return "\(include.place): only \(allowed.sorted().joined(separator: ", ")) may include <\(include.name)…>"
      }
    }
    let declared = Set(target.dependencies.keys)
    for use in own.imports where targets[use.name] != nil && use.name != target.name && !declared.contains(use.name) {
      complaints.append("\(use.place): imports \(use.name), which target \(target.name) does not declare")
    }
    let imported = Set(own.imports.map(\.name))
    if package != nil && own.isSwift {
      for idle in declared.subtracting(imported).sorted() {
        complaints.append("target \(target.name) declares \(idle) and never imports it")
      }
    }
    for clash in own.types where clash.name == target.name {
      complaints.append("\(clash.place): a type may not have the name of its module, \(target.name)")
    }
  }
  return complaints
}

/// Complaints about the dependencies of `target` on targets of other packages.
private func crossings(
  of target: Target, in package: String, packages: [String: String?], sources: [String: Sources], arrows: Arrows
) -> [String] {
  guard let allowed = arrows.packages[package] else { return ["Scripts/arrows.txt has no line for \(package)"] }
  return target.dependencies.keys.sorted().compactMap { name in
    guard let other = packages[name] ?? nil, other != package else { return nil }
    if !allowed.contains(other) {
      return "target \(target.name) of \(package) depends on \(name): no arrow from \(package) to \(other)"
    }
    if sources[name]?.isSwift == false {
      return "target \(target.name) depends on \(name), C code that belongs to \(other) alone"
    }
    return nil
  }
}

/// The package whose folder holds the target; nil for apps and tests.
private func packageName(of target: Target, root: String) -> String? {
  let prefix = root + "/Packages/"
  guard target.folder.hasPrefix(prefix) else { return nil }
  return target.folder.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
}
