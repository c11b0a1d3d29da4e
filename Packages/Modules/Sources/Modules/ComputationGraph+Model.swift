public import Autograd
public import Tensors

extension ComputationGraph {
  /// How a model's loss (or any result) is computed, with one watched value per parameter under its dotted path.
  ///
  /// The model itself does not change. Operations are grouped by module, which the drawing shows as frames.
  public init<Model: Module, Failure: Error>(
    of model: Model, mode: Mode = .inference, _ function: (inout Model) throws(Failure) -> Tensor
  ) throws(Failure) {
    try self.init { (tape: Tape) throws(Failure) in
      var copy = model
      var watch = WatchVisitor(tape: tape)
      copy.visit(&watch)
      return try inMode(mode, &copy, function)
    }
  }
}
