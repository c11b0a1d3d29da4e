import Autograd
import Tensors
import Testing

@Suite struct ValueWithGradientTests {
  let x = Tensor([1.0, -2, 3], dtype: .float64)

  @Test("the gradient of a sum of squares is twice the input")
  func squares() {
    let (value, gradient) = valueWithGradient(at: x) { ($0 * $0).sum() }
    #expect(value.scalar == 14)
    #expect(gradient.scalars == [2, -4, 6])
    #expect(value.trace == nil && gradient.trace == nil)
  }

  @Test("a value that is used several times collects the gradients of all its uses")
  func fanOut() {
    let result = gradient(of: { x in (x * x + x * 3 + x).sum() }, at: x)
    #expect(result.scalars == [6, 0, 10])
  }

  @Test("the gradient of something that was broadcast is summed up again")
  func broadcasting() {
    let matrix = Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3], dtype: .float64)
    let column = Tensor([10.0, 20], shape: [2, 1], dtype: .float64)
    let (_, gradients) = valueWithGradient(at: matrix, x, column) { matrix, row, column in
      (matrix * row * column).sum()
    }
    #expect(gradients.0.scalars == [10, -20, 30, 20, -40, 60])
    #expect(gradients.1.scalars == [90, 120, 150])
    #expect(gradients.2.scalars == [6, 12])
    #expect(gradients.2.shape == [2, 1])
  }

  @Test("an input that does not influence the result has a gradient of zeros of its own shape and type")
  func unusedInput() {
    let unused = Tensor([Float(1), 2], shape: [1, 2])
    let (_, gradients) = valueWithGradient(at: [x, unused]) { $0[0].sum() }
    #expect(gradients[0].scalars == [1, 1, 1])
    #expect(gradients[1].scalars == [0, 0])
    #expect(gradients[1].shape == [1, 2] && gradients[1].dtype == .float32)
  }

  @Test("gradients stop at a detached tensor")
  func detached() {
    let result = gradient(of: { x in (x * x.detached).sum() }, at: x)
    #expect(result.scalars == x.scalars)
  }

  @Test("the input itself may be the result")
  func identity() {
    #expect(gradient(of: { $0 }, at: Tensor([5.0], dtype: .float64)).scalars == [1])
  }

  @Test("a seed gives the product of a vector with the Jacobian")
  func seeds() {
    let (value, result) = valueWithGradient(at: x, seed: Tensor([1.0, 10, 100], dtype: .float64)) { $0 * $0 }
    #expect(value.scalars == [1, 4, 9])
    #expect(result.scalars == [2, -40, 600])
  }

  @Test("a Jacobian has the shape of the result followed by that of the input")
  func jacobians() {
    let matrix = Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3], dtype: .float64)
    let byVector = jacobian(of: { matrix.matmul($0.reshaped(to: [3, 1])).reshaped(to: [2]) }, at: x)
    #expect(byVector.shape == [2, 3])
    #expect(byVector.scalars == matrix.scalars)
    let byMatrix = jacobian(of: { ($0 * self.x).sum(axis: 1) }, at: matrix)
    #expect(byMatrix.shape == [2, 2, 3])
    #expect(byMatrix.scalars == [1, -2, 3, 0, 0, 0, 0, 0, 0, 1, -2, 3])
  }

  @Test("float32 keeps its type")
  func singlePrecision() {
    let result = gradient(of: { tanh($0).sum() }, at: Tensor([Float(0), 1]))
    #expect(result.dtype == .float32)
    #expect(result.scalars[0] == 1)
  }

  @Test("an error passes through with its type, and nothing stays recorded")
  func errors() {
    struct Odd: Error, Equatable { let number: Int }
    var escaped: Tensor?
    do throws(Odd) {
      _ = try valueWithGradient(at: x) { (x: Tensor) throws(Odd) -> Tensor in
        escaped = x * 2
        throw Odd(number: 7)
      }
      Issue.record("the error was swallowed")
    } catch {
      #expect(error.number == 7)
    }
    #expect(escaped?.trace?.recorder.isRecording == false)
    #expect(valueWithGradient(at: x) { ($0 * (escaped ?? $0)).sum() }.gradient.scalars == [2, -4, 6])
  }
}
