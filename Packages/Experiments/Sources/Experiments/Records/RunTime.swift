internal import Files

/// How long a run took: in a file of its own, so that `run.json` is the same for the same run.
enum RunTime {
  static let fileName = "time.json"

  static func write(_ seconds: Double, to folder: Folder) throws(SaveError) {
    let json = JSONValue.object([("seconds", .number((seconds * 1000).rounded() / 1000))])
    try AtomicWriter().write(Array((json.text + "\n").utf8), to: folder.file(fileName))
  }

  static func read(from folder: Folder) -> Double? {
    guard let bytes = try? FileReader(limit: 4096).read(folder.file(fileName)) else { return nil }
    return (try? bytes.withBytes { bytes throws(JSONError) in try JSONValue(parsing: bytes) })?["seconds"]?.number
  }
}
