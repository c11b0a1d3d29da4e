internal import Console
internal import Synchronization

/// The progress bars of one experiment: one for each piece of long work, once it has taken a moment.
final class SheetProgress: Sendable {
  private struct State {
    var name = ""
    var done = 0
    var began = ContinuousClock.now
    var bar: ProgressBar?
  }

  private let id: String
  private let terminal: Terminal
  private let state = Mutex(State())

  init(_ id: String, on terminal: Terminal) {
    self.id = id
    self.terminal = terminal
  }

  /// Shows how far the work has come, unless it is so short that nobody would read it.
  func show(_ step: Settings.Step) {
    state.withLock { state in
      if state.name != step.name || step.done < state.done {
        state.bar?.clear()
        state = State()
        state.name = step.name
      }
      let wait: Duration = terminal.isTerminal ? .milliseconds(300) : .seconds(5)
      if state.bar == nil && ContinuousClock.now - state.began > wait {
        state.bar = ProgressBar("\(id) \(step.name)", total: step.total, completed: state.done, on: terminal)
      }
      state.bar?.advance(by: step.done - state.done, note: step.note)
      state.done = step.done
    }
  }

  /// Removes what is shown.
  func end() { state.withLock { $0.bar?.clear() } }
}
