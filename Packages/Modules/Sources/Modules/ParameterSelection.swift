/// Which parameters are trained; the others are frozen.
///
/// A pattern is a dotted path in which `*` stands for any text: `"hidden.*"`, `"*.bias"`. What is frozen is said where
/// gradients are asked for, so it is neither a hidden state of the model nor part of its type:
/// `valueWithGradient(at: &model, training: .except("features.*"))`. Called `requires_grad` in PyTorch.
public struct ParameterSelection: Sendable, Equatable {
  private enum Kind: Equatable { case all, only, except }

  private let kind: Kind
  private let patterns: [String]

  /// Every parameter.
  public static let all = ParameterSelection(kind: .all, patterns: [])

  /// The parameters that match one of the patterns.
  public static func only(_ patterns: String...) -> ParameterSelection {
    ParameterSelection(kind: .only, patterns: patterns)
  }

  /// The parameters that match none of the patterns, which are frozen.
  public static func except(_ patterns: String...) -> ParameterSelection {
    ParameterSelection(kind: .except, patterns: patterns)
  }

  /// Whether this selects everything.
  var isAll: Bool { kind == .all }

  /// Whether the parameter with this dotted path is trained.
  public func contains(_ path: String) -> Bool {
    switch kind {
    case .all: true
    case .only: patterns.contains { matches(Substring(path), Substring($0)) }
    case .except: !patterns.contains { matches(Substring(path), Substring($0)) }
    }
  }

  /// The patterns that none of the given paths match, which are most likely misspelt.
  func unmatchedPatterns(among paths: [String]) -> [String] {
    patterns.filter { pattern in !paths.contains { matches(Substring($0), Substring(pattern)) } }
  }
}

/// Whether `text` is what `pattern` says, with `*` for any text.
///
/// Only the last `*` is ever tried again, which is enough and takes no more than text × pattern steps.
func matches(_ text: Substring, _ pattern: Substring) -> Bool {
  var text = text
  var pattern = pattern
  var retry: (text: Substring, pattern: Substring)?
  while !text.isEmpty {
    if pattern.first == "*" {
      pattern = pattern.dropFirst()
      retry = (text, pattern)
    } else if let next = pattern.first, next == text.first {
      pattern = pattern.dropFirst()
      text = text.dropFirst()
    } else if let last = retry {
      text = last.text.dropFirst()
      pattern = last.pattern
      retry = (text, pattern)
    } else {
      return false
    }
  }
  return pattern.allSatisfy { $0 == "*" }
}
