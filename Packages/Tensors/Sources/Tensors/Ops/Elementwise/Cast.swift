internal import TensorKernels

extension Tensor {
  /// The same values in another element type; fractions are cut off, and a number is true unless it is 0.
  ///
  /// The gradient is converted back.
  public func cast(to dtype: DType) -> Tensor {
    if dtype == self.dtype { return self }
    let y = Tensor(uninitialized: shape, dtype)
    wabe_cast(Int32(self.dtype.rawValue), Int32(dtype.rawValue), pointer, y.freshPointer, count)
    let from = self.dtype
    return y.recorded("cast", from: self) { _, _ in .each { gradient, _ in gradient.cast(to: from) } }
  }
}
