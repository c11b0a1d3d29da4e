public import Modules
public import Tensors

/// One step of a recurrent network, which `Recurrent` repeats along the time axis.
public protocol RecurrentCell: Module {
  /// What goes from one time to the next.
  associatedtype State: Sendable

  /// The number of linear maps that are computed side by side.
  static var gateCount: Int { get }

  /// The weights of all gates.
  var gates: GateWeights { get set }

  /// Makes a cell from its weights.
  init(gates: GateWeights)

  /// The state before the first time: zeros.
  func initialState(batch: Int) -> State

  /// The next state, from the last one and what the input contributes: [batch, gates · hidden].
  func step(_ projected: Tensor, _ state: State) -> State

  /// The cell's output in a state, [batch, hidden].
  static func output(of state: State) -> Tensor
}

extension RecurrentCell {
  /// Shows the weights under their own names.
  public mutating func visit(_ visitor: inout some ModuleVisitor) { gates.visit(&visitor) }

  /// Zeros for a batch, [batch, hidden].
  func zeros(batch: Int) -> Tensor {
    .zeros([batch, gates.hidden], dtype: gates.recurrentWeight.dtype)
  }
}
