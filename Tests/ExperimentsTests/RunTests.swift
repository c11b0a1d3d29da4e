import Experiments
import Foundation
import Layers
import Losses
import Modules
import Optimizers
import Plotting
import Tensors
import Testing

@Suite("Runs")
struct RunTests {
  /// Says something of every kind.
  static let everything = Sample { run in
    run.heading("A heading")
    run.say("With `code` & *emphasis*, 2 * 3 < 7.")
    run.formula("σ(x)", "∂L/∂x")
    run.listing("a -> b")
    run.table("Values", columns: ["η", "steps"], rows: [["0.1", "3"], ["−1", "∞"]])
    run.check("nine", 9, equals: 9)
    run.check("lost", .nan, atMost: 1)
    run.expect("far", .infinity, between: 1, and: 2)
    let values = (0..<4).map { Double($0 * Int(run.seed)) }
    try run.figure("line", caption: "A line & more") { Figure(width: 200, height: 150) { $0.line(values) } }
    try run.write("numbers", columns: ["a"], rows: [[1], [2]])
  }

  static func settings(_ folder: String, seed: UInt64 = 7) -> Settings {
    var settings = Settings()
    settings.output = folder
    settings.seed = seed
    settings.command = "sample-sheet test.1"
    return settings
  }

  @Test("the record in the folder is the record of the run")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let record = try Run.execute(Self.everything, Self.settings(folder), at: Sample.place)
      #expect(try RunRecord(readingFrom: "\(folder)/test.1") == record)
      #expect(record.blocks.count == 6 && record.checks.count == 3 && !record.passes)
      #expect(
        names(below: folder).filter { $0.contains("/") } == [
          "test.1/line.png", "test.1/numbers.csv", "test.1/run.json",
        ])
    }
  }

  @Test(
    "a survey ends where the user wants to stop, and leaves no record that looks complete", arguments: [true, false])
  func interruption(isInterrupted: Bool) throws {
    try withTemporaryFolder { folder in
      var settings = Self.settings(folder)
      settings.isInterrupted = { isInterrupted }
      let survey = Sample { run in
        for part in 1...3 { try run.report(part, of: 3, in: "survey") }
        run.check("all parts", 3, equals: 3)
      }
      if isInterrupted {
        let error = #expect(throws: Interrupted.self) { try Run.execute(survey, settings, at: Sample.place) }
        #expect(error?.description == "test.1: stopped before its end; --resume runs this part again")
        #expect(names(below: folder).allSatisfy { !$0.hasSuffix("run.json") })
      } else {
        let record = try Run.execute(survey, settings, at: Sample.place)
        #expect(record.checks.count == 1)
      }
    }
  }

  @Test("the same run gives the same bytes, another seed does not")
  func sameBytes() throws {
    try withTemporaryFolder { folder in
      for (name, seed) in [("a", UInt64(7)), ("b", 7), ("c", 8)] {
        _ = try Run.execute(Self.everything, Self.settings("\(folder)/\(name)", seed: seed), at: Sample.place)
      }
      for file in ["run.json", "line.png"] {
        let first = try bytes("\(folder)/a/test.1/\(file)")
        #expect(try bytes("\(folder)/b/test.1/\(file)") == first)
        #expect(try bytes("\(folder)/c/test.1/\(file)") != first)
      }
    }
  }

  @Test("an earlier run is replaced only when asked, and files of others stay")
  func refusal() throws {
    try withTemporaryFolder { folder in
      var settings = Self.settings(folder)
      _ = try Run.execute(Self.everything, settings, at: Sample.place)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/test.1/notes.txt"))
      let before = try bytes("\(folder)/test.1/run.json")
      #expect(throws: RunError.exists(path: "\(folder)/test.1")) {
        try Run.execute(Self.everything, settings, at: Sample.place)
      }
      #expect(try bytes("\(folder)/test.1/run.json") == before)
      settings.isForced = true
      _ = try Run.execute(Sample { $0.check("now", holds: true) }, settings, at: Sample.place)
      #expect(names(below: "\(folder)/test.1") == ["notes.txt", "run.json"])
    }
  }

  @Test("a record that names files elsewhere removes none of them")
  func hostileRecord() throws {
    try withTemporaryFolder { folder in
      var settings = Self.settings(folder)
      _ = try Run.execute(Self.everything, settings, at: Sample.place)
      let path = "\(folder)/test.1/run.json"
      let text = String(decoding: try bytes(path), as: UTF8.self)
      try Data("keep".utf8).write(to: URL(fileURLWithPath: "\(folder)/keep.txt"))
      try Data(text.replacingOccurrences(of: "numbers.csv", with: "../keep.txt").utf8).write(
        to: URL(fileURLWithPath: path))
      settings.isForced = true
      _ = try Run.execute(Self.everything, settings, at: Sample.place)
      #expect(try bytes("\(folder)/keep.txt") == Data("keep".utf8))
    }
  }
}
