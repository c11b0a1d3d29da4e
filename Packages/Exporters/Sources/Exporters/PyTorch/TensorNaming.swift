internal import Checkpoints
internal import Files
internal import Modules
internal import Tensors

/// How the tensors of a module are called and stored in a file.
public enum TensorNaming: Sendable {
  /// As PyTorch's `state_dict` does it, so that `load_state_dict` takes the file.
  case pytorch
  /// By this library's dotted paths, and in its orientation.
  case wabe

  /// All parameters and buffers of a module, as the file has them.
  func arrays(of module: some Module) -> [NamedArray] {
    guard self == .pytorch else { return module.arrays }
    let table = PyTorchTable(module)
    return module.state.compactMap { entry in
      let known = table.tensors[entry.path]
      if let known, known.name == nil { return nil }
      let value = known?.isTransposed == true && entry.value.rank == 2 ? entry.value.transposed : entry.value
      return NamedArray(value, name: known?.name ?? entry.path)
    }
  }

  /// The arrays of a file by the paths of a module, in its orientation.
  func arrays(_ arrays: [NamedArray], for module: some Module, path: String) throws(LoadError) -> [NamedArray] {
    guard self == .pytorch else { return arrays }
    let table = PyTorchTable(module)
    var result: [NamedArray] = []
    for var array in arrays where !table.onlyThere.contains(array.name) {
      if let (here, isTransposed) = table.paths[array.name] {
        if isTransposed && array.shape.count == 2 {
          array = NamedArray(try array.tensor(path: path).transposed, name: here)
        }
        array.name = here
      }
      result.append(array)
    }
    // What PyTorch does not have stays as it is.
    for entry in module.state where table.onlyHere.contains(entry.path) {
      result.append(NamedArray(entry.value, name: entry.path))
    }
    return result
  }
}

/// How the tensors of a whole module correspond to PyTorch's, by full names.
private struct PyTorchTable {
  /// What is different there, by paths here.
  private(set) var tensors: [String: PyTorchTensor] = [:]
  private(set) var paths: [String: (path: String, isTransposed: Bool)] = [:]
  private(set) var onlyHere: Set<String> = []
  private(set) var onlyThere: Set<String> = []

  init(_ module: some Module) {
    var copy = module
    var visitor = Visitor()
    if let named = module as? any PyTorchNamed { visitor.add(named.pytorchTensors) }
    copy.visit(&visitor)
    for tensor in visitor.tensors {
      switch (tensor.path, tensor.name) {
      case (let path?, let name?):
        (tensors[path], paths[name]) = (tensor, (path, tensor.isTransposed))
      case (let path?, nil):
        tensors[path] = tensor
        onlyHere.insert(path)
      case (nil, let name?): onlyThere.insert(name)
      case (nil, nil): break
      }
    }
  }

  private struct Visitor: ModuleVisitor {
    var tensors: [PyTorchTensor] = []
    /// The dotted paths of the modules that are being visited, outermost first.
    var prefixes = [""]

    var prefix: String { prefixes.last ?? "" }

    mutating func add(_ list: [PyTorchTensor]) {
      for var tensor in list {
        tensor.path = tensor.path.map { prefix + $0 }
        tensor.name = tensor.name.map { prefix + $0 }
        tensors.append(tensor)
      }
    }

    mutating func child(_ name: String, _ module: inout some Module) {
      enter(name)
      if let named = module as? any PyTorchNamed { add(named.pytorchTensors) }
      module.visit(&self)
      leave()
    }

    mutating func enter(_ name: String) { prefixes.append(prefix + name + ".") }

    mutating func leave() { prefixes.removeLast() }
  }
}
