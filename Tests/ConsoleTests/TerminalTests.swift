import Console
import Glibc
import Testing

/// The far end of a terminal of its own, with a window of so many columns.
private func withTerminal<Result>(columns: UInt16, _ body: (Int32) throws -> Result) throws -> Result {
  let near = open("/dev/ptmx", O_RDWR | O_NOCTTY)
  defer { close(near) }
  // The numbers of TIOCSPTLCK and TIOCGPTN, which Swift does not import: unlock it, and ask for its number.
  var (lock, number): (Int32, Int32) = (0, -1)
  try #require(near >= 0)
  try #require(ioctl(near, 0x4004_5431, &lock) == 0)
  try #require(ioctl(near, 0x8004_5430, &number) == 0)
  let far = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
  defer { close(far) }
  var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
  try #require(far >= 0 && ioctl(far, UInt(TIOCSWINSZ), &size) == 0)
  return try body(far)
}

private func terminal(_ descriptor: Int32, _ color: ColorChoice, _ environment: [String: String]) -> Terminal {
  Terminal(descriptor: descriptor, color: color, environment: { environment[$0] }, send: { _ in })
}

// The rules: no-color.org ("when present and not an empty string") and bixense.com/clicolors.
@Test(
  "colours follow the choice, the environment and the kind of stream, and NO_COLOR wins",
  arguments: [
    (ColorChoice.automatic, [:], true, true),
    (.automatic, [:], false, false),
    (.automatic, ["TERM": "dumb"], true, false),
    (.automatic, ["TERM": ""], true, false),
    (.automatic, ["NO_COLOR": "1"], true, false),
    (.automatic, ["NO_COLOR": ""], true, true),
    (.automatic, ["CLICOLOR_FORCE": "1"], false, true),
    (.automatic, ["CLICOLOR_FORCE": "0"], false, false),
    (.automatic, ["CLICOLOR_FORCE": ""], false, false),
    (.automatic, ["CLICOLOR_FORCE": "1", "TERM": "dumb"], true, true),
    (.automatic, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false),
    (.always, [:], false, true),
    (.always, ["TERM": "dumb"], true, true),
    (.always, ["NO_COLOR": "1"], true, false),
    (.never, [:], true, false),
    (.never, ["CLICOLOR_FORCE": "1"], true, false),
  ] as [(ColorChoice, [String: String], Bool, Bool)])
func colors(choice: ColorChoice, changes: [String: String], isTerminal: Bool, hasColor: Bool) throws {
  let environment = ["TERM": "xterm-256color"].merging(changes) { $1 }
  let found = try withTerminal(columns: 80) { far in
    let file = open("/dev/null", O_WRONLY)
    defer { close(file) }
    return terminal(isTerminal ? far : file, choice, environment)
  }
  #expect(found.isTerminal == isTerminal)
  #expect(found.hasColor == hasColor)
  #expect(found.styled("x", .bold + .red) == (hasColor ? "\u{1B}[1;31mx\u{1B}[0m" : "x"))
}

@Test("a line is drawn again only on a terminal that understands it", arguments: [("xterm", true), ("dumb", false)])
func redrawing(type: String, canRedraw: Bool) throws {
  let found = try withTerminal(columns: 80) { terminal($0, .always, ["TERM": type]) }
  #expect(found.isTerminal && found.canRedraw == canRedraw)
}

@Test("the width is that of the window at this moment, and 80 where nobody knows it")
func widths() throws {
  try withTerminal(columns: 132) { far in
    let screen = terminal(far, .automatic, ["TERM": "xterm"])
    #expect(screen.width == 132)
    var size = winsize(ws_row: 24, ws_col: 40, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(far, UInt(TIOCSWINSZ), &size)
    #expect(screen.width == 40)
  }
  try withTerminal(columns: 0) { #expect(terminal($0, .automatic, [:]).width == 80) }
  #expect(terminal(-1, .automatic, [:]).width == 80)
}

@Test(
  "the first locale variable that is set decides on UTF-8",
  arguments: [
    (["LANG": "de_DE.UTF-8"], true), (["LANG": "C.utf8"], true), ([:], false), (["LANG": "C"], false),
    (["LANG": "C.UTF-8", "LC_ALL": "C"], false), (["LANG": "C", "LC_ALL": "", "LC_CTYPE": "C.UTF-8"], true),
  ] as [([String: String], Bool)])
func locales(environment: [String: String], isUnicode: Bool) {
  #expect(terminal(-1, .automatic, environment).isUnicode == isUnicode)
}
