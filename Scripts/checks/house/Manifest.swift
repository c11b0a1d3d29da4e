import Foundation

/// A sentence about what is wrong, for the person who has to mend it.
struct Complaint: Error {
  let text: String
}

/// One target of a manifest, in a form in which targets of two manifests can be compared.
struct Target {
  let name: String
  let type: String
  /// The folder of the sources, absolute.
  let folder: String
  /// Each dependency's name with the canonical JSON of its condition; empty when it has none.
  let dependencies: [String: String]
  /// All the manifest says besides (settings, resources, excludes, …), as canonical JSON by key.
  let rest: [String: String]
}

/// One product of a manifest.
struct Product {
  let name: String
  let targets: [String]
  /// All the manifest says about it, as canonical JSON.
  let description: String
}

/// What `swift package dump-package` says about one manifest.
struct Manifest {
  let folder: String
  let targets: [Target]
  let products: [Product]
  let platforms: String
  let toolsVersion: String

  /// Reads the dump of the manifest in `folder`.
  init(ofFolder folder: String, dump: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: dump))
    guard
      let json = try JSONSerialization.jsonObject(with: data) as? [String: Any],
      let targets = json["targets"] as? [[String: Any]],
      let products = json["products"] as? [[String: Any]]
    else { throw Complaint(text: "\(dump) is not the output of `swift package dump-package`") }
    self.folder = folder
    self.targets = try targets.map { try Target($0, in: folder) }
    self.products = products.map {
      Product(
        name: $0["name"] as? String ?? "", targets: $0["targets"] as? [String] ?? [], description: canonical($0))
    }
    self.platforms = canonical(json["platforms"])
    self.toolsVersion = canonical(json["toolsVersion"])
  }
}

extension Target {
  /// Reads one entry of `targets`; `folder` holds the manifest.
  fileprivate init(_ json: [String: Any], in folder: String) throws {
    guard let name = json["name"] as? String, let type = json["type"] as? String else {
      throw Complaint(text: "\(folder)/Package.swift has a target without name or type")
    }
    let path = json["path"] as? String ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)")
    var dependencies: [String: String] = [:]
    for dependency in json["dependencies"] as? [[String: [Any]]] ?? [] {
      // {"byName": [name, condition]}, {"target": [name, condition]} or {"product": [name, package, aliases, condition]}:
      // the root names a target where a package alone has to name another package's product.
      guard let values = dependency.values.first, let other = values.first as? String else { continue }
      dependencies[other] = canonical(values.last as? [String: Any])
    }
    let compared = ["name", "type", "path", "dependencies"]
    self.name = name
    self.type = type
    self.folder = URL(fileURLWithPath: "\(folder)/\(path)").standardizedFileURL.path
    self.dependencies = dependencies
    self.rest = json.filter { !compared.contains($0.key) }.mapValues { canonical($0) }
  }
}

/// JSON with sorted keys, equal for equal values; empty for nothing.
private func canonical(_ json: Any?) -> String {
  let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
  guard let json, let data = try? JSONSerialization.data(withJSONObject: json, options: options) else { return "" }
  return String(decoding: data, as: UTF8.self)
}
