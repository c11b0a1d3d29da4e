public import Tensors

// These functions are inlinable so that the compiler sees, where they are called, whether the closure can throw. That
// saves 800 of the 6,500 instructions that a differentiation costs besides its operations.

/// Computes a function of one tensor and the gradient of its result, which must be a single number.
///
/// ```swift
/// let (value, gradient) = valueWithGradient(at: x) { x in (x * x).sum() }
/// ```
/// The gradient has the shape of `x`. Inside another differentiation the gradient is recorded too, so that derivatives
/// of derivatives are exact. Called `value_and_grad` in JAX.
@inlinable
public func valueWithGradient<Failure: Error>(
  at x: Tensor, of function: (Tensor) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: Tensor) {
  let (value, gradients) = try valueWithGradient(at: [x]) { (x: [Tensor]) throws(Failure) in try function(x[0]) }
  return (value, gradients[0])
}

/// Computes a function of two tensors and both gradients of its result, which must be a single number.
@inlinable
public func valueWithGradient<Failure: Error>(
  at a: Tensor, _ b: Tensor, of function: (Tensor, Tensor) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: (Tensor, Tensor)) {
  let (value, gradients) = try valueWithGradient(at: [a, b]) { (x: [Tensor]) throws(Failure) in
    try function(x[0], x[1])
  }
  return (value, (gradients[0], gradients[1]))
}

/// Computes a function of three tensors and the three gradients of its result, which must be a single number.
@inlinable
public func valueWithGradient<Failure: Error>(
  at a: Tensor, _ b: Tensor, _ c: Tensor, of function: (Tensor, Tensor, Tensor) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: (Tensor, Tensor, Tensor)) {
  let (value, gradients) = try valueWithGradient(at: [a, b, c]) { (x: [Tensor]) throws(Failure) in
    try function(x[0], x[1], x[2])
  }
  return (value, (gradients[0], gradients[1], gradients[2]))
}

/// Computes a function of any number of tensors and the gradients of its result, which must be a single number.
///
/// A tensor that does not influence the result has a gradient of zeros; if none does, the program stops and says so.
@inlinable
public func valueWithGradient<Failure: Error>(
  at inputs: [Tensor], of function: ([Tensor]) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: [Tensor]) {
  var unused: [Int] = []
  return try valueWithGradient(at: inputs, unused: &unused) { (x: inout [Tensor]) throws(Failure) in try function(x) }
}

/// Computes a function of any number of tensors and the gradients of its result, and says which tensors had no part.
///
/// - Parameters:
///   - unused: Receives the positions of the inputs on which the result does not depend at all, whose gradients are zeros
///     for that reason; a gradient that only happens to be zero is not among them.
///   - function: May take the tensors out of its list, to put them where it needs them without a second reference.
@inlinable
public func valueWithGradient<Failure: Error>(
  at inputs: [Tensor], unused: inout [Int], of function: (inout [Tensor]) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: [Tensor]) {
  var failure: Failure?
  let result = scalarGradients(at: inputs, unused: &unused) { watched in
    do throws(Failure) { return try function(&watched) } catch { failure = error }
    return nil
  }
  if let failure { throw failure }
  return result
}

/// The gradient of a function of one tensor whose result is a single number.
@inlinable
public func gradient<Failure: Error>(
  of function: (Tensor) throws(Failure) -> Tensor, at x: Tensor
) throws(Failure) -> Tensor {
  try valueWithGradient(at: x, of: function).gradient
}

/// The gradients of a function of any number of tensors whose result is a single number.
@inlinable
public func gradient<Failure: Error>(
  of function: ([Tensor]) throws(Failure) -> Tensor, at inputs: [Tensor]
) throws(Failure) -> [Tensor] {
  try valueWithGradient(at: inputs, of: function).gradient
}

/// Computes a function and the gradients of its result; where the function gives nil, nothing that is of use.
@usableFromInline
func scalarGradients(
  at inputs: [Tensor], unused: inout [Int], _ function: (inout [Tensor]) -> Tensor?
) -> (value: Tensor, gradient: [Tensor]) {
  var value: Tensor?
  var differentiation = Differentiation(at: inputs) { value = function(&$0) }
  guard let value else { return (inputs[0], []) }
  require(
    value.count == 1,
    "gradients: the loss has shape \(value.shape) and not one element: reduce it with mean() or sum(), "
      + "or give the gradient to start from as `seed`")
  let gradients = differentiation.gradients(of: value, seed: .ones(like: value))
  unused = differentiation.unused
  return (differentiation.kept(value), gradients)
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
