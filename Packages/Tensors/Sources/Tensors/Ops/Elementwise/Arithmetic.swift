internal import TensorKernels

// Integers wrap around where a result does not fit; an integer divided by 0 gives 0.

extension Tensor {
  /// Adds two tensors element by element.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    binary("add", WABE_ADD, a, b, rule: .linear({ $0 }, { $0 }))
  }

  /// Subtracts the second tensor from the first, element by element.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    binary("subtract", WABE_SUBTRACT, a, b, rule: .linear({ $0 }, { -$0 }))
  }

  /// Multiplies two tensors element by element; for the matrix product see `matmul`.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    binary(
      "multiply", WABE_MULTIPLY, a, b,
      rule: .inputs({ gradient, _, b in gradient * b }, { gradient, a, _ in gradient * a }))
  }

  /// Divides the first tensor by the second, element by element; integers are rounded towards zero.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    binary(
      "divide", WABE_DIVIDE, a, b,
      rule: .inputs({ gradient, _, b in gradient / b }, { gradient, a, b in -(gradient / b) * (a / b) }))
  }

  /// Turns the sign of every element.
  public static prefix func - (x: Tensor) -> Tensor {
    unary("negate", WABE_NEGATE, x, rule: .linear { -$0 })
  }
}

// MARK: - With one number

extension Tensor {
  /// Adds a number to every element.
  public static func + (a: Tensor, b: Double) -> Tensor {
    binary("add", WABE_ADD, a, b, rule: .linear { $0 })
  }

  /// Adds a number to every element.
  public static func + (a: Double, b: Tensor) -> Tensor { b + a }

  /// Subtracts a number from every element.
  public static func - (a: Tensor, b: Double) -> Tensor {
    binary("subtract", WABE_SUBTRACT, a, b, rule: .linear { $0 })
  }

  /// Subtracts every element from a number.
  public static func - (a: Double, b: Tensor) -> Tensor {
    binary("subtract", WABE_SUBTRACT, a, b, rule: .linear { -$0 })
  }

  /// Multiplies every element with a number.
  public static func * (a: Tensor, b: Double) -> Tensor {
    binary("multiply", WABE_MULTIPLY, a, b, rule: .linear { $0 * b })
  }

  /// Multiplies every element with a number.
  public static func * (a: Double, b: Tensor) -> Tensor { b * a }

  /// Divides every element by a number.
  public static func / (a: Tensor, b: Double) -> Tensor {
    binary("divide", WABE_DIVIDE, a, b, rule: .linear { $0 / b })
  }

  /// Divides a number by every element.
  public static func / (a: Double, b: Tensor) -> Tensor {
    binary("divide", WABE_DIVIDE, a, b, rule: .input { gradient, b in -(gradient / b) * (a / b) })
  }
}
