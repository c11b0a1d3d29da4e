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
public func valueWithGradient<Model: Module, Failure: Error>(
  at model: inout Model, mode: Mode = .training, training selection: ParameterSelection = .all,
  of loss: (inout Model) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradients: Gradients<Model>) {
  var collected = CollectParameters()
  model.visit(&collected)
  let parameters = collected.values
  let positions = collected.positions(of: selection)
  defer { restore(&model, parameters) }
  let trained = positions.map { positions in positions.map { parameters[$0] } } ?? parameters
  var unused: [Int] = []
  let (value, gradients) = try valueWithGradient(at: trained, unused: &unused) { (watched: [Tensor]) throws(Failure) in
    var replace = ReplaceParameters(values: watched)
    if let positions {
      replace.values = parameters
      for (position, tensor) in zip(positions, watched) { replace.values[position] = tensor }
    }
    model.visit(&replace)
    return try inMode(mode, &model, loss)
  }
  guard let positions else {
    return (value, Gradients(values: gradients.map { $0 }, paths: collected.paths, unused: unused))
  }
  var values = [Tensor?](repeating: nil, count: parameters.count)
  for (position, gradient) in zip(positions, gradients) { values[position] = gradient }
  return (value, Gradients(values: values, paths: collected.paths, unused: unused.map { positions[$0] }))
}

/// Computes a function of a module in the given mode.
func inMode<Model: Module, Failure: Error>(
  _ mode: Mode, _ model: inout Model, _ function: (inout Model) throws(Failure) -> Tensor
) throws(Failure) -> Tensor {
  if Mode.current == mode { return try function(&model) }
  var value: Tensor?
  var failure: Failure?
  Mode.$current.withValue(mode) {
    do throws(Failure) { value = try function(&model) } catch { failure = error }
  }
  if let failure { throw failure }
  guard let value else { fatalError("valueWithGradient: the closure neither returned nor threw") }
  return value
}

/// Gives a model its parameters back after the closure, and frees its buffers from traces.
func restore(_ model: inout some Module, _ parameters: [Tensor]) {
  var replace = ReplaceParameters(values: parameters)
  replace.detachesBuffers = true
  model.visit(&replace)
  require(
    replace.position == parameters.count,
    "valueWithGradient: the model had \(parameters.count) parameters before the closure and \(replace.position) "
      + "after it: change the structure of a model outside")
}
