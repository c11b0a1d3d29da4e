/// Stops the program with one sentence where a call makes no sense, in release builds too.
///
/// This is for mistakes in a program: shapes, element types, axes. Whatever a file, an argument or the machine can
/// cause is thrown instead. (`precondition` would stop a release build without printing its text.)
@inline(__always)
public func require(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) {
  if !condition { fatalError(message(), file: file, line: line) }
}
