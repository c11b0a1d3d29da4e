public import Autograd
public import Tensors

extension ComputationGraph {
  /// How a model's loss (or any result) is computed, with one watched value per parameter under its dotted path.
  ///
  /// The closure works on a copy, so the model does not change. Operations are grouped by module, which a drawing shows
  /// as frames.
  public init<Model: Module, Failure: Error>(
    at model: inout Model, mode: Mode = .inference, of function: (inout Model) throws(Failure) -> Tensor
  ) throws(Failure) {
    var copy = model
    try self.init { (tape: Tape) throws(Failure) in
      var watch = WatchVisitor(tape: tape)
      copy.visit(&watch)
      return try inMode(mode, &copy, function)
    }
  }
}
