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
  /// For the first input alone, from the gradient and both; in the second the result changes in steps.
  case first(@Sendable (_ gradient: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor)
  /// From the gradient alone.
  case linear(@Sendable (_ gradient: Tensor) -> Tensor, @Sendable (_ gradient: Tensor) -> Tensor)
  /// There are none.
  case constant
}

extension Tensor {
  func recorded(_ name: String, from x: Tensor, unary rule: UnaryRule) -> Tensor {
    switch rule {
    case .constant: self
    case .linear(let rule): recorded(name, from: x) { _, _ in .each { gradient, _ in rule(gradient) } }
    case .input(let rule): recorded(name, from: x) { x, _ in .each { gradient, _ in rule(gradient, x) } }
    case .output(let rule): recorded(name, from: x) { _, y in .each { gradient, _ in rule(gradient, y) } }
    }
  }

  /// Whether this result of broadcasting may have another shape than an operand; told by numbers that are at hand.
  private func isWider(than operand: Tensor) -> Bool {
    operand.count != count || operand.rank != rank || count == 0
  }

  func recorded(_ name: String, from a: Tensor, _ b: Tensor, binary rule: BinaryRule) -> Tensor {
    switch rule {
    case .constant:
      return self
    case .linear(let first, let second):
      // Shapes are kept only where something was broadcast: most rules then hold nothing at all.
      guard isWider(than: a) || isWider(than: b) else {
        return recorded(name, from: a, b) { _, _, _ in
          .each { gradient, input in input == 0 ? first(gradient) : second(gradient) }
        }
      }
      let shapes = (a.shape, b.shape)
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
    case .first(let first):
      return recorded(name, from: a, b) { a, b, _ in
        .all { gradient in [first(gradient, a, b).summed(to: a.shape), nil] }
      }
    }
  }
}
