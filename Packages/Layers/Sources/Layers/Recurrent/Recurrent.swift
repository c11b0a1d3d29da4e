public import Modules
public import Tensors

/// A recurrent network: a cell that is repeated along the time axis, in one or several layers, forwards or both ways.
///
/// Input [batch, time, inputs] → output [batch, time, hidden], or [batch, time, 2 · hidden] both ways. Called `RNN`,
/// `GRU` and `LSTM`; in PyTorch with `batch_first=True`.
public struct Recurrent<Cell: RecurrentCell>: Layer {
  /// The cells, layer by layer; where the network runs both ways, the forward cell of a layer before the backward one.
  public var cells: [Cell]
  /// Whether each layer also runs from the last time to the first.
  public let isBidirectional: Bool

  /// Makes a network with PyTorch's random parameters: all evenly between ±1 / √hidden.
  public init(
    _ inputs: Int, _ hidden: Int, layers: Int = 1, bidirectional: Bool = false, bias: Bool = true,
    dtype: DType = .float32, using random: inout RandomSource
  ) {
    require(layers > 0, "Recurrent: a network needs at least one layer, not \(layers)")
    let directions = bidirectional ? 2 : 1
    isBidirectional = bidirectional
    cells = []
    for cell in 0..<(layers * directions) {
      let width = cell < directions ? inputs : hidden * directions
      cells.append(
        Cell(
          gates: GateWeights(
            width, hidden, gates: Cell.gateCount, bias: bias, dtype: dtype, using: &random)))
    }
  }

  public func callAsFunction(_ input: Tensor) -> Tensor { run(input).output }

  /// The output, and the state of every cell after the last time it saw.
  ///
  /// - Parameter states: The states to begin with, one per cell; zeros if they are left out.
  public func run(_ input: Tensor, from states: [Cell.State]? = nil) -> (output: Tensor, states: [Cell.State]) {
    require(
      input.rank == 3 && input.shape[1] > 0,
      "Recurrent: input \(input.shape): it must be [batch, time, inputs] with at least one time")
    require(
      states.map { $0.count == cells.count } ?? true,
      "Recurrent: \(states?.count ?? 0) states are given for \(cells.count) cells")
    let directions = isBidirectional ? 2 : 1
    var x = input
    var last: [Cell.State] = []
    for first in stride(from: 0, to: cells.count, by: directions) {
      var outputs: [Tensor] = []
      for place in first..<(first + directions) {
        let state = states?[place] ?? cells[place].initialState(batch: x.shape[0])
        let (output, end) = Recurrent.run(cells[place], x, from: state, backwards: place > first)
        outputs.append(output)
        last.append(end)
      }
      x = outputs.count == 1 ? outputs[0] : .concatenate(outputs, axis: 2)
    }
    return (x, last)
  }

  /// Repeats one cell along the time axis.
  private static func run(
    _ cell: Cell, _ input: Tensor, from start: Cell.State, backwards: Bool
  ) -> (output: Tensor, end: Cell.State) {
    let projected = cell.gates.project(input).unstacked(axis: 1)
    var state = start
    var outputs: [Tensor] = []
    for part in backwards ? projected.reversed() : projected {
      state = cell.step(part, state)
      outputs.append(Cell.output(of: state))
    }
    return (.stack(backwards ? outputs.reversed() : outputs, axis: 1), state)
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.children("cells", &cells) }
}

/// A plain recurrent network with tanh. Called `RNN` in PyTorch and `SimpleRNN` in Keras.
public typealias RNN = Recurrent<RNNCell>
/// A gated recurrent network.
public typealias GRU = Recurrent<GRUCell>
/// A network with long short-term memory.
public typealias LSTM = Recurrent<LSTMCell>
