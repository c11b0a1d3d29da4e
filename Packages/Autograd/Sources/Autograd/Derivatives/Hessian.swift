public import Tensors

/// All second derivatives of a function whose result is a single number.
///
/// The Hessian's shape is that of `x` twice; for a vector of n numbers it is the symmetric n × n matrix.
public func hessian<Failure: Error>(
  of function: (Tensor) throws(Failure) -> Tensor, at x: Tensor
) throws(Failure) -> Tensor {
  try jacobian(of: { (x: Tensor) throws(Failure) in try gradient(of: function, at: x) }, at: x)
}

/// All second derivatives of a function of several tensors whose result is a single number, as one matrix.
///
/// Rows and columns run through the numbers of all inputs, one input after the other, each in row-major order. With n
/// numbers it takes one way forward, n ways back and n² numbers of memory.
public func hessian<Failure: Error>(
  of function: ([Tensor]) throws(Failure) -> Tensor, at inputs: [Tensor]
) throws(Failure) -> Tensor {
  var (gradients, differentiation) = try recordedGradients(of: function, at: inputs)
  var rows: [Tensor] = []
  for gradient in gradients {
    for element in 0..<gradient.count {
      rows += differentiation.gradients(of: gradient, seed: gradient.unit(at: element), isLast: false)
    }
  }
  let size = inputs.reduce(0) { $0 + $1.count }
  return Tensor.stacking(rows, as: [size, size], inputs[0])
}

/// The Hessian times a tensor of `x`'s shape, in two ways back and without the Hessian.
///
/// It is how the gradient changes along the direction.
public func hessianVectorProduct<Failure: Error>(
  of function: (Tensor) throws(Failure) -> Tensor, at x: Tensor, along direction: Tensor
) throws(Failure) -> Tensor {
  try hessianVectorProduct(
    of: { (x: [Tensor]) throws(Failure) in try function(x[0]) }, at: [x], along: [direction])[0]
}

/// The Hessian of a function of several tensors times one direction per tensor, in two ways back.
public func hessianVectorProduct<Failure: Error>(
  of function: ([Tensor]) throws(Failure) -> Tensor, at inputs: [Tensor], along directions: [Tensor]
) throws(Failure) -> [Tensor] {
  require(
    inputs.map(\.shape) == directions.map(\.shape),
    "hessianVectorProduct: the inputs have the shapes \(inputs.map(\.shape)) and the directions "
      + "\(directions.map(\.shape)): give one direction of the same shape per input")
  var (gradients, differentiation) = try recordedGradients(of: function, at: inputs)
  var sum = inputs.map { Tensor.zeros(like: $0) }
  for (gradient, direction) in zip(gradients, directions) {
    let part = differentiation.gradients(of: gradient, seed: direction, isLast: false)
    for position in sum.indices { sum[position] += part[position] }
  }
  return sum
}

/// The gradients of a function, in a recording from which they can be differentiated again.
private func recordedGradients<Failure: Error>(
  of function: ([Tensor]) throws(Failure) -> Tensor, at inputs: [Tensor]
) throws(Failure) -> ([Tensor], Differentiation) {
  var gradients: [Tensor] = []
  var failure: Failure?
  let differentiation = Differentiation(at: inputs) { watched in
    do throws(Failure) { gradients = try gradient(of: function, at: watched) } catch { failure = error }
  }
  if let failure { throw failure }
  return (gradients, differentiation)
}
