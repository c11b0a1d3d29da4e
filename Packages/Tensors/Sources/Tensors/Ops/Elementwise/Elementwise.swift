internal import TensorKernels

/// How the gradient of an operation with one input is found.
enum UnaryRule {
  /// From the gradient and the input.
  case input(@Sendable (_ gradient: Tensor, _ x: Tensor) -> Tensor)
  /// From the gradient and the result.
  case output(@Sendable (_ gradient: Tensor, _ y: Tensor) -> Tensor)
  /// From the gradient alone.
  case linear(@Sendable (_ gradient: Tensor) -> Tensor)
  /// There is none: the result changes in steps, or not at all.
  case constant
}

/// How the gradients of an operation with two inputs are found, before axes that were broadcast are summed up.
enum BinaryRule {
  /// From the gradient and both inputs.
  case inputs(
    @Sendable (_ gradient: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor,
    @Sendable (_ gradient: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor)
  /// From the gradient alone.
  case linear(@Sendable (_ gradient: Tensor) -> Tensor, @Sendable (_ gradient: Tensor) -> Tensor)
  /// There are none.
  case constant
}

extension Tensor {
  /// Applies a kernel to every element.
  @inline(__always)
  static func unary(_ name: String, _ kernel: Int, _ x: Tensor, rule: UnaryRule) -> Tensor {
    let y = Tensor(uninitialized: x.shape, x.dtype)
    wabe_map(Int32(kernel), Int32(x.dtype.rawValue), x.pointer, y.freshPointer, x.count)
    guard x.trace != nil else { return y }
    return y.recorded(name, from: x, unary: rule)
  }

  /// Applies a kernel that needs real numbers to every element.
  @inline(__always)
  static func floatUnary(_ name: String, _ kernel: Int, _ x: Tensor, rule: UnaryRule) -> Tensor {
    require(x.dtype.isFloatingPoint, "\(name): \(x.dtype) has no fractions: convert with cast(to: .float32)")
    return unary(name, kernel, x, rule: rule)
  }

  /// Applies a kernel to every pair of elements; axes of size 1 are repeated as NumPy does.
  @inline(__always)
  static func binary(_ name: String, _ kernel: Int, _ a: Tensor, _ b: Tensor, rule: BinaryRule) -> Tensor {
    requireSameType(name, a, b)
    let y: Tensor
    if a.shape == b.shape {
      y = Tensor(uninitialized: a.shape, a.dtype)
      wabe_zip(
        Int32(kernel), Int32(a.dtype.rawValue), a.pointer, 1, b.pointer, 1, y.freshPointer, a.shape.elementCount)
    } else {
      y = broadcastBinary(name, kernel, a, b)
    }
    guard a.trace != nil || b.trace != nil else { return y }
    return y.recorded(name, from: a, b, binary: rule)
  }

  @inline(never)
  private static func broadcastBinary(_ name: String, _ kernel: Int, _ a: Tensor, _ b: Tensor) -> Tensor {
    let y = Tensor(uninitialized: broadcastShape(name, a, b), a.dtype)
    var nest = Nest(result: y.shape, a.shape, b.shape).kernelNest
    wabe_zip_nest(Int32(kernel), Int32(a.dtype.rawValue), &nest, a.pointer, b.pointer, y.freshPointer)
    return y
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

  func recorded(_ name: String, from x: Tensor, unary rule: UnaryRule) -> Tensor {
    switch rule {
    case .constant: self
    case .linear(let rule): recorded(name, from: x) { _, _ in .each { gradient, _ in rule(gradient) } }
    case .input(let rule): recorded(name, from: x) { x, _ in .each { gradient, _ in rule(gradient, x) } }
    case .output(let rule): recorded(name, from: x) { _, y in .each { gradient, _ in rule(gradient, y) } }
    }
  }

  private func recorded(_ name: String, from a: Tensor, _ b: Tensor, binary rule: BinaryRule) -> Tensor {
    let shapes = (a.shape, b.shape)
    switch rule {
    case .constant:
      return self
    case .linear(let first, let second):
      return recorded(name, from: a, b) { _, _, _ in
        .each { gradient, input in
          input == 0 ? first(gradient).summed(to: shapes.0) : second(gradient).summed(to: shapes.1)
        }
      }
    case .inputs(let first, let second):
      return recorded(name, from: a, b) { a, b, _ in
        .each { gradient, input in
          input == 0 ? first(gradient, a, b).summed(to: a.shape) : second(gradient, a, b).summed(to: b.shape)
        }
      }
    }
  }
}
