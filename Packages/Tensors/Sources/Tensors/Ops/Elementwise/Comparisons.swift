internal import TensorKernels

// Comparisons element by element, written as Swift's SIMD types write them. They give bool tensors, are broadcast like
// arithmetic, and have no gradient. (`==` without the dot compares whole tensors.) NaN is equal to nothing, not even to NaN, and neither above nor below anything.

extension Tensor {
  /// Where elements are equal.
  public static func .== (a: Tensor, b: Tensor) -> Tensor { compare("equal", WABE_EQUAL, a, b) }
  /// Where elements differ.
  public static func .!= (a: Tensor, b: Tensor) -> Tensor { compare("notEqual", WABE_NOT_EQUAL, a, b) }
  /// Where elements of the first tensor are below those of the second.
  public static func .< (a: Tensor, b: Tensor) -> Tensor { compare("less", WABE_LESS, a, b) }
  /// Where elements of the first tensor are not above those of the second.
  public static func .<= (a: Tensor, b: Tensor) -> Tensor { compare("lessOrEqual", WABE_LESS_EQUAL, a, b) }
  /// Where elements of the first tensor are above those of the second.
  public static func .> (a: Tensor, b: Tensor) -> Tensor { compare("greater", WABE_LESS, b, a) }
  /// Where elements of the first tensor are not below those of the second.
  public static func .>= (a: Tensor, b: Tensor) -> Tensor { compare("greaterOrEqual", WABE_LESS_EQUAL, b, a) }
}

// MARK: - With one number

extension Tensor {
  /// Where elements are equal to a number.
  public static func .== (a: Tensor, b: Double) -> Tensor { a .== number(b, a.dtype, for: "equal") }
  /// Where elements differ from a number.
  public static func .!= (a: Tensor, b: Double) -> Tensor { a .!= number(b, a.dtype, for: "notEqual") }
  /// Where elements are below a number.
  public static func .< (a: Tensor, b: Double) -> Tensor { a .< number(b, a.dtype, for: "less") }
  /// Where elements are not above a number.
  public static func .<= (a: Tensor, b: Double) -> Tensor { a .<= number(b, a.dtype, for: "lessOrEqual") }
  /// Where elements are above a number.
  public static func .> (a: Tensor, b: Double) -> Tensor { a .> number(b, a.dtype, for: "greater") }
  /// Where elements are not below a number.
  public static func .>= (a: Tensor, b: Double) -> Tensor { a .>= number(b, a.dtype, for: "greaterOrEqual") }
}

// MARK: - Truth values

extension Tensor {
  /// Where the element is false.
  public static prefix func ! (x: Tensor) -> Tensor { combine("not", WABE_XOR, x, Tensor([true], shape: [])) }
  /// Where both elements are true.
  public static func & (a: Tensor, b: Tensor) -> Tensor { combine("and", WABE_AND, a, b) }
  /// Where at least one element is true.
  public static func | (a: Tensor, b: Tensor) -> Tensor { combine("or", WABE_OR, a, b) }
  /// Where exactly one element is true.
  public static func ^ (a: Tensor, b: Tensor) -> Tensor { combine("exclusiveOr", WABE_XOR, a, b) }

  /// Where elements are NaN.
  public var isNaN: Tensor { classified("isNaN", WABE_IS_NAN) }
  /// Where elements are infinite.
  public var isInfinite: Tensor { classified("isInfinite", WABE_IS_INFINITE) }
  /// Where elements are neither infinite nor NaN.
  public var isFinite: Tensor { classified("isFinite", WABE_IS_FINITE) }
}

extension Tensor {
  private static func compare(_ name: String, _ kernel: Int, _ a: Tensor, _ b: Tensor) -> Tensor {
    requireSameType(name, a, b)
    let y = Tensor(uninitialized: broadcastShape(name, a, b), .bool)
    var nest = wabe_nest(over: y.shape, a.shape, b.shape)
    let bytes = y.freshPointer.assumingMemoryBound(to: UInt8.self)
    wabe_compare_nest(Int32(kernel), Int32(a.dtype.rawValue), &nest, a.pointer, b.pointer, bytes)
    return y
  }

  private static func combine(_ name: String, _ kernel: Int, _ a: Tensor, _ b: Tensor) -> Tensor {
    requireSameType(name, a, b)
    require(a.dtype == .bool, "\(name): \(a.dtype) elements are not truth values: compare them first")
    let y = Tensor(uninitialized: broadcastShape(name, a, b), .bool)
    var nest = wabe_nest(over: y.shape, a.shape, b.shape)
    let bytes = y.freshPointer.assumingMemoryBound(to: UInt8.self)
    wabe_logic_nest(
      Int32(kernel), &nest, a.pointer.assumingMemoryBound(to: UInt8.self),
      b.pointer.assumingMemoryBound(to: UInt8.self), bytes)
    return y
  }

  private func classified(_ name: String, _ kind: Int) -> Tensor {
    Tensor.requireFloat(name, self)
    let y = Tensor(uninitialized: shape, .bool)
    let bytes = y.freshPointer.assumingMemoryBound(to: UInt8.self)
    wabe_classify(Int32(kind), Int32(dtype.rawValue), pointer, bytes, count)
    return y
  }
}
