import Modules
import Tensors
import Testing

@Suite struct GradientsTests {
  private func gradients(_ selection: ParameterSelection = .all) -> Gradients<Classifier> {
    var model = Classifier()
    return valueWithGradient(at: &model, training: selection) { Points.loss($0(Points.inputs)) }.gradients
  }

  @Test("gradients add, scale and have a length like vectors")
  func arithmetic() {
    let one = gradients()
    let sum = (one + one * 2) / 3
    #expect(zip(sum.flattened.scalars, one.flattened.scalars).allSatisfy { ($0 - $1).magnitude < 1e-15 })
    let squares = one.flattened.scalars.reduce(0) { $0 + $1 * $1 }
    #expect((one.norm * one.norm - squares).magnitude < 1e-14)
    #expect((one * -1).norm == one.norm)
  }

  @Test("gradients become one vector and come back")
  func vectors() {
    let one = gradients(.except("hidden.bias"))
    #expect(one.flattened.shape == [10])
    let back = one.unflattened(one.flattened * 2)
    #expect(back["output.weight"]?.scalars == one["output.weight"].map { ($0 * 2).scalars })
    #expect(back["output.weight"]?.shape == [3, 1])
    #expect(back["hidden.bias"] == nil)
  }

  @Test("gradients computed by hand are those of the tape; what is left out is frozen")
  func byHand() {
    let taped = gradients(.except("hidden.*"))
    let weight = taped["output.weight"] ?? Tensor([0])
    let hand = Gradients(of: Classifier(), ["output.weight": weight, "output.bias": taped["output.bias"] ?? weight])
    #expect(hand.paths == taped.paths && hand.frozenPaths == taped.frozenPaths)
    #expect(hand.flattened == taped.flattened)
  }

  /// The gradients of a loss that uses only the hidden layer, or all of it with a factor of 0.
  private func partial(_ selection: ParameterSelection = .all, forgetting: Bool = true) -> Gradients<Classifier> {
    var model = Classifier()
    return valueWithGradient(at: &model, training: selection) { model in
      let hidden = model.hidden(Points.inputs)
      return forgetting ? square(hidden).sum() : (model.output(hidden) * 0).sum()
    }.gradients
  }

  @Test("a parameter on which the loss does not depend is told from one whose gradient is zero")
  func unused() {
    let one = partial()
    #expect(one.unusedPaths == ["output.weight", "output.bias"] && !one.usesAllParameters)
    #expect(one["output.weight"]?.scalars == [0, 0, 0])
    #expect(partial(.except("output.*")).usesAllParameters)
    #expect(partial(.except("*.weight")).unusedPaths == ["output.bias"])
    let zero = partial(forgetting: false)
    #expect(zero.usesAllParameters && zero["hidden.bias"]?.scalars == [0, 0, 0])
  }

  @Test("the sum of two batches uses what either uses")
  func unusedSums() {
    #expect((partial() + gradients()).usesAllParameters && (gradients() + partial()).usesAllParameters)
    #expect((partial() * 2 + partial()).unusedPaths == ["output.weight", "output.bias"])
    #expect((partial(.except("output.weight")) + partial()).unusedPaths == ["output.weight", "output.bias"])
    #expect((partial(.except("output.*")) + gradients(.except("output.bias"))).usesAllParameters)
  }

  @Test("unused gradients can be left out or given by hand")
  func withoutUnused() {
    let rest = partial().withoutUnused
    #expect(rest.usesAllParameters && rest["output.bias"] == nil && rest["hidden.bias"] != nil)
    var given = partial()
    given["output.weight"] = Tensor.ones([3, 1], dtype: .float64)
    #expect(given.unusedPaths == ["output.bias"])
  }

  @Test("infinities and NaN are found by path")
  func finite() {
    var one = gradients()
    #expect(one.nonFinitePaths.isEmpty)
    one["hidden.bias"] = Tensor([0, Double.infinity, 0])
    one["output.weight"] = Tensor([0, 0, Double.nan], shape: [3, 1])
    #expect(one.nonFinitePaths == ["hidden.bias", "output.weight"])
  }

  @Test(
    "a pattern is a path with stars",
    arguments: [
      ("hidden.weight", "hidden.*", true), ("hidden.weight", "*.weight", true), ("hidden.weight", "*", true),
      ("hidden.weight", "hidden.weight", true), ("hidden.weight", "hidden", false), ("a.b.c", "a.*.c", true),
      ("a.b.c", "*b*", true), ("a.b.c", "*.b", false), ("aab", "a*ab", true), ("ab", "a*ab", false), ("", "*", true),
      ("a", "", false),
    ])
  func patterns(path: String, pattern: String, fits: Bool) {
    #expect(ParameterSelection.only(pattern).contains(path) == fits)
    #expect(ParameterSelection.except(pattern).contains(path) == !fits)
  }

  @Test("the Hessian of a model is that of its parameters as one vector")
  func hessians() {
    var model = Classifier()
    let matrix = hessian(at: &model) { Points.loss($0(Points.inputs)) }
    #expect(matrix.shape == [13, 13])
    let direction = gradients()
    let product = hessianVectorProduct(at: &model, along: direction) { Points.loss($0(Points.inputs)) }
    let expected = matrix.matmul(direction.flattened.reshaped(to: [13, 1])).scalars
    #expect(zip(product.flattened.scalars, expected).allSatisfy { ($0 - $1).magnitude < 1e-14 })
    #expect(model.state.allSatisfy { $0.value.trace == nil })
  }
}
