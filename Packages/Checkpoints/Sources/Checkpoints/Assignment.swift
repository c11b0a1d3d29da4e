internal import Files
internal import Modules
internal import Tensors

/// New values for the tensors of one module: computed and checked first, put in afterwards, so that a module is changed
/// completely or not at all.
struct Assignment {
  /// What does not fit.
  private(set) var mismatch = Mismatch()
  /// One value for each tensor in the order of `visit`; nil keeps the present one.
  private var values: [Tensor?] = []

  /// Finds the values for `module` among `arrays`, whose names are its dotted paths.
  init(_ arrays: [NamedArray], to module: some Module, options: LoadOptions, path: String) throws(LoadError) {
    var known: [String: NamedArray] = [:]
    for array in arrays { known[options.rename(array.name)] = array }
    if known.count != arrays.count {
      throw .corrupt(path: path, expected: "different names", found: "two tensors that are renamed to the same name")
    }
    for entry in module.state {
      guard let array = known.removeValue(forKey: entry.path) else {
        mismatch.missing.append(entry.path)
        values.append(nil)
        continue
      }
      let (expected, found) = (Self.words(for: NamedArray(entry.value, name: "")), Self.words(for: array))
      if expected == found {
        values.append(try array.tensor(path: path))
      } else {
        mismatch.different.append(.init(name: entry.path, expected: expected, found: found))
        values.append(nil)
      }
    }
    mismatch.unexpected = known.keys.sorted()
  }

  /// What the options do not allow.
  func refused(by options: LoadOptions) -> Mismatch {
    Mismatch(
      missing: options.allowsMissing ? [] : mismatch.missing,
      unexpected: options.allowsUnexpected ? [] : mismatch.unexpected,
      different: options.allowsMissing ? [] : mismatch.different)
  }

  /// Puts the values in.
  func apply(to module: inout some Module) {
    var writer = Writer(values: values)
    module.visit(&writer)
  }

  private static func words(for array: NamedArray) -> String { "\(array.type.rawValue) \(array.shape)" }

  private struct Writer: ModuleVisitor {
    let values: [Tensor?]
    var position = 0

    mutating func parameter(_ name: String, _ value: inout Tensor) {
      if let new = values[position] { value = new }
      position += 1
    }

    mutating func buffer(_ name: String, _ value: inout Tensor) { parameter(name, &value) }
  }
}
