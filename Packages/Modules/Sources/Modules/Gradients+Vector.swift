public import Tensors

extension Gradients {
  /// All gradients one after the other, as one vector; frozen parameters are left out.
  public var flattened: Tensor { Tensor(joining: values.compactMap { $0 }) }

  /// Gradients with the numbers of a vector, in the order of `flattened`.
  public func unflattened(_ vector: Tensor) -> Gradients {
    let parts = vector.split(like: values.compactMap { $0 })
    var result = self
    var next = 0
    for position in values.indices where values[position] != nil {
      result.values[position] = parts[next]
      next += 1
    }
    return result
  }
}

extension Tensor {
  /// The numbers of all tensors, which must be of one type, in one vector.
  init(joining tensors: [Tensor]) {
    require(!tensors.isEmpty, "gradients: every parameter is frozen, so there is nothing to join")
    let dtype = tensors[0].dtype
    require(tensors.allSatisfy { $0.dtype == dtype }, "gradients: parameters of different types cannot be joined")
    self = Tensor(tensors.flatMap(\.scalars)).cast(to: dtype)
  }

  /// Parts of this vector with the shapes of the given tensors.
  func split(like models: [Tensor]) -> [Tensor] {
    let wanted = models.reduce(0) { $0 + $1.count }
    require(
      rank == 1 && count == wanted && models.allSatisfy { $0.dtype == dtype },
      "gradients: a \(dtype) vector of shape \(shape) cannot be split into parameters of \(wanted) numbers in all")
    var rest = scalars[...]
    return models.map { model in
      let part = Tensor(Array(rest.prefix(model.count)), shape: model.shape).cast(to: dtype)
      rest = rest.dropFirst(model.count)
      return part
    }
  }
}
