internal import TensorKernels

// Rules are made only where something records: a rule that keeps a number would otherwise cost an allocation each time.

extension Tensor {
  /// Applies a kernel to every element.
  @inline(__always)
  static func unary(_ name: String, _ kernel: Int, _ x: Tensor, rule: @autoclosure () -> UnaryRule) -> Tensor {
    require(x.dtype != .bool, "\(name): truth values are no numbers: convert with cast(to:)")
    let y = Tensor(uninitialized: x.shape, x.dtype)
    wabe_map(Int32(kernel), Int32(x.dtype.rawValue), x.pointer, y.freshPointer, x.count)
    guard x.trace != nil else { return y }
    return y.recorded(name, from: x, unary: rule())
  }

  /// Applies a kernel that needs real numbers to every element.
  @inline(__always)
  static func floatUnary(_ name: String, _ kernel: Int, _ x: Tensor, rule: @autoclosure () -> UnaryRule) -> Tensor {
    requireFloat(name, x)
    return unary(name, kernel, x, rule: rule())
  }

  /// Applies a kernel to every pair of elements; axes of size 1 are repeated as NumPy does.
  @inline(__always)
  static func binary(_ name: String, _ kernel: Int, _ a: Tensor, _ b: Tensor, rule: @autoclosure () -> BinaryRule)
    -> Tensor
  {
    requireSameType(name, a, b)
    require(a.dtype != .bool, "\(name): truth values are no numbers: convert with cast(to:)")
    let y: Tensor
    if a.storage.hasSameShape(as: b.storage) {
      y = Tensor(uninitialized: a.shape, a.dtype)
      wabe_zip(Int32(kernel), Int32(a.dtype.rawValue), a.pointer, 1, b.pointer, 1, y.freshPointer, y.count)
    } else {
      y = broadcastBinary(name, kernel, a, b)
    }
    guard a.trace != nil || b.trace != nil else { return y }
    return y.recorded(name, from: a, b, binary: rule())
  }

  /// Applies a kernel that needs real numbers to every pair of elements.
  @inline(__always)
  static func floatBinary(_ name: String, _ kernel: Int, _ a: Tensor, _ b: Tensor, rule: @autoclosure () -> BinaryRule)
    -> Tensor
  {
    requireFloat(name, a)
    return binary(name, kernel, a, b, rule: rule())
  }

  @inline(never)
  private static func broadcastBinary(_ name: String, _ kernel: Int, _ a: Tensor, _ b: Tensor) -> Tensor {
    let y = Tensor(uninitialized: broadcastShape(name, a, b), a.dtype)
    if a.count == 1 || b.count == 1 {
      let steps: (Int32, Int32) = (a.count == 1 ? 0 : 1, b.count == 1 ? 0 : 1)
      wabe_zip(
        Int32(kernel), Int32(a.dtype.rawValue), a.pointer, steps.0, b.pointer, steps.1, y.freshPointer, y.count)
      return y
    }
    var nest = wabe_nest(over: y.shape, a.shape, b.shape)
    wabe_zip_nest(Int32(kernel), Int32(a.dtype.rawValue), &nest, a.pointer, b.pointer, y.freshPointer)
    return y
  }
}

// MARK: - What operands must fulfil

extension Tensor {
  /// Stops the program unless the tensor holds real numbers.
  @inline(__always)
  static func requireFloat(_ name: String, _ x: Tensor) {
    require(x.dtype.isFloatingPoint, "\(name): \(x.dtype) has no fractions: convert with cast(to: .float32)")
  }

  /// Stops the program unless both tensors hold the same type of element.
  @inline(__always)
  static func requireSameType(_ name: String, _ a: Tensor, _ b: Tensor) {
    require(
      a.dtype == b.dtype,
      "\(name): \(a.dtype)\(a.shape) and \(b.dtype)\(b.shape) hold different types: convert one with cast(to:)")
  }

  /// The shape that both tensors are broadcast to.
  static func broadcastShape(_ name: String, _ a: Tensor, _ b: Tensor) -> Shape {
    guard let shape = a.shape.broadcast(with: b.shape) else {
      fatalError(
        "\(name): shapes \(a.shape) and \(b.shape) do not fit together: "
          + "counted from the last axis, sizes must be equal or 1")
    }
    return shape
  }
}
