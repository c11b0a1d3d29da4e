/// An exercise sheet: its exercises in the order of the paper, and the program that runs them.
public struct Sheet: Sendable {
  /// One exercise with its parts.
  public struct Exercise: Sendable {
    /// The number and the subject, such as "1 (a) Backpropagation by hand".
    public let title: String
    /// Its parts, in order.
    public let parts: [any Experiment]

    /// An exercise with its parts.
    public init(_ title: String, _ parts: [any Experiment]) {
      self.title = title
      self.parts = parts
    }
  }

  /// The name of the program, such as `rgnn-sheet01`.
  public let name: String
  /// The title of the sheet.
  public let title: String
  /// All exercises.
  public let exercises: [Exercise]

  /// A sheet from its exercises, whose parts have to have names of their own.
  public init(_ name: String, title: String, exercises: [Exercise]) {
    let ids = exercises.flatMap { $0.parts.map(\.id) }
    for (index, id) in ids.enumerated() where ids[..<index].contains(id) {
      fatalError("\(name): two experiments are called \(id): each needs a name of its own")
    }
    self.name = name
    self.title = title
    self.exercises = exercises
  }

  /// All parts of all exercises.
  public var experiments: [any Experiment] { exercises.flatMap(\.parts) }

  /// Where a part stands on the sheet.
  func place(of experiment: any Experiment) -> Place {
    let order = experiments.firstIndex { $0.id == experiment.id } ?? 0
    let exercise = exercises.first { $0.parts.contains { $0.id == experiment.id } }
    return Place(program: name, sheet: title, exercise: exercise?.title ?? "", order: order)
  }
}

/// Where a part stands: on which sheet, in which exercise, after how many other parts.
public struct Place: Sendable, Equatable {
  /// The program of the sheet.
  public var program: String
  /// The title of the sheet.
  public var sheet: String
  /// The title of the exercise.
  public var exercise: String
  /// How many parts stand before it on the sheet.
  public var order: Int

  /// A place from its four facts.
  public init(program: String, sheet: String, exercise: String, order: Int) {
    self.program = program
    self.sheet = sheet
    self.exercise = exercise
    self.order = order
  }
}
