internal import TensorKernels

// `a += b` writes into a's own memory where nothing else refers to it and nothing records it; otherwise it is `a = a + b`.

extension Tensor {
  /// Adds a tensor to this one, in place where nothing else refers to its memory.
  public static func += (a: inout Tensor, b: Tensor) {
    if !a.update("add", WABE_ADD, b) { a = a + b }
  }

  /// Subtracts a tensor from this one, in place where nothing else refers to its memory.
  public static func -= (a: inout Tensor, b: Tensor) {
    if !a.update("subtract", WABE_SUBTRACT, b) { a = a - b }
  }

  /// Multiplies this tensor with another one element by element, in place where nothing else refers to its memory.
  public static func *= (a: inout Tensor, b: Tensor) {
    if !a.update("multiply", WABE_MULTIPLY, b) { a = a * b }
  }

  /// Divides this tensor by another one element by element, in place where nothing else refers to its memory.
  public static func /= (a: inout Tensor, b: Tensor) {
    if !a.update("divide", WABE_DIVIDE, b) { a = a / b }
  }

  /// Adds a number to every element, in place where nothing else refers to the memory.
  public static func += (a: inout Tensor, b: Double) {
    if !a.update("add", WABE_ADD, b) { a = a + b }
  }

  /// Subtracts a number from every element, in place where nothing else refers to the memory.
  public static func -= (a: inout Tensor, b: Double) {
    if !a.update("subtract", WABE_SUBTRACT, b) { a = a - b }
  }

  /// Multiplies every element with a number, in place where nothing else refers to the memory.
  public static func *= (a: inout Tensor, b: Double) {
    if !a.update("multiply", WABE_MULTIPLY, b) { a = a * b }
  }

  /// Divides every element by a number, in place where nothing else refers to the memory.
  public static func /= (a: inout Tensor, b: Double) {
    if !a.update("divide", WABE_DIVIDE, b) { a = a / b }
  }
}

extension Tensor {
  /// Combines this tensor with `b` in its own memory and returns true, or returns false where that is not possible.
  private mutating func update(_ name: String, _ kernel: Int, _ b: Tensor) -> Bool {
    guard trace == nil, b.trace == nil, dtype == b.dtype, dtype != .bool, isUnique else { return false }
    let type = Int32(dtype.rawValue)
    if shape == b.shape {
      wabe_zip(Int32(kernel), type, pointer, 1, b.pointer, 1, storage.base, count)
      return true
    }
    guard shape.broadcast(with: b.shape) == shape else { return false }
    var nest = wabe_nest(over: shape, shape, b.shape)
    wabe_zip_nest(Int32(kernel), type, &nest, pointer, b.pointer, storage.base)
    return true
  }

  private mutating func update(_ name: String, _ kernel: Int, _ b: Double) -> Bool {
    guard trace == nil, isUnique else { return false }
    Tensor.requireValue(b, of: dtype, for: name)
    wabe_zip_number(Int32(kernel), Int32(dtype.rawValue), pointer, b, false, storage.base, count)
    return true
  }
}
