import Autograd
import Foundation
import Losses
import Tensors
import Testing

/// What a mistaken call prints before it stops the program.
@Suite("Mistakes in the use of losses")
struct MistakeTests {
  @Test("shapes that differ are never repeated")
  func shapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = squaredError(predictions: Tensor.zeros([4, 1]), targets: Tensor.zeros([4]))
    }
    expect(result, says: "squaredError: predictions [4, 1] and targets [4] differ")
  }

  @Test("class indices of the wrong shape stop the program")
  func labelShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(logits: Tensor.zeros([4, 3]), targets: Tensor([[0], [1], [2], [0]], dtype: .int64))
    }
    expect(result, says: "crossEntropy: logits [4, 3] need class indices [4], not [4, 1]")
  }

  @Test("a class that does not exist stops the program and is named")
  func strangeClass() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(logits: Tensor.zeros([3, 3]), targets: Tensor([0, 7, -1], dtype: .int64))
    }
    expect(result, says: "class indices run from 0 to 2, but row 1 has 7")
  }

  @Test("real numbers are not class indices, and truth values no targets of logits")
  func types() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = binaryCrossEntropy(logits: Tensor.zeros([2]), targets: Tensor([true, false]))
    }
    expect(result, says: "predictions are float32 and targets bool")
  }

  @Test("softmax applied twice is warned about, once")
  func twice() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      for _ in 0..<3 {
        _ = gradient(
          of: { crossEntropy(logits: softmax($0), targets: Tensor([1], dtype: .int64)) }, at: Tensor([[0.5, 1]]))
        _ = gradient(
          of: { crossEntropy(logits: tanh($0), targets: Tensor([1], dtype: .int64)) }, at: Tensor([[0.5, 1]]))
      }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    let warning =
      "warning: crossEntropy(logits:) applies softmax itself, but its logits come from softmax: leave one out"
    #expect(text.components(separatedBy: warning).count == 2)
    #expect(!text.contains("sigmoid"))
  }
}

private func expect(_ result: ExitTest.Result?, says sentence: String, at location: SourceLocation = #_sourceLocation) {
  let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(text.contains(sentence), "\(text)", sourceLocation: location)
}
