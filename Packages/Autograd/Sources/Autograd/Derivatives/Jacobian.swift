public import Tensors

/// All partial derivatives of a function whose result may have any shape.
///
/// The Jacobian's shape is that of the result followed by that of `x`; for vectors it is the matrix with one row per
/// result. It takes one way back per element of the result.
public func jacobian<Failure: Error>(
  of function: (Tensor) throws(Failure) -> Tensor, at x: Tensor
) throws(Failure) -> Tensor {
  try jacobian(of: { (x: [Tensor]) throws(Failure) in try function(x[0]) }, at: [x])[0]
}

/// All partial derivatives of a function of several tensors, one Jacobian per tensor.
public func jacobian<Failure: Error>(
  of function: ([Tensor]) throws(Failure) -> Tensor, at inputs: [Tensor]
) throws(Failure) -> [Tensor] {
  var (value, differentiation) = try recorded(at: inputs, function)
  return differentiation.jacobian(of: value)
}

extension Differentiation {
  /// The Jacobians of `output` with respect to all inputs.
  mutating func jacobian(of output: Tensor) -> [Tensor] {
    for input in inputs {
      require(
        output.rank + input.rank <= Shape.maximumRank,
        "jacobian: a result of shape \(output.shape) and an input of shape \(input.shape) have "
          + "\(output.rank + input.rank) axes together, but a tensor has at most \(Shape.maximumRank): "
          + "flatten them with reshaped(to:)")
    }
    let rows = gradients(ofEachNumberIn: output)
    return inputs.indices.map { position in
      let shape = Shape(Array(output.shape) + Array(inputs[position].shape))
      return Tensor.stacking(rows.map { $0[position] }, as: shape, inputs[position])
    }
  }

  /// For every number of `output`, its gradients with respect to all inputs.
  mutating func gradients(ofEachNumberIn output: Tensor) -> [[Tensor]] {
    (0..<output.count).map { element in
      gradients(of: output, seed: output.unit(at: element), isLast: element == output.count - 1, called: "the result")
    }
  }
}

extension Tensor {
  /// A tensor of this one's shape and type with a one at the given element and zeros elsewhere.
  func unit(at element: Int) -> Tensor {
    var numbers = [Double](repeating: 0, count: count)
    numbers[element] = 1
    return Tensor(numbers, shape: shape).cast(to: dtype)
  }

  /// All rows one after the other, as a tensor of the given shape and of the type of `model`.
  ///
  /// It is made of operations, so that a derivative of a Jacobian or a Hessian goes through it.
  static func stacking(_ rows: [Tensor], as shape: Shape, _ model: Tensor) -> Tensor {
    rows.isEmpty
      ? Tensor.zeros(shape, dtype: model.dtype)
      : Tensor.concatenate(rows.map { $0.flattened() }).reshaped(to: shape)
  }
}
