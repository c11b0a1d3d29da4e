internal import Autograd
public import Tensors

/// Computes a loss of a model and the gradients of all its parameters.
///
/// ```swift
/// let (loss, gradients) = valueWithGradient(at: &model) { model in
///   binaryCrossEntropy(logits: model(batch.inputs), targets: batch.targets)
/// }
/// ```
/// The closure must use its argument, not the variable outside (which does not compile for a local variable). What the
/// forward pass changes in the model stays, such as running statistics; parameters keep their values. Whether the
/// closure returns or throws, the model holds plain tensors afterwards.
///
/// - Parameters:
///   - mode: What layers take for the current mode; `.inference` gives gradients of a network that is not trained.
///   - selection: Which parameters are trained, each of which the loss has to depend on before an optimizer moves them. For the others no gradient is computed at all.
///   - loss: Computes a single number from the model.
@inlinable
public func valueWithGradient<Model: Module, Failure: Error>(
  at model: inout Model, mode: Mode = .training, training selection: ParameterSelection = .all,
  of loss: (inout Model) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradients: Gradients<Model>) {
  // Inlinable for the reason given in Autograd: only the caller's compiler sees whether the closure can throw.
  var failure: Failure?
  let result = modelGradients(at: &model, mode: mode, training: selection) { model in
    do throws(Failure) { return try loss(&model) } catch { failure = error }
    return nil
  }
  if let failure { throw failure }
  guard let result else { fatalError("valueWithGradient: the closure neither returned nor threw") }
  return result
}

/// Computes a loss and its gradients, or nil where the closure gives no loss.
@usableFromInline
func modelGradients<Model: Module>(
  at model: inout Model, mode: Mode, training selection: ParameterSelection, of loss: (inout Model) -> Tensor?
) -> (value: Tensor, gradients: Gradients<Model>)? {
  var collected = CollectParameters()
  model.visit(&collected)
  let positions = collected.positions(of: selection)
  let trained = positions.map { positions in positions.map { collected.values[$0] } } ?? collected.values
  var exchange = ExchangeParameters(values: collected.values)
  var unused: [Int] = []
  var result: (value: Tensor, gradient: [Tensor])?
  do throws(NoLoss) {
    result = try valueWithGradient(at: trained, unused: &unused) { (watched: inout [Tensor]) throws(NoLoss) in
      if let positions {
        for (position, tensor) in zip(positions, watched) { exchange.values[position] = tensor }
      } else {
        swap(&exchange.values, &watched)
      }
      model.visit(&exchange)
      guard let value = valueInMode(mode, &model, loss) else { throw NoLoss() }
      return value
    }
  } catch {}
  exchange.undo(in: &model)
  guard let (value, gradients) = result else { return nil }
  guard let positions else {
    return (value, Gradients(values: gradients.map { $0 }, paths: collected.paths, unused: unused))
  }
  var values = [Tensor?](repeating: nil, count: collected.values.count)
  for (position, gradient) in zip(positions, gradients) { values[position] = gradient }
  return (value, Gradients(values: values, paths: collected.paths, unused: unused.map { positions[$0] }))
}

/// Why there are no gradients: the closure gave no loss.
private struct NoLoss: Error {}

/// Computes a function of a module in the given mode.
func inMode<Model: Module, Failure: Error>(
  _ mode: Mode, _ model: inout Model, _ function: (inout Model) throws(Failure) -> Tensor
) throws(Failure) -> Tensor {
  var failure: Failure?
  let value = valueInMode(mode, &model) { model in
    do throws(Failure) { return try function(&model) } catch { failure = error }
    return nil
  }
  if let failure { throw failure }
  guard let value else { fatalError("valueWithGradient: the closure neither returned nor threw") }
  return value
}

/// Computes a function of a module in the given mode, if it gives a value.
func valueInMode<Model: Module>(
  _ mode: Mode, _ model: inout Model, _ function: (inout Model) -> Tensor?
) -> Tensor? {
  Mode.current == mode ? function(&model) : Mode.$current.withValue(mode) { function(&model) }
}
