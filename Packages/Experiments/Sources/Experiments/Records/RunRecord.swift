public import Files

/// A finished run, as it stands in `run.json`: everything the report shows, and what is needed to run it again.
///
/// It holds no times, so that the same run gives the same bytes; how long it took stands in `time.json`.
public struct RunRecord: Sendable, Equatable {
  /// The name of the file in the run folder.
  public static let fileName = "run.json"

  /// Which exercise it is.
  public var id: String, title: String, question: String
  /// Where it stands.
  public var place: Place
  /// The command that ran it.
  public var command: String
  /// The seed of all random numbers.
  public var seed: UInt64
  /// Whether it was a quick run.
  public var isQuick: Bool
  /// The settings of the experiment, by name, as one would type them.
  public var settings: [(name: String, value: String)]
  /// Which version ran, and which commit if the build knew it.
  public var software: String, commit: String?
  /// The worked answer.
  public var blocks: [Block]
  /// What was checked.
  public var checks: [Check]
  /// The files of the run folder.
  public var files: [String]

  /// Whether every check that is judged passes.
  public var passes: Bool { checks.allSatisfy { !$0.isJudged || $0.passes } }

  /// Compares everything, as it is written: a NaN is equal to a NaN.
  public static func == (a: RunRecord, b: RunRecord) -> Bool { a.json.text == b.json.text }
}

extension RunRecord {
  /// The record of a run.
  init(_ run: Run, at place: Place) {
    id = run.experiment.id
    title = run.experiment.title
    question = run.experiment.question
    self.place = place
    command = run.settings.command
    seed = run.seed
    isQuick = run.isQuick
    settings = run.experiment.parameters.map { ($0.name, run.value($0.name).description) }
    software = Software.text
    commit = Software.commit
    blocks = run.blocks
    checks = run.checks
    files = run.files
  }

  /// The record as JSON.
  var json: JSONValue {
    .object([
      ("format", .string("wabe-run")), ("version", .integer(1)), ("id", .string(id)), ("title", .string(title)),
      ("question", .string(question)), ("program", .string(place.program)), ("sheet", .string(place.sheet)),
      ("exercise", .string(place.exercise)), ("order", .integer(place.order)), ("command", .string(command)),
      ("seed", .unsigned(seed)), ("quick", .bool(isQuick)),
      ("settings", .object(settings.map { ($0.name, .string($0.value)) })), ("software", .string(software)),
      ("commit", commit.map { .string($0) } ?? .null), ("checks", .array(checks.map(\.json))),
      ("answer", .array(blocks.map(\.json))), ("files", .array(files.map { .string($0) })),
    ])
  }

  /// Reads the record of the run in a folder.
  public init(readingFrom folder: String) throws(LoadError) {
    let path = Folder(folder).file(Self.fileName)
    let bytes = try FileReader(limit: 64 << 20).read(path)
    let value: JSONValue
    do throws(JSONError) {
      value = try bytes.withBytes { bytes throws(JSONError) in try JSONValue(parsing: bytes) }
    } catch {
      throw .corrupt(path: path, expected: "JSON", found: "\(error)")
    }
    try self.init(RecordReader(path: path, value: value))
  }

  private init(_ reader: RecordReader) throws(LoadError) {
    guard try reader.text("format") == "wabe-run", try reader.integer("version") == 1 else {
      throw reader.error(expected: "a run of format 1")
    }
    id = try reader.text("id")
    title = try reader.text("title")
    question = try reader.text("question")
    place = Place(
      program: try reader.text("program"), sheet: try reader.text("sheet"), exercise: try reader.text("exercise"),
      order: try reader.integer("order"))
    command = try reader.text("command")
    seed = try UInt64(clamping: reader.integer("seed"))
    isQuick = reader.value["quick"]?.bool ?? false
    settings = []
    if case .object(let members)? = reader.value["settings"] {
      settings = members.map { ($0.name, $0.value.string ?? "") }
    }
    software = try reader.text("software")
    commit = reader.value["commit"]?.string
    checks = try reader.list("checks").map { item throws(LoadError) in try Check(item) }
    blocks = try reader.list("answer").map { item throws(LoadError) in try Block(item) }
    files = try reader.texts("files")
  }
}
