public import Tensors

/// Computes a function of one tensor and the gradient of its result, which must be a single number.
///
/// ```swift
/// let (value, gradient) = valueWithGradient(at: x) { x in (x * x).sum() }
/// ```
/// The gradient has the shape of `x`. Inside another differentiation the gradient is recorded too, so that derivatives
/// of derivatives are exact. Called `value_and_grad` in JAX.
public func valueWithGradient<Failure: Error>(
  at x: Tensor, of function: (Tensor) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: Tensor) {
  let (value, gradients) = try differentiated(at: [x]) { (x: [Tensor]) throws(Failure) in try function(x[0]) }
  return (value, gradients[0])
}

/// Computes a function of two tensors and both gradients of its result, which must be a single number.
public func valueWithGradient<Failure: Error>(
  at a: Tensor, _ b: Tensor, of function: (Tensor, Tensor) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: (Tensor, Tensor)) {
  let (value, gradients) = try differentiated(at: [a, b]) { (x: [Tensor]) throws(Failure) in try function(x[0], x[1]) }
  return (value, (gradients[0], gradients[1]))
}

/// Computes a function of three tensors and the three gradients of its result, which must be a single number.
public func valueWithGradient<Failure: Error>(
  at a: Tensor, _ b: Tensor, _ c: Tensor, of function: (Tensor, Tensor, Tensor) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: (Tensor, Tensor, Tensor)) {
  let (value, gradients) = try differentiated(at: [a, b, c]) { (x: [Tensor]) throws(Failure) in
    try function(x[0], x[1], x[2])
  }
  return (value, (gradients[0], gradients[1], gradients[2]))
}

/// Computes a function of any number of tensors and the gradients of its result, which must be a single number.
///
/// A tensor that does not influence the result has a gradient of zeros; if none does, the program stops and says so.
public func valueWithGradient<Failure: Error>(
  at inputs: [Tensor], of function: ([Tensor]) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: [Tensor]) {
  try differentiated(at: inputs, function)
}

/// The gradient of a function of one tensor whose result is a single number.
public func gradient<Failure: Error>(
  of function: (Tensor) throws(Failure) -> Tensor, at x: Tensor
) throws(Failure) -> Tensor {
  try valueWithGradient(at: x, of: function).gradient
}

/// The gradients of a function of any number of tensors whose result is a single number.
public func gradient<Failure: Error>(
  of function: ([Tensor]) throws(Failure) -> Tensor, at inputs: [Tensor]
) throws(Failure) -> [Tensor] {
  try differentiated(at: inputs, function).gradient
}

/// Runs a function on watched tensors, or passes its error on.
func recorded<Failure: Error>(
  at inputs: [Tensor], _ function: ([Tensor]) throws(Failure) -> Tensor
) throws(Failure) -> (Tensor, Differentiation) {
  var value: Tensor?
  var failure: Failure?
  let differentiation = Differentiation(at: inputs) { watched in
    do throws(Failure) { value = try function(watched) } catch { failure = error }
  }
  guard let value else {
    if let failure { throw failure }
    fatalError("gradients: the function neither returned nor threw")
  }
  return (value, differentiation)
}

private func differentiated<Failure: Error>(
  at inputs: [Tensor], _ function: ([Tensor]) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: [Tensor]) {
  var (value, differentiation) = try recorded(at: inputs, function)
  return differentiation.scalarGradients(of: value)
}

extension Differentiation {
  /// A value that is one number, and its gradients.
  fileprivate mutating func scalarGradients(of value: Tensor) -> (value: Tensor, gradient: [Tensor]) {
    require(
      value.count == 1,
      "gradients: the loss has shape \(value.shape) and not one element: reduce it with mean() or sum(), "
        + "or give the gradient to start from as `seed`")
    let gradients = gradients(of: value, seed: Tensor.ones(like: value))
    return (kept(value), gradients)
  }
}
