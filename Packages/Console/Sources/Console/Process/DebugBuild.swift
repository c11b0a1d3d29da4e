/// Whether the program was built without optimization, and a warning about it: people judge by the first run.
public enum DebugBuild {
  /// Whether checks that only debug builds make are made.
  public static var isActive: Bool {
    var isActive = false
    assert(
      {
        isActive = true
        return true
      }())
    return isActive
  }

  /// Says in one line that this is a debug build, if it is one.
  public static func warn(_ program: String, on terminal: Terminal = Terminal(.error)) {
    guard isActive else { return }
    let warning = terminal.styled("warning", .yellow)
    terminal.print("\(program): \(warning): a debug build is many times slower: build with -c release")
  }
}
