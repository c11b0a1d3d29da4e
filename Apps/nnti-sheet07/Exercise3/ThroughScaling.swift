import Drawing
import Experiments
import Plotting
import Wabe

struct ThroughScaling: Experiment {
  let id = "nnti07.7.3.b"
  let title = "Backpropagation through a product with a component"
  let question =
    "F₂(x) = x₀ · x multiplies every component with the first one. What is ∂L/∂x for an arriving gradient d?"

  func run(in run: inout Run) throws {
    run.say(
      "x₀ plays two parts: it is the factor of every component, and it is a component itself. By the product rule the "
        + "Jacobian has x₀ on the diagonal and x in the first column; both meet in ∂F₂,₀/∂x₀ = 2 x₀.")
    run.formula(
      "∂F₂,k/∂xⱼ = x₀ [j = k] + xₖ [j = 0]        J = x₀ I + x e₀ᵀ",
      "∂L/∂x = Jᵀ d = x₀ d + (d · x) e₀",
      "      = (2 x₀ d₀ + x₁ d₁ + x₂ d₂ + x₃ d₃ + x₄ d₄, x₀ d₁, x₀ d₂, x₀ d₃, x₀ d₄)")
    run.say(
      "For a program these are two ways from L to x₀, and their gradients add up. Whoever forgets one of them gets "
        + "component 0 wrong, and only that.")
    run.checkGradient(
      of: scaled, byHand: { x, d in x[0] * d + (d * x).sum() * Tensor([1, 0, 0, 0, 0], dtype: .float64) },
      expected: [[56, 2, 3, 4, 5], [1.75, -1, 0.25, 1.5, -0.5], [117_534, 20, 200, 2_000, 20_000]])
    let x = trials[0].x
    // The mistake that is easy to make: x₀ taken for a constant.
    let constant = x[0]
    let half = valueWithGradient(at: x, seed: trials[0].d) { $0 * constant }.gradient
    let whole = valueWithGradient(at: x, seed: trials[0].d, of: scaled).gradient
    run.say(
      "With x₀ as a constant factor the first set would give \(list(half)): \(half[0].scalar.text()) instead of "
        + "\(whole[0].scalar.text()) in component 0.")
    run.check(
      "x₀ taken for a constant: only component 0 is wrong", half, equals: Tensor([1, 2, 3, 4, 5], dtype: .float64))
    try run.jacobianFigure(
      "The Jacobian of F₂ at x = (1, 2, 3, 4, 5)", jacobian(of: scaled, at: x),
      caption: "The Jacobian of F₂: x₀ on the diagonal, x in the first column, 2 x₀ where both meet.")
  }

  private func scaled(_ x: Tensor) -> Tensor { x[0] * x }
}

struct ThroughBoth: Experiment {
  let id = "nnti07.7.3.c"
  let title = "Backpropagation through both at once"
  let question = "F₃(x) = x₀ · F₁(x) reorders and multiplies. What is ∂L/∂x for an arriving gradient d?"

  func run(in run: inout Run) throws {
    run.say(
      "F₃ is made of the two functions before: F₃ = x₀ · (P x). The product rule gives the permutation times x₀, and "
        + "the reordered vector in the first column.")
    run.formula(
      "J = x₀ P + (P x) e₀ᵀ",
      "∂L/∂x = x₀ Pᵀ d + (d · P x) e₀",
      "      = (x₀ d₃ + s, x₀ d₄, x₀ d₀, x₀ d₂, x₀ d₁)",
      "s = d · F₁(x) = d₀ x₂ + d₁ x₄ + d₂ x₃ + d₃ x₀ + d₄ x₁")
    run.say(
      "Component 0 gets x₀ d₃ twice: once from the place to which F₁ moves x₀, once from the factor. Written out it is "
        + "2 x₀ d₃ + d₀ x₂ + d₁ x₄ + d₂ x₃ + d₄ x₁.")
    run.checkGradient(
      of: both,
      byHand: { x, d in
        x[0] * d.taking([3, 4, 0, 2, 1]) + (d * reordered(x)).sum() * Tensor([1, 0, 0, 0, 0], dtype: .float64)
      },
      expected: [[43, 5, 1, 3, 2], [0.125, -0.5, 0.5, 0.25, -1], [34_815, 20_000, 2, 200, 20]])

    // The same by the chain rule from the parts: first the product, then the reordering.
    let x = trials[0].x
    let (p, one) = (jacobian(of: reordered, at: x), Tensor([1, 0, 0, 0, 0], dtype: .float64))
    let composed = x[0] * p + reordered(x).reshaped(to: [5, 1]) * one
    run.check("J = x₀ P + (P x) e₀ᵀ", jacobian(of: both, at: x), equals: composed)
    let sortable = Tensor([4, 5, 1, 3, 2], dtype: .float64)
    let bySort = valueWithGradient(at: sortable, seed: trials[1].d) { $0[0] * $0.sorted() }.gradient
    let byOrder = valueWithGradient(at: sortable, seed: trials[1].d, of: both).gradient
    run.check("with a real sort at (4, 5, 1, 3, 2)", bySort, equals: byOrder)
    try run.jacobianFigure(
      "The Jacobian of F₃ at x = (1, 2, 3, 4, 5)", jacobian(of: both, at: x),
      caption: "The Jacobian of F₃: x₀ at the places of the permutation, the reordered x in the first column.")
  }

  private func both(_ x: Tensor) -> Tensor { x[0] * reordered(x) }
}
