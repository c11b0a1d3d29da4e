public import Tensors

/// Computes a function whose result may have any shape, and the gradient that starts from `seed` at the result.
///
/// With J the Jacobian matrix of the function, this gives seedᵀ J in one way back, without J. Called
/// `backward(gradient=)` in PyTorch and `vjp` in JAX.
public func valueWithGradient<Failure: Error>(
  at x: Tensor, seed: Tensor, of function: (Tensor) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: Tensor) {
  let (value, gradients) = try valueWithGradient(at: [x], seed: seed) { (x: [Tensor]) throws(Failure) in
    try function(x[0])
  }
  return (value, gradients[0])
}

/// Computes a function of several tensors, and the gradients that start from `seed` at its result.
public func valueWithGradient<Failure: Error>(
  at inputs: [Tensor], seed: Tensor, of function: ([Tensor]) throws(Failure) -> Tensor
) throws(Failure) -> (value: Tensor, gradient: [Tensor]) {
  var (value, differentiation) = try recorded(at: inputs, function)
  require(
    seed.shape == value.shape && seed.dtype == value.dtype,
    "gradients: the seed is \(seed.dtype)\(seed.shape) and the result \(value.dtype)\(value.shape): "
      + "a seed has the shape and type of the result")
  let gradients = differentiation.gradients(of: value, seed: seed, called: "the result")
  return (differentiation.kept(value), gradients)
}
