public import Tensors

/// The cell of a plain recurrent network: h′ = tanh(x W + b + h R + c).
public struct RNNCell: RecurrentCell {
  public static let gateCount = 1
  public var gates: GateWeights

  public init(gates: GateWeights) { self.gates = gates }

  public func initialState(batch: Int) -> Tensor { zeros(batch: batch) }

  public func step(_ projected: Tensor, _ state: Tensor) -> Tensor { tanh(projected + gates.recur(state)) }

  public static func output(of state: Tensor) -> Tensor { state }
}

/// The cell of a gated recurrent network (Cho et al. 2014), its gates in the order r, z, n as in PyTorch.
///
/// r = σ(x_r + h_r), z = σ(x_z + h_z), n = tanh(x_n + r · h_n), h′ = (1 − z) · n + z · h, where x_r is the part of
/// x W + b for gate r and h_r that of h R + c.
public struct GRUCell: RecurrentCell {
  public static let gateCount = 3
  public var gates: GateWeights

  public init(gates: GateWeights) { self.gates = gates }

  public func initialState(batch: Int) -> Tensor { zeros(batch: batch) }

  public func step(_ projected: Tensor, _ state: Tensor) -> Tensor {
    let x = projected.split(into: 3, axis: 1)
    let h = gates.recur(state).split(into: 3, axis: 1)
    let reset = sigmoid(x[0] + h[0])
    let keep = sigmoid(x[1] + h[1])
    let candidate = tanh(x[2] + reset * h[2])
    return candidate + keep * (state - candidate)
  }

  public static func output(of state: Tensor) -> Tensor { state }
}

/// The cell of a network with long short-term memory (Hochreiter, Schmidhuber 1997), its gates in the order i, f, g, o
/// as in PyTorch.
///
/// c′ = σ(f) · c + σ(i) · tanh(g), h′ = σ(o) · tanh(c′), where i, f, g, o are the parts of x W + b + h R + c.
public struct LSTMCell: RecurrentCell {
  /// The output and the memory, both [batch, hidden].
  public struct State: Sendable {
    /// h, what other layers see.
    public var output: Tensor
    /// c, what only the cell itself sees.
    public var memory: Tensor

    /// Makes a state.
    public init(output: Tensor, memory: Tensor) {
      self.output = output
      self.memory = memory
    }
  }

  public static let gateCount = 4
  public var gates: GateWeights

  public init(gates: GateWeights) { self.gates = gates }

  public func initialState(batch: Int) -> State {
    State(output: zeros(batch: batch), memory: zeros(batch: batch))
  }

  public func step(_ projected: Tensor, _ state: State) -> State {
    let parts = (projected + gates.recur(state.output)).split(into: 4, axis: 1)
    let memory = sigmoid(parts[1]) * state.memory + sigmoid(parts[0]) * tanh(parts[2])
    return State(output: sigmoid(parts[3]) * tanh(memory), memory: memory)
  }

  public static func output(of state: State) -> Tensor { state.output }
}
