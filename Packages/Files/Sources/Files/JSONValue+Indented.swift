extension JSONValue {
  /// The value as text for people: one member or item per line, short lists and objects on one line.
  public var indented: String {
    var text = ""
    write(to: &text, indent: 0)
    return text
  }

  private func write(to text: inout String, indent: Int) {
    let line = self.text
    guard line.count + indent > 100 else {
      text += line
      return
    }
    let space = String(repeating: " ", count: indent + 2)
    switch self {
    case .array(let values) where !values.isEmpty:
      text += "["
      for (index, value) in values.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + space
        value.write(to: &text, indent: indent + 2)
      }
      text += "\n" + space.dropLast(2) + "]"
    case .object(let members) where !members.isEmpty:
      text += "{"
      for (index, member) in members.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + space + JSONValue.string(member.name).text + ": "
        member.value.write(to: &text, indent: indent + 2)
      }
      text += "\n" + space.dropLast(2) + "}"
    default: text += line
    }
  }
}
