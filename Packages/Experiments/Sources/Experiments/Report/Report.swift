public import Files

/// All finished runs of a folder, to be read as one page.
public struct Report {
  /// A finished run and how long it took.
  struct Entry {
    let record: RunRecord
    let folder: Folder
    let seconds: Double?
  }

  /// The runs, in the order of the sheets and their exercises.
  let entries: [Entry]
  /// Folders whose record cannot be read, with the reason.
  public let damaged: [(name: String, reason: LoadError)]

  /// Reads all runs below a folder.
  public init(readingFrom path: String) throws(LoadError) {
    let root = Folder(path)
    var entries: [Entry] = []
    var damaged: [(name: String, reason: LoadError)] = []
    for name in try root.names {
      let folder = Folder(root.file(name))
      guard let names = try? folder.names, names.contains(RunRecord.fileName) else { continue }
      do throws(LoadError) {
        let record = try RunRecord(readingFrom: folder.path)
        entries.append(Entry(record: record, folder: folder, seconds: RunTime.read(from: folder)))
      } catch {
        damaged.append((name, error))
      }
    }
    self.damaged = damaged
    self.entries = entries.sorted { a, b in
      (a.record.place.program.sheetOrder, a.record.place.order) < (
        b.record.place.program.sheetOrder, b.record.place.order
      )
    }
  }

  /// The number of finished parts.
  public var parts: Int { entries.count }
  /// All checks of all parts.
  public var checks: [Check] { entries.flatMap(\.record.checks) }
  /// How many checks that are judged fail.
  public var failures: Int { checks.count { $0.isJudged && !$0.passes } }

  /// The runs by sheet, and in a sheet by exercise.
  var sheets: [(title: String, program: String, exercises: [(title: String, entries: [Entry])])] {
    var result: [(title: String, program: String, exercises: [(title: String, entries: [Entry])])] = []
    for entry in entries {
      let place = entry.record.place
      if result.last?.program != place.program { result.append((place.sheet, place.program, [])) }
      var exercises = result[result.count - 1].exercises
      if exercises.last?.title != place.exercise { exercises.append((place.exercise, [])) }
      exercises[exercises.count - 1].entries.append(entry)
      result[result.count - 1].exercises = exercises
    }
    return result
  }
}

extension String {
  /// Sheets are read in the order in which the course hands them out; programs of others come last, by name.
  fileprivate var sheetOrder: String {
    let known = ["rgnn-sheet01", "ci-sheet04", "nnti-sheet06", "nnti-sheet07"]
    return known.firstIndex(of: self).map { "\($0)" } ?? "9 \(self)"
  }
}
