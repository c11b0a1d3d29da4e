/// Where a picture comes from: written into its file as text, so that every figure can be reproduced.
public struct Provenance: Hashable, Sendable {
  /// The program and its version, such as "Wabe 1.0".
  public var software: String
  /// The title of the picture.
  public var title: String?
  /// The experiment that made it.
  public var experiment: String?
  /// The seed of the random numbers behind it.
  public var seed: UInt64?
  /// The command line that makes it again.
  public var commandLine: String?
  /// Further entries, in order.
  public var more: [Entry] = []

  /// A keyword with its text.
  public struct Entry: Hashable, Sendable {
    /// What the text is about; at most 79 Latin-1 characters.
    public var keyword: String
    /// Any text.
    public var text: String

    /// An entry from its two parts.
    public init(_ keyword: String, _ text: String) {
      self.keyword = keyword
      self.text = text
    }
  }

  /// The origin of a picture. Times are left out on purpose: the same run gives the same file.
  public init(
    software: String = "Wabe", title: String? = nil, experiment: String? = nil, seed: UInt64? = nil,
    commandLine: String? = nil
  ) {
    self.software = software
    self.title = title
    self.experiment = experiment
    self.seed = seed
    self.commandLine = commandLine
  }

  /// All entries in the order in which they are written.
  public var entries: [Entry] {
    var result = [Entry("Software", software)]
    if let title { result.append(Entry("Title", title)) }
    if let experiment { result.append(Entry("Experiment", experiment)) }
    if let seed { result.append(Entry("Seed", String(seed))) }
    if let commandLine { result.append(Entry("Command", commandLine)) }
    return result + more
  }
}
