internal import Synchronization

/// Shows on standard error how far a long task is, how fast it goes and how long it will still take.
///
/// On a terminal it is one line that is drawn again at most ten times a second. Anywhere else it is a plain line at each
/// tenth of the task, and one per `interval` if a tenth takes longer. The cursor stays visible, so nothing has to be put
/// in order when the program is killed.
///
/// ```swift
/// let bar = ProgressBar("rings", total: 2000)
/// for step in 1...2000 { …; bar.advance(note: "loss \(loss)") }
/// bar.finish()
/// ```
///
/// A bar that goes out of scope unfinished removes its line. It may be used from several threads.
public final class ProgressBar: Sendable {
  private let terminal: Terminal
  private let elapsed: @Sendable () -> Duration
  private let interval: Duration
  private let state: Mutex<State>

  private struct State {
    var progress: Progress
    /// When something was last shown.
    var shown: Duration?
    /// The tenth of the task in which the last plain line was written.
    var tenth: Int
    var hasLine = false
    var isOver = false
  }

  /// Begins a task of `total` units, or of unknown length. A resumed task begins at `completed`.
  public init(
    _ title: String, total: Int?, completed: Int = 0, unit: String = "steps", on terminal: Terminal = Terminal(.error),
    interval: Duration = .seconds(60), clock: some Clock<Duration> = ContinuousClock()
  ) {
    let progress = Progress(title: title, unit: unit, total: total, beginning: completed, completed: completed)
    self.terminal = terminal
    self.interval = interval
    elapsed = stopwatch(clock)
    state = Mutex(State(progress: progress, tenth: progress.tenth))
    advance(by: 0)
  }

  deinit { clear() }

  /// So many units more are done. The note is made only when it is shown.
  public func advance(by count: Int = 1, note: @autoclosure () -> String = "") {
    let now = elapsed()
    state.withLock { state in
      state.progress.completed += count
      state.progress.elapsed = now
      guard !state.isOver, isTime(state, now) else { return }
      state.progress.note = printable(note())
      show(&state, now)
    }
  }

  /// Writes a line above the bar, on standard error too if no other stream is named.
  public func print(_ line: String, to other: Terminal? = nil) {
    state.withLock { state in
      erase(&state)
      (other ?? terminal).print(line)
      if !state.isOver, terminal.canRedraw { draw(&state) }
    }
  }

  /// Ends the task and leaves one line that says how long it took.
  public func finish(note: String = "") {
    let now = elapsed()
    state.withLock { state in
      if state.isOver { return }
      state.isOver = true
      state.progress.elapsed = now
      state.progress.note = printable(note)
      erase(&state)
      let line = state.progress.summary
      terminal.print(terminal.canRedraw ? shortened(line, to: terminal.width - 1) : line)
    }
  }

  /// Ends the task and leaves nothing on the screen.
  public func clear() {
    state.withLock { state in
      state.isOver = true
      erase(&state)
    }
  }

  private func isTime(_ state: State, _ now: Duration) -> Bool {
    if terminal.canRedraw { return state.shown.map { now - $0 >= .milliseconds(100) } ?? true }
    let silence = now - (state.shown ?? .zero)
    // The end itself is told by `finish`.
    let isTenth = state.progress.tenth > state.tenth && !state.progress.isComplete
    return silence >= interval || isTenth && (state.shown == nil || silence >= .seconds(1))
  }

  private func show(_ state: inout State, _ now: Duration) {
    state.shown = now
    state.tenth = state.progress.tenth
    if terminal.canRedraw { draw(&state) } else { terminal.print(state.progress.plainLine) }
  }

  private func draw(_ state: inout State) {
    state.hasLine = true
    // A full last column would make some terminals begin a new line.
    terminal.write("\r" + state.progress.line(on: terminal, width: terminal.width - 1) + "\u{1B}[K")
  }

  private func erase(_ state: inout State) {
    if state.hasLine { terminal.write("\r\u{1B}[K") }
    state.hasLine = false
  }
}

/// The time since now, by any clock.
private func stopwatch<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
  let start = clock.now
  return { start.duration(to: clock.now) }
}
