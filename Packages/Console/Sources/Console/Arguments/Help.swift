extension Command {
  /// The text of `--help`, in lines of at most `width` columns.
  public func help(width: Int = 80) -> String {
    help(width: width, chain: [self])
  }

  /// The help of the last command of the chain, with the options of the commands above it.
  func help(width: Int, chain: [Command]) -> String {
    let names = chain.map(\.name).joined(separator: " ")
    let inherited = chain.dropLast().reversed().flatMap { $0.parameters.filter { !$0.isPositional } }
    let all = parameters + inherited + Parameter.common(of: chain[0])
    var groups: [(heading: String, rows: [Row])] = []
    func add(_ row: Row, under heading: String) {
      if let index = groups.firstIndex(where: { $0.heading == heading }) {
        groups[index].rows.append(row)
      } else {
        groups.append((heading, [row]))
      }
    }
    for parameter in parameters where parameter.isPositional { add(Row(parameter), under: "Arguments") }
    for other in subcommands {
      add(Row(label: other.command.name, text: other.command.summary), under: "Commands")
    }
    for parameter in all where !parameter.isPositional { add(Row(parameter), under: parameter.group) }

    // Very long lines are hard to read, and a very narrow window is no reason for one letter per line.
    let width = min(max(width, 40), 100)
    var lines = hanging("Usage: \(names)", usage, width: width)
    lines += [""] + wrapped(summary, to: width)
    // A label that is longer than most stands on a line of its own.
    let longest = min(28, width / 2)
    let column = groups.flatMap(\.rows).map { displayWidth($0.label) }.filter { $0 <= longest }.max() ?? 0
    for group in groups {
      lines += ["", group.heading + ":"]
      for row in group.rows { lines += row.lines(column: column, width: width) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What follows the name in the usage line.
  private var usage: String {
    var words = ["[options]"]
    for parameter in parameters where parameter.isPositional {
      let word = parameter.name + (parameter.kind == .arguments ? " ..." : "")
      words.append(parameter.absent == nil ? word : "[\(word)]")
    }
    if !subcommands.isEmpty { words.append("command ...") }
    return words.joined(separator: " ")
  }

  /// A line of the help: what is typed, and what it means.
  private struct Row {
    let label: String
    let text: String

    init(label: String, text: String) {
      (self.label, self.text) = (label, text)
    }

    init(_ parameter: Parameter) {
      text = sentence(parameter.help, parameter.notes)
      if parameter.isPositional {
        label = parameter.name
      } else {
        let short = parameter.short.map { "-\($0), " } ?? "    "
        label = short + parameter.spelling + (parameter.placeholder.isEmpty ? "" : " " + parameter.placeholder)
      }
    }

    func lines(column: Int, width: Int) -> [String] {
      let indent = String(repeating: " ", count: column + 4)
      var lines = wrapped(text, to: width - column - 4).map { ($0.isEmpty ? "" : indent + $0) }
      let own = displayWidth(label)
      if own > column {
        lines.insert("  " + label, at: 0)
      } else {
        let gap = String(repeating: " ", count: column - own + 2)
        lines[0] = "  " + label + gap + lines[0].dropFirst(indent.count)
      }
      return lines.map(trimmed)
    }
  }
}

/// A beginning and words that are wrapped beside it.
private func hanging(_ beginning: String, _ text: String, width: Int) -> [String] {
  let indent = min(displayWidth(beginning) + 1, width / 2)
  let lines = wrapped(text, to: width - displayWidth(beginning) - 1)
  return lines.enumerated().map { index, line in
    index == 0 ? "\(beginning) \(line)" : String(repeating: " ", count: indent) + line
  }
}

/// The help of an option with its notes in parentheses, before the full stop if there is one.
private func sentence(_ help: String, _ notes: [String]) -> String {
  if notes.isEmpty { return help }
  let addition = " (\(notes.joined(separator: "; ")))"
  return help.hasSuffix(".") ? help.dropLast() + addition + "." : help + addition
}

/// The line without spaces at its end.
func trimmed(_ line: String) -> String {
  var line = line[...]
  while line.last == " " { line.removeLast() }
  return String(line)
}
