/// An exercise sheet: its experiments in the order of the paper, and the program that runs them.
public struct Sheet: Sendable {
  /// The name of the program, such as `rgnn-sheet01`.
  public let name: String
  /// The title of the sheet.
  public let title: String
  /// All parts of all exercises.
  public let experiments: [any Experiment]

  /// A sheet from its experiments, whose identifiers have to differ.
  public init(_ name: String, title: String, experiments: [any Experiment]) {
    let ids = experiments.map(\.id)
    for (index, id) in ids.enumerated() where ids[..<index].contains(id) {
      fatalError("\(name): two experiments are called \(id): each needs a name of its own")
    }
    self.name = name
    self.title = title
    self.experiments = experiments
  }
}
