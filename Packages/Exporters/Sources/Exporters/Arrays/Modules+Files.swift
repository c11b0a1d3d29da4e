public import Checkpoints
public import Files
public import Modules

extension SafetensorsFile {
  /// All parameters and buffers of a module, as PyTorch calls and stores them unless told otherwise.
  ///
  /// There, `model.load_state_dict(safetensors.torch.load_file("model.safetensors"))` takes them.
  public init(_ module: some Module, naming: TensorNaming = .pytorch, metadata: [String: String] = [:]) {
    var metadata = metadata
    // Hugging Face's libraries ask for this word.
    if naming == .pytorch, metadata["format"] == nil { metadata["format"] = "pt" }
    self.init(arrays: naming.arrays(of: module), metadata: metadata)
  }

  /// Puts the arrays of the file at `path` into a module: all of them, or, if this throws, none.
  @discardableResult
  public static func load(
    _ path: String, into module: inout some Module, naming: TensorNaming = .pytorch, options: LoadOptions = .strict
  ) throws(LoadError) -> Mismatch {
    var options = options
    let rename = options.rename
    var arrays = try SafetensorsFile(readingFrom: path).arrays
    for index in arrays.indices { arrays[index].name = rename(arrays[index].name) }
    options.rename = { $0 }
    return try module.load(naming.arrays(arrays, for: module, path: path), from: path, options: options)
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
