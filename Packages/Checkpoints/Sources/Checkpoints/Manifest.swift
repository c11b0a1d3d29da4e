internal import Files

/// What a checkpoint says about itself, as JSON in the array `meta`.
struct Manifest {
  static let newestVersion = 1

  var progress: Progress
  /// The types that HDF5 stores as another: truth values are bytes there.
  var truthValues: [String]

  var array: NamedArray {
    let values = progress.values.sorted { $0.key < $1.key }
    let json = JSONValue.object([
      ("format", .string("wabe checkpoint")), ("version", .integer(Self.newestVersion)),
      ("epoch", .integer(progress.epoch)), ("step", .integer(progress.step)),
      ("score", progress.score.map { .number($0) } ?? .null),
      ("truth_values", .array(truthValues.map { .string($0) })),
      ("values", .object(values.map { ($0.key, $0.value) })),
    ])
    let bytes = Array(json.text.utf8)
    return NamedArray(name: "meta", type: .uint8, shape: [bytes.count], bytes: ByteArray(bytes))
  }

  init(progress: Progress, truthValues: [String]) {
    self.progress = progress
    self.truthValues = truthValues
  }

  init(_ array: NamedArray, path: String) throws(LoadError) {
    let json: JSONValue
    do throws(JSONError) { json = try JSONValue(parsing: array.bytes.withBytes { Array($0) }) } catch {
      throw .corrupt(path: path, expected: "a manifest", found: error.description)
    }
    guard json["format"]?.string == "wabe checkpoint", let version = json["version"]?.integer else {
      throw .corrupt(path: path, expected: "the manifest of a checkpoint", found: "another one")
    }
    if version > Self.newestVersion {
      throw .unsupportedVersion(path: path, found: version, newest: Self.newestVersion)
    }
    guard let epoch = json["epoch"]?.integer, let step = json["step"]?.integer,
      let names = json["truth_values"]?.array, case .object(let values)? = json["values"]
    else { throw .corrupt(path: path, expected: "epoch, step and values in the manifest", found: "not all of them") }
    progress = Progress(epoch: epoch, step: step, score: json["score"]?.number)
    for (name, value) in values { progress.values[name] = value }
    truthValues = names.compactMap(\.string)
  }
}
