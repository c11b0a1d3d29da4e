import Foundation

/// The part of the compiler's symbol graph of one module that says what is public and documented.
private struct SymbolGraph: Decodable {
  struct Symbol: Decodable {
    let identifier: Identifier
    let pathComponents: [String]
    let docComment: Comment?
    let location: Location?
  }
  struct Identifier: Decodable {
    let precise: String
  }
  struct Comment: Decodable {}
  struct Location: Decodable {
    let uri: String
    let position: Position
  }
  struct Position: Decodable {
    let line: Int
  }
  struct Relationship: Decodable {
    let source: String
    let sourceOrigin: Origin?
  }
  struct Origin: Decodable {}

  let symbols: [Symbol]
  let relationships: [Relationship]
}

/// Complaints about public symbols without a doc comment, from the symbol graphs in a folder.
func undocumented(in folder: String, root: String) throws -> [String] {
  var complaints: [String] = []
  for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where file.hasSuffix(".json") {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))
    let graph = try JSONDecoder().decode(SymbolGraph.self, from: data)
    // A symbol that fulfils a requirement of a protocol has that requirement as its origin, and shows its comment.
    let inheriting = Set(graph.relationships.filter { $0.sourceOrigin != nil }.map(\.source))
    for symbol in graph.symbols where symbol.docComment == nil && !inheriting.contains(symbol.identifier.precise) {
      // Without a place it is not written in the source: the compiler or a protocol's extension supplies it.
      guard let location = symbol.location, let path = URL(string: location.uri)?.path else { continue }
      let name = symbol.pathComponents.joined(separator: ".")
      complaints.append("\(path):\(location.position.line + 1): \(name) is public and has no doc comment")
    }
  }
  return complaints
}
