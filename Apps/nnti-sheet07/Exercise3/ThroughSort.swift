import Drawing
import Experiments
import Plotting
import Wabe

struct ThroughSort: Experiment {
  let id = "nnti07.7.3.a"
  let title = "Backpropagation through a reordering"
  let question = """
    F₁ puts the components of x into the order (x₂, x₄, x₃, x₀, x₁). The gradient d = ∂L/∂F₁ arrives. What is ∂L/∂x?
    """

  func run(in run: inout Run) throws {
    run.say(
      "Here indices count from 0 (in 7.1 from 1). Component k of F₁ is x with the index π(k), π = (2, 4, 3, 0, 1). So "
        + "∂F₁,k/∂xⱼ is 1 where j = π(k) and 0 elsewhere: the Jacobian is the matrix P of this permutation, F₁ = P x, "
        + "and the gradient goes back through Pᵀ. Every dₖ returns to the place its number came from.")
    run.formula(
      "(∂L/∂x)ⱼ = Σₖ dₖ · [j = π(k)] = d at the place k where π(k) = j",
      "∂L/∂x = Pᵀ d = (d₃, d₄, d₀, d₂, d₁)")
    let x = Tensor.arange(5, dtype: .float64)
    let matrix = jacobian(of: reordered, at: x)
    run.listing("P =\n\(matrix)")
    run.checkGradient(
      of: reordered, byHand: { _, d in d.taking([3, 4, 0, 2, 1]) },
      expected: [[4, 5, 1, 3, 2], [3, -1, 1, 0.5, -2], [1_000, 10_000, 1, 100, 10]])
    run.check("P is a permutation: PᵀP = I", matrix.transposed.matmul(matrix), equals: Tensor.eye(5, dtype: .float64))

    run.heading("And a real sort?")
    let sortable = Tensor([4, 5, 1, 3, 2], dtype: .float64)
    let d = trials[0].d
    let bySort = valueWithGradient(at: sortable, seed: d) { $0.sorted() }
    let byOrder = valueWithGradient(at: sortable, seed: d, of: reordered)
    run.say(
      "The sheet calls F₁ a sorting function, but it is one fixed permutation. A real sort gives this order exactly "
        + "where x₂ < x₄ < x₃ < x₀ < x₁, for example at (4, 5, 1, 3, 2). There, and everywhere without ties, a small "
        + "change of x does not change the order, so the sort has the same Jacobian: its gradient at that point is "
        + "\(list(bySort.gradient)). At other points it is another permutation.")
    run.check("sort gives the same values there", bySort.value, equals: byOrder.value)
    run.check("sort gives the same gradient there", bySort.gradient, equals: byOrder.gradient)
    run.check(
      "sort gives the gradient (4, 5, 1, 3, 2)", bySort.gradient, equals: Tensor([4, 5, 1, 3, 2], dtype: .float64))
    let elsewhere = valueWithGradient(at: x, seed: d) { $0.sorted() }
    run.check(
      "at (0, 1, 2, 3, 4) a sort hands d on unchanged", elsewhere.gradient,
      equals: Tensor([1, 2, 3, 4, 5], dtype: .float64))

    try run.jacobianFigure(
      "The Jacobian of F₁", matrix,
      caption: "The Jacobian of F₁ is a permutation matrix: each row has a single one, at the component it copies.")
  }
}
