internal import TensorKernels

extension Tensor: Equatable {
  /// Whether two tensors have the same type, shape and values.
  ///
  /// As for single numbers, NaN differs from everything and the two zeros are equal. For element by element see `.==`;
  /// for the same bits, `hasSameBits(as:)`.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    guard a.dtype == b.dtype, a.shape == b.shape else { return false }
    switch a.dtype {
    case .float32: return a.elements(Float.self).elementsEqual(b.elements(Float.self))
    case .float64: return a.elements(Double.self).elementsEqual(b.elements(Double.self))
    case .int32, .int64, .uint8, .bool: return a.hasSameBits(as: b)
    }
  }

  /// Whether two tensors have the same type, shape and bits: NaN equals itself, and 0 differs from −0.
  public func hasSameBits(as other: Tensor) -> Bool {
    guard dtype == other.dtype, shape == other.shape else { return false }
    return withUnsafeBytes { own in
      other.withUnsafeBytes { wabe_same_bytes(own.baseAddress, $0.baseAddress, own.count) }
    }
  }

  /// Whether all elements of two tensors of the same type and shape differ by little.
  ///
  /// The difference may be `absolute` + `relative` · |other|. Infinities must be equal, and NaN is close to nothing unless
  /// `equalNaN`. Called `allclose` in NumPy and PyTorch.
  public func isClose(
    to other: Tensor, relative: Double = 1e-5, absolute: Double = 1e-8, equalNaN: Bool = false
  ) -> Bool {
    require(
      dtype == other.dtype && shape == other.shape,
      "isClose: \(dtype)\(shape) and \(other.dtype)\(other.shape) differ in type or shape: convert or reshape one")
    let own = detached.cast(to: .float64)
    let wanted = other.detached.cast(to: .float64)
    return zip(own.elements(Double.self), wanted.elements(Double.self)).allSatisfy { a, b in
      if a == b || (equalNaN && a.isNaN && b.isNaN) { return true }
      return (a - b).magnitude <= absolute + relative * b.magnitude && b.isFinite
    }
  }

  /// The elements in place; the tensor must outlive the use.
  private func elements<Scalar>(_ type: Scalar.Type) -> UnsafeBufferPointer<Scalar> {
    UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Scalar.self), count: count)
  }
}
