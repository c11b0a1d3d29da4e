public import Files
public import Modules

extension Module {
  /// All parameters and buffers as plain arrays under their dotted paths, sharing the tensors' memory.
  public var arrays: [NamedArray] { state.map { NamedArray($0.value, name: $0.path) } }

  /// Takes the numbers of arrays that are named by this module's dotted paths: all of them, or, if this throws, none.
  ///
  /// - Parameter path: where the arrays come from, for messages.
  /// - Returns: what the options allowed to leave out.
  @discardableResult
  public mutating func load(
    _ arrays: [NamedArray], from path: String, options: LoadOptions = .strict
  ) throws(LoadError) -> Mismatch {
    let assignment = try Assignment(arrays, to: self, options: options, path: path)
    let refused = assignment.refused(by: options)
    if !refused.isEmpty { throw .mismatch(path: path, refused) }
    assignment.apply(to: &self)
    return assignment.mismatch
  }
}
