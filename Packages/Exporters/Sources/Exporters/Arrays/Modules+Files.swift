public import Checkpoints
public import Files
public import Modules

extension SafetensorsFile {
  /// All parameters and buffers of a module under their dotted paths.
  ///
  /// The arrays have this library's orientation: a linear map's weight is [inputs, outputs].
  public init(_ module: some Module, metadata: [String: String] = [:]) {
    self.init(arrays: module.arrays, metadata: metadata)
  }

  /// Puts the arrays of the file at `path` into a module: all of them, or, if this throws, none.
  @discardableResult
  public static func load(
    _ path: String, into module: inout some Module, options: LoadOptions = .strict
  ) throws(LoadError) -> Mismatch {
    try module.load(SafetensorsFile(readingFrom: path).arrays, from: path, options: options)
  }
}

extension NumpyFile {
  /// Writes all parameters and buffers of a module to an `.npz`, under their dotted paths.
  public static func write(
    _ module: some Module, to path: String, writer: AtomicWriter = AtomicWriter()
  ) throws(SaveError) {
    try write(module.arrays, to: path, writer: writer)
  }

  /// Puts the arrays of the `.npz` at `path` into a module: all of them, or, if this throws, none.
  @discardableResult
  public static func load(
    _ path: String, into module: inout some Module, options: LoadOptions = .strict
  ) throws(LoadError) -> Mismatch {
    try module.load(readArrays(from: path), from: path, options: options)
  }
}
