import Foundation
import Layers
import Modules
import Tensors
import Testing

/// What a mistaken call prints before it stops the program.
@Suite("Mistakes in the use of layers")
struct MistakeTests {
  @Test("a linear map says which sizes do not fit")
  func linear() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = RandomSource(seed: 1)
      _ = Linear(3, 2, using: &random)(Tensor.zeros([4, 5]))
    }
    expect(result, says: "linear: input [4, 5], weight [3, 2]: the input has 5 columns and the weight 3 rows")
  }

  @Test("a convolution says that its window does not fit")
  func convolution() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = RandomSource(seed: 1)
      _ = Conv2D(1, 2, kernel: 5, using: &random)(Tensor.zeros([1, 1, 4, 9]))
    }
    expect(result, says: "a window of 5×5 (dilation 1×1) does not fit into images [1, 1, 4, 9]")
  }

  @Test("batch normalization, residuals and embeddings say what they need")
  func others() async {
    let norm = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm(3).predict(Tensor.zeros([2, 4]))
    }
    expect(norm, says: "BatchNorm: input [2, 4]: it must be [batch, 3] or [batch, 3, ...]")
    let residual = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Residual { Flatten() }.predict(Tensor.zeros([2, 3, 4]))
    }
    expect(residual, says: "Residual: [2, 3, 4] cannot be added to [2, 12]")
    let table = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Embedding(weight: Tensor.zeros([3, 2]))(Tensor.zeros([2]))
    }
    expect(table, says: "Embedding: rows are named by integers, not float32")
  }
}

private func expect(_ result: ExitTest.Result?, says sentence: String, at location: SourceLocation = #_sourceLocation) {
  let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(text.contains(sentence), "\(text)", sourceLocation: location)
}
