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
