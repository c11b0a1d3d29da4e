import Console
import Glibc
import Testing

/// The line that a debug build begins with.
private let warning =
  DebugBuild.isActive
  ? "console-probe: warning: a debug build is many times slower: build with -c release\n" : ""

private func run(_ arguments: String..., output: String? = nil) throws -> (code: Int32, output: String, errors: String)
{
  try Probe(arguments, output: output).end()
}

/// One after the other, so that no process inherits the pipes of another.
@Suite(.serialized)
struct ProcessTests {
  @Test("a program ends with the documented exit code and says why on standard error")
  func exitCodes() throws {
    #expect(try run("--version") == (0, "console-probe 1.2.3\n", ""))
    let unknown = "console-probe count: unknown option --too: did you mean --to?\nSee console-probe count --help.\n"
    #expect(try run("count", "--too", "3") == (2, "", unknown))
    let mishap = "console-probe: error: rings.csv: line 3: expected 2 numbers, found \"\\u{1B}[31m\"\n"
    #expect(try run("fail") == (1, "", warning + mishap))
    let refusal =
      "console-probe contradict: --quiet and --loud exclude each other\nSee console-probe contradict --help.\n"
    #expect(try run("contradict") == (2, "", warning + refusal))
    #expect(try run("judge") == (3, "", warning))
  }

  @Test("no list of arguments ends the program by a signal or with another code")
  func strangeArguments() throws {
    let words = [
      "", "-", "--", "---", "-=", "--=", "=", "-q", "-qq", "-\u{301}", "--quiet=", "count", "--to", "0", "-1", "judge",
      "--color", "never", "\u{1B}[31m", "🐝", "--hel", "-qh", "99999999999999999999",
      String(repeating: "x", count: 10_000),
    ]
    var number: UInt64 = 7
    for _ in 0..<200 {
      let arguments: [String] = (0..<4).map { _ in
        number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return words[Int(number >> 33) % words.count]
      }
      let code = try Probe(arguments, output: "/dev/full").end().code
      #expect([0, 1, 2, 3].contains(code), "\(arguments)")
    }
  }

  @Test(
    "a program that listens ends after a whole line with 128 + the signal, one that does not is ended at once",
    arguments: [(Int32(2), Int32(130)), (15, 143)])
  func interruption(signal: Int32, code: Int32) throws {
    let listening = try Probe(["count", "--listen"])
    let beginning = listening.waitForOutput()
    listening.send(signal)
    let result = listening.end()
    #expect(result.code == code)
    #expect((beginning + result.output).last == "\n")
    #expect(result.errors == warning + "stopped after a whole line\n")
    let deaf = try Probe(["count"])
    deaf.waitForOutput()
    deaf.send(signal)
    #expect(deaf.end().code == -signal)
  }

  @Test("a second signal ends a program that is too busy to notice the first")
  func secondInterruption() throws {
    let probe = try Probe(["stall"])
    probe.waitForOutput()
    probe.send(SIGINT)
    // The program says when the first has arrived; two equal signals at once would be one.
    probe.waitForOutput()
    probe.send(SIGINT)
    let result = probe.end()
    #expect(result.code == 130)
    #expect(result.errors == warning)
  }

  @Test("a closed pipe ends a program quietly, and one that listens after its step", arguments: [false, true])
  func closedPipes(listens: Bool) throws {
    let probe = try Probe(["count"] + (listens ? ["--listen"] : []))
    probe.waitForOutput()
    probe.closeOutput()
    let result = probe.end()
    #expect(result.code == 0)
    #expect(result.errors == warning + (listens ? "stopped after a whole line\n" : ""))
  }

  @Test(
    "output that cannot be written is a failure that is told, however it was printed", arguments: ["print", "count"])
  func fullDevice(subcommand: String) throws {
    let result = try run(subcommand, output: "/dev/full")
    #expect(result.code == 1)
    #expect(result.errors == warning + "console-probe: error: standard output: cannot write: No space left on device\n")
  }

  @Test("what is printed in either way comes in order")
  func outputOrder() throws {
    #expect(try run("print", "-q") == (0, "first\nsecond\nquiet\n", warning))
  }

  @Test("streams that are pipes have no colours unless they are forced")
  func pipes() throws {
    for (word, color) in [("auto", "false"), ("always", "true")] {
      let facts = "terminal false, colour \(color), width 80"
      #expect(try run("see", "--color", word) == (0, "output: \(facts)\nerror: \(facts)\n", warning))
    }
  }
}
