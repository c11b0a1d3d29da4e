/// A piece of a worked answer, in the order in which it is read.
public enum Block: Sendable, Equatable {
  /// A heading inside the answer.
  case heading(String)
  /// A paragraph. Text between two backquotes is set as code, between two stars as emphasis.
  case paragraph(String)
  /// Lines of formulas, set apart and kept as they are.
  case formula(String)
  /// Lines of a program, a graph or a protocol, set with a fixed width.
  case listing(String)
  /// Rows of cells below their titles.
  case table(title: String, columns: [String], rows: [[String]])
  /// A picture of the run folder with a caption that says what is seen.
  case figure(file: String, caption: String, width: Int, height: Int)
}
