import Wabe

/// Adam as exercise 2 (c) asks for it, written with plain tensor operations after Kingma and Ba 2015.
///
/// m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − η m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ),
/// v̂ = v / (1 − β₂ᵗ).
struct AdamByHand: UpdateRule {
  var betas = (0.9, 0.999)
  var epsilon = 1e-8

  /// The two running means of one parameter.
  struct Memory: Module {
    var mean: Tensor
    var squares: Tensor

    mutating func visit(_ visitor: inout some ModuleVisitor) {
      visitor.buffer("mean", &mean)
      visitor.buffer("squares", &squares)
    }
  }

  func memory(for parameter: Tensor) -> Memory {
    Memory(mean: Tensor.zeros(like: parameter), squares: Tensor.zeros(like: parameter))
  }

  func update(_ parameter: inout Tensor, gradient: Tensor, memory: inout Memory, at moment: Moment) {
    memory.mean = betas.0 * memory.mean + (1 - betas.0) * gradient
    memory.squares = betas.1 * memory.squares + (1 - betas.1) * gradient * gradient
    let mean = memory.mean / (1 - power(betas.0, moment.step))
    let squares = memory.squares / (1 - power(betas.1, moment.step))
    parameter -= moment.learningRate * mean / (sqrt(squares) + epsilon)
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

/// A single number as a model, to follow an optimizer step by step.
struct SingleNumber: Module {
  var value: Tensor

  init(_ value: Double) { self.value = Tensor([value]) }

  mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("value", &value) }
}
