/// How exactly the names of a checkpoint must be those of the model.
public struct LoadOptions: Sendable {
  /// Whether tensors that the checkpoint lacks, or has in another shape, may keep their values.
  public var allowsMissing: Bool
  /// Whether tensors that only the checkpoint has may be left out.
  public var allowsUnexpected: Bool
  /// The model's name for a name in the checkpoint, for models whose parts were renamed.
  public var rename: @Sendable (String) -> String

  /// Options for loading.
  public init(
    allowsMissing: Bool = false, allowsUnexpected: Bool = false,
    rename: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.allowsMissing = allowsMissing
    self.allowsUnexpected = allowsUnexpected
    self.rename = rename
  }

  /// Every tensor must be there, in its shape, and nothing else.
  public static let strict = LoadOptions()
  /// Takes what fits and leaves the rest: for fine-tuning. `Progress.notices` lists what was left.
  public static let lenient = LoadOptions(allowsMissing: true, allowsUnexpected: true)
}
