import Console
import Testing

/// What a redrawn line shows, without the codes that clear it.
private func shown(_ text: String) -> [String] {
  text.replacing("\u{1B}[K", with: "").split(separator: "\r").map(String.init)
}

@Test(
  "the line shows what fits the width, the least important first to go",
  arguments: [
    (100, "rings  ━━━━━━━━━━━━━─────────────────   45 %   900/2000  90.0 steps/s  0:12 left  loss 0.125"),
    (80, "rings  ━━━━──────   45 %   900/2000  90.0 steps/s  0:12 left  loss 0.125"),
    (70, "rings  ━━━━━━━━━───────────   45 %   900/2000  0:12 left  loss 0.125"),
    (50, "rings  ━━━━──────   45 %  0:12 left  loss 0.125"),
    (40, "rings  ━━━━──────   45 %  0:12 left"),
    (30, "rings   45 %  0:12 left"),
    (16, "rings   45 %"),
    (10, "rings   …"),
  ])
func fittingLines(width: Int, line: String) {
  let (recorder, clock) = (Recorder(), ManualClock())
  let bar = ProgressBar("rings", total: 2000, on: recorder.terminal(isTerminal: true, width: width), clock: clock)
  clock.advance(by: .seconds(10))
  bar.advance(by: 900, note: "loss 0.125")
  let last = shown(recorder.text).last ?? ""
  #expect(last == line)
  #expect(displayWidth(last) < width)
  bar.clear()
}

@Test("a terminal that is not set to UTF-8 gets a bar of ASCII")
func asciiBar() {
  let recorder = Recorder()
  let bar = ProgressBar(
    "rings", total: 10, completed: 5, on: recorder.terminal(isTerminal: true, isUnicode: false), clock: ManualClock())
  #expect(recorder.take() == "\rrings  ###############...............   50 %   5/10\u{1B}[K")
  bar.clear()
  #expect(recorder.text == "\r\u{1B}[K")
}

@Test("colours stand around the two parts of the bar and nowhere else")
func coloredBar() {
  let recorder = Recorder()
  let terminal = recorder.terminal(isTerminal: true, hasColor: true, width: 40)
  let bar = ProgressBar("rings", total: 10, completed: 5, on: terminal, clock: ManualClock())
  #expect(recorder.text == "\rrings  \u{1B}[36m━━━━━\u{1B}[0m\u{1B}[2m─────\u{1B}[0m   50 %   5/10\u{1B}[K")
  bar.clear()
}

@Test("the line is drawn at most ten times a second, and a note is made only then")
func redrawRate() {
  let (recorder, clock) = (Recorder(), ManualClock())
  var notes = 0
  func note() -> String {
    notes += 1
    return ""
  }
  let bar = ProgressBar("rings", total: 10_000, on: recorder.terminal(isTerminal: true), clock: clock)
  for _ in 0..<3000 {
    clock.advance(by: .milliseconds(1))
    bar.advance(note: note())
  }
  #expect(notes == 30)
  #expect(shown(recorder.take()).count == 31)
  bar.finish()
}

@Test("a finished bar leaves one line, one that is cleared or forgotten leaves none")
func endings() {
  let (recorder, clock) = (Recorder(), ManualClock())
  let terminal = recorder.terminal(isTerminal: true)
  do {
    let bar = ProgressBar("rings", total: 100, on: terminal, clock: clock)
    clock.advance(by: .seconds(50))
    bar.advance(by: 100)
    _ = recorder.take()
    bar.finish(note: "loss 0.1")
    bar.advance()
    bar.finish()
  }
  #expect(recorder.take() == "\r\u{1B}[Krings: 100 steps in 0:50 (2.0 steps/s), loss 0.1\n")
  _ = ProgressBar("rings", total: 100, on: terminal, clock: clock)
  #expect(recorder.take().hasSuffix("\r\u{1B}[K"))
}

@Test("a line printed in between stands above the bar")
func printingAbove() {
  let recorder = Recorder()
  let bar = ProgressBar("r", total: 10, on: recorder.terminal(isTerminal: true, width: 20), clock: ManualClock())
  _ = recorder.take()
  bar.print("epoch 1")
  #expect(recorder.take() == "\r\u{1B}[Kepoch 1\n\rr    0 %\u{1B}[K")
  bar.clear()
}

@Test("a file gets a plain line for each tenth, without control codes")
func plainLines() {
  let (recorder, clock) = (Recorder(), ManualClock())
  let bar = ProgressBar("rings", total: 200, on: recorder.terminal(), clock: clock)
  for _ in 0..<200 {
    clock.advance(by: .milliseconds(100))
    bar.advance(note: "loss 0.5")
  }
  bar.finish(note: "loss 0.5")
  let lines = recorder.text.split(separator: "\n")
  #expect(lines.count == 10)
  #expect(lines.first == "rings: 10 % (20/200 steps), 10.0 steps/s, 0:18 left, loss 0.5")
  #expect(lines.last == "rings: 200 steps in 0:20 (10.0 steps/s), loss 0.5")
  #expect(!recorder.text.contains { $0 == "\r" || $0 == "\u{1B}" })
}

@Test("a file gets at most a line per second from a fast task, and one per interval from a slow one")
func plainIntervals() {
  let (recorder, clock) = (Recorder(), ManualClock())
  let fast = ProgressBar("fast", total: 100, on: recorder.terminal(), clock: clock)
  for _ in 0..<100 {
    clock.advance(by: .milliseconds(25))
    fast.advance()
  }
  fast.clear()
  #expect(recorder.take().split(separator: "\n").map { $0.prefix(10) } == ["fast: 10 %", "fast: 50 %", "fast: 90 %"])
  let slow = ProgressBar(
    "slow", total: nil, unit: "files", on: recorder.terminal(), interval: .seconds(30), clock: clock)
  for _ in 0..<100 {
    clock.advance(by: .seconds(1))
    slow.advance()
  }
  slow.clear()
  #expect(recorder.text == [30, 60, 90].map { "slow: \($0) files, 1.0 files/s\n" }.joined())
}

@Test("a resumed task counts only its own steps into the speed")
func resumedSpeed() {
  let (recorder, clock) = (Recorder(), ManualClock())
  let bar = ProgressBar("rings", total: 1000, completed: 500, on: recorder.terminal(), clock: clock)
  clock.advance(by: .seconds(100))
  bar.advance(by: 100)
  #expect(recorder.text == "rings: 60 % (600/1000 steps), 1.0 steps/s, 6:40 left\n")
  bar.clear()
}

@Test(
  "times and speeds are written as people say them",
  arguments: [
    (3600, 1, "60 % (6/10 steps), 3600.0 s each, 4:00:00 left"),
    (1, 10, "60 % (6/10 steps), 10.0 steps/s, 0:00 left"),
    (1, 600, "60 % (6/10 steps)"),
    (59, 1, "60 % (6/10 steps), 59.0 s each, 3:56 left"),
  ])
func timeTexts(secondsPerStep: Int, divisor: Int, line: String) {
  let (recorder, clock) = (Recorder(), ManualClock())
  let bar = ProgressBar("r", total: 10, on: recorder.terminal(), clock: clock)
  clock.advance(by: .seconds(6 * secondsPerStep) / divisor)
  bar.advance(by: 6)
  #expect(recorder.text == "r: \(line)\n")
  bar.clear()
}
