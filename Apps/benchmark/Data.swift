internal import Tensors

/// Floats in −1 … 1 that are the same in every run.
func scattered(_ shape: Shape) -> Tensor {
  var state: UInt32 = 12345
  let values = (0..<shape.elementCount).map { _ -> Float in
    state = state &* 1_664_525 &+ 1_013_904_223
    return Float(Int32(bitPattern: state)) * 0x1p-31
  }
  return Tensor(values, shape: shape)
}

/// Uses a result, so that no optimizer can leave out the work that made it.
@inline(never)
func keep(_ result: Tensor) {}
