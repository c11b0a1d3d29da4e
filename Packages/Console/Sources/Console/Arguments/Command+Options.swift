extension Command {
  /// An option with a value, and the value it has when it is not given.
  public mutating func option<Value: ArgumentValue>(
    _ name: String, short: Character? = nil, default value: Value, help: String
  ) -> Option<Value> {
    single(name, short, value, Conversion(), help)
  }

  /// An option whose value has to lie in a range, such as `in: 1...`.
  public mutating func option<Value: ArgumentValue & Comparable>(
    _ name: String, short: Character? = nil, default value: Value,
    in range: some RangeExpression<Value> & Sendable, help: String
  ) -> Option<Value> {
    single(name, short, value, Conversion(in: range), help)
  }

  /// An option that is one of the given words.
  public mutating func option(
    _ name: String, short: Character? = nil, default value: String, oneOf choices: [String], help: String
  ) -> Option<String> {
    single(name, short, value, Conversion(oneOf: choices), help)
  }

  /// An option without a default: nil if it is not given.
  public mutating func option<Value: ArgumentValue>(
    _ name: String, short: Character? = nil, as type: Value.Type, help: String
  ) -> Option<Value?> {
    optional(name, short, Conversion<Value>(), help)
  }

  /// An option without a default whose value has to lie in a range.
  public mutating func option<Value: ArgumentValue & Comparable>(
    _ name: String, short: Character? = nil, as type: Value.Type,
    in range: some RangeExpression<Value> & Sendable, help: String
  ) -> Option<Value?> {
    optional(name, short, Conversion<Value>(in: range), help)
  }

  /// An option without a default that is one of the given words.
  public mutating func option(
    _ name: String, short: Character? = nil, oneOf choices: [String], help: String
  ) -> Option<String?> {
    optional(name, short, Conversion(oneOf: choices), help)
  }

  /// An option that may be repeated; numbers may be separated by commas as well: `--hidden 32,16`.
  public mutating func option<Value: ArgumentValue>(
    _ name: String, short: Character? = nil, default values: [Value], help: String
  ) -> Option<[Value]> {
    list(name, short, values, Conversion(), help)
  }

  /// An option that may be repeated and whose values have to lie in a range.
  public mutating func option<Value: ArgumentValue & Comparable>(
    _ name: String, short: Character? = nil, default values: [Value],
    in range: some RangeExpression<Value> & Sendable, help: String
  ) -> Option<[Value]> {
    list(name, short, values, Conversion(in: range), help)
  }

  private mutating func single<Value: ArgumentValue>(
    _ name: String, _ short: Character?, _ value: Value, _ conversion: Conversion<Value>, _ help: String
  ) -> Option<Value> {
    ensure(conversion.accepts(value), "\(self.name): the default of --\(name) is not accepted by its own limits")
    let text = value.argumentText
    return declare(
      Parameter(
        command: self.name, name: name, short: short, kind: .single, placeholder: conversion.placeholder,
        help: help, notes: conversion.notes + (text.isEmpty ? [] : ["default: \(text)"]), absent: (value, text),
        convert: { words throws(Complaint) in try conversion(words[0]) }))
  }

  private mutating func optional<Value: ArgumentValue>(
    _ name: String, _ short: Character?, _ conversion: Conversion<Value>, _ help: String
  ) -> Option<Value?> {
    declare(
      Parameter(
        command: self.name, name: name, short: short, kind: .single, placeholder: conversion.placeholder,
        help: help, notes: conversion.notes, absent: (Value?.none, ""),
        convert: { words throws(Complaint) in Value?.some(try conversion(words[0])) }))
  }

  private mutating func list<Value: ArgumentValue>(
    _ name: String, _ short: Character?, _ values: [Value], _ conversion: Conversion<Value>, _ help: String
  ) -> Option<[Value]> {
    ensure(values.allSatisfy(conversion.accepts), "\(self.name): the default of --\(name) is outside its own limits")
    let text = values.map(\.argumentText).joined(separator: ",")
    let (more, note) = Value.argumentsSplitAtCommas ? (",…", []) : ("", ["repeatable"])
    return declare(
      Parameter(
        command: self.name, name: name, short: short, kind: .list, placeholder: conversion.placeholder + more,
        help: help, notes: conversion.notes + note + (text.isEmpty ? [] : ["default: \(text)"]), absent: (values, text),
        convert: { words throws(Complaint) in try conversion.list(words) }))
  }
}

extension Command {
  /// An argument that has to be given.
  public mutating func argument<Value: ArgumentValue>(
    _ name: String, as type: Value.Type = String.self, help: String
  ) -> Option<Value> {
    let conversion = Conversion<Value>()
    return declare(
      Parameter(
        command: self.name, name: name, kind: .argument, help: help, notes: conversion.notes,
        convert: { words throws(Complaint) in try conversion(words[0]) }))
  }

  /// An argument that may be left out.
  public mutating func argument<Value: ArgumentValue>(_ name: String, default value: Value, help: String) -> Option<
    Value
  > {
    let conversion = Conversion<Value>()
    let text = value.argumentText
    return declare(
      Parameter(
        command: self.name, name: name, kind: .argument, help: help, notes: conversion.notes + ["default: \(text)"],
        absent: (value, text), convert: { words throws(Complaint) in try conversion(words[0]) }))
  }

  /// All remaining arguments, each one of the given words if there are any.
  public mutating func arguments(
    _ name: String, oneOf choices: [String] = [], atLeast minimum: Int = 0, help: String
  ) -> Option<[String]> {
    let conversion = choices.isEmpty ? Conversion<String>() : Conversion(oneOf: choices)
    return declare(
      Parameter(
        command: self.name, name: name, kind: .arguments, help: help, notes: conversion.notes,
        absent: minimum == 0 ? ([String](), "") : nil,
        convert: { words throws(Complaint) in
          if words.count < minimum { throw Complaint(text: "expected at least \(minimum), found \(words.count)") }
          return try conversion.list(words)
        }))
  }
}

extension Conversion {
  /// What stands for the value in the help; one of several words is a name.
  var placeholder: String { choices.isEmpty ? Value.argumentPlaceholder : "NAME" }

  /// What the help says about the values: the choices or the limits.
  var notes: [String] {
    if !choices.isEmpty { return [choices.joined(separator: ", ")] }
    return limits.isEmpty ? [] : [limits]
  }
}
