/// When output has colours: what `--color` says.
public enum ColorChoice: String, CaseIterable, ArgumentValue {
  /// Even into a file.
  case always
  /// Not at all.
  case never
  /// On a terminal that shows colours.
  case automatic = "auto"
}
