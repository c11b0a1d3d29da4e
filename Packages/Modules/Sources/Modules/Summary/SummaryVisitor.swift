internal import Autograd
internal import Tensors

/// Makes one row per module, and where the modules form a chain, follows an input through it.
struct SummaryVisitor: ModuleVisitor {
  private(set) var rows: [ModelSummary.Row] = []
  private let selection: ParameterSelection
  private let shapes: OutputShapes?
  private var path: [String] = []
  private var frames: [Frame]

  /// The module that is being visited.
  private struct Frame {
    var row = 0
    /// Whether its children take what the child before gave.
    var isChain = false
    /// What the next child takes, if that is known.
    var input: Tensor?
  }

  init(training selection: ParameterSelection, input: Tensor? = nil, shapes: OutputShapes? = nil) {
    self.selection = selection
    self.shapes = shapes
    frames = [Frame(isChain: true, input: input)]
  }

  mutating func child(_ name: String, _ module: inout some Module) {
    let outer = frames.count - 1
    if !name.isEmpty { path.append(name) }
    let joined = path.joined(separator: ".")
    rows.append(ModelSummary.Row(path: joined, type: "\(type(of: module))", depth: outer))
    let input = frames[outer].isChain ? frames[outer].input : nil
    let output = input.flatMap { input in (module as? any Layer)?.predict(input) }
    let shape = output?.shape ?? shapes?.ofModules[joined]
    rows[rows.count - 1].output = shape
    if frames[outer].isChain {
      // Where the numbers are not known, zeros of the right shape show what comes next as well.
      frames[outer].input = output ?? shape.map { Tensor.zeros($0, dtype: shapes?.dtype ?? .float32) }
    }
    frames.append(Frame(row: rows.count - 1, isChain: module is any LayerChain, input: input))
    module.visit(&self)
    frames.removeLast()
    if !name.isEmpty { path.removeLast() }
  }

  mutating func enter(_ name: String) { path.append(name) }

  mutating func leave() { path.removeLast() }

  mutating func parameter(_ name: String, _ value: inout Tensor) {
    let row = frames[frames.count - 1].row
    if selection.contains((path + [name]).joined(separator: ".")) {
      rows[row].trainedCount += value.count
    } else {
      rows[row].frozenCount += value.count
    }
    rows[row].byteCount += value.byteCount
  }

  mutating func buffer(_ name: String, _ value: inout Tensor) {
    let row = frames[frames.count - 1].row
    rows[row].bufferCount += value.count
    rows[row].byteCount += value.byteCount
  }
}

/// The shapes of what the modules of a layer compute, read off the graph of a prediction.
///
/// A module that is called from written code cannot be watched from outside, but the operations on its parameters can:
/// the last of them gives its output.
struct OutputShapes {
  /// The shape of the last value that belongs to a module or to one inside it, by dotted path.
  private(set) var ofModules: [String: Shape] = [:]
  /// The type of what the layer computes.
  let dtype: DType

  init?(of layer: some Layer, _ input: Tensor) {
    // What cannot be differentiated has no graph.
    dtype = layer.predict(input).dtype
    guard input.dtype.isFloatingPoint || layer.parameterCount > 0, dtype.isFloatingPoint else { return nil }
    var copy = layer
    let graph = ComputationGraph { tape in
      var watch = WatchVisitor(tape: tape)
      copy.visit(&watch)
      let watched = input.dtype.isFloatingPoint ? tape.watch(input, as: "input") : input
      return copy.predict(watched)
    }
    for node in graph.nodes where node.kind == .operation {
      for length in 0..<node.module.count {
        ofModules[node.module[...length].joined(separator: ".")] = node.value.shape
      }
    }
  }
}

/// Watches every parameter under its dotted path.
struct WatchVisitor: ModuleVisitor {
  let tape: Tape
  private var path: [String] = []

  init(tape: Tape) { self.tape = tape }

  mutating func parameter(_ name: String, _ value: inout Tensor) {
    value = tape.watch(value, as: (path + [name]).joined(separator: "."))
  }

  mutating func enter(_ name: String) { path.append(name) }

  mutating func leave() { path.removeLast() }
}
