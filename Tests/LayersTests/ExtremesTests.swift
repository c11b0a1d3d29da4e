import Autograd
import Layers
import Modules
import Tensors
import Testing

@Suite("Activations and layers at the ends of the number range")
struct ExtremesTests {
  @Test("no activation makes a NaN of a finite number, neither its value nor its slope", arguments: LayerRow.functions)
  func finite(row: LayerRow) {
    var random = RandomSource(seed: 1)
    let layer = row.make(&random)
    for dtype in [DType.float32, .float64] {
      let largest = dtype == .float32 ? 3e38 : 1e308
      let numbers = [0, -0.0, 1e-38, -1e-38, 88, -88, 104, -104, 710, -746, 1e4, -1e4, largest, -largest]
      for number in numbers {
        let x = Tensor([number]).cast(to: dtype)
        let (y, slope) = valueWithGradient(at: x) {
          var copy = layer
          return copy($0).sum()
        }
        #expect(!y.scalar.isNaN && !slope.scalar.isNaN, "\(number) as \(dtype)")
      }
    }
  }

  @Test("second derivatives agree with central differences", arguments: LayerRow.functions + LayerRow.small)
  func second(row: LayerRow) {
    let prepared = LayerTableTests.Prepared(row)
    let check = Mode.$current.withValue(row.mode) {
      checkSecondDerivatives(
        of: { (x: Tensor) in
          var copy = prepared.layer
          return copy(x)
        }, at: prepared.input)
    }
    #expect(check.passed, "\(check)")
  }

  @Test("a NaN in a window is its maximum, and the first of equals gets the gradient")
  func pooling() {
    let x = Tensor([[[[1, 3], [3, 2]]]], dtype: .float64)
    let slope = gradient(of: { maxPooling($0, SlidingWindow(2)).sum() }, at: x)
    #expect(slope.scalars == [0, 1, 0, 0])
    for place in 0..<4 {
      var numbers = [1.0, 2, 3, 4]
      numbers[place] = .nan
      #expect(maxPooling(Tensor(numbers, shape: [1, 1, 2, 2]), SlidingWindow(2)).scalar.isNaN)
    }
  }

  @Test("folding is the transpose of unfolding, for any window")
  func adjoint() {
    var random = RandomSource(seed: 2)
    let shape: Shape = [2, 3, 7, 6]
    let size = PixelSize(height: 7, width: 6)
    for window in [
      SlidingWindow(1), SlidingWindow(3, stride: 2, padding: 2), SlidingWindow(2, stride: 3, dilation: 4),
      SlidingWindow(PixelSize(height: 7, width: 1), padding: PixelSize(height: 0, width: 9), dilation: 1),
    ] {
      let x = Tensor.normal(shape, dtype: .float64, using: &random)
      let seen = x.unfolded(window)
      let y = Tensor.normal(seen.shape, dtype: .float64, using: &random)
      #expect(abs((seen * y).sum().scalar - (x * y.folded(window, into: size)).sum().scalar) <= 1e-11)
    }
  }

  @Test("an empty batch goes through and comes out empty")
  func emptyBatch() {
    var random = RandomSource(seed: 3)
    var model = Sequential {
      Conv2D(1, 2, kernel: 2, using: &random)
      MaxPool2D(2)
      Flatten()
      Linear(8, 3, using: &random)
    }
    #expect(model(Tensor.zeros([0, 1, 5, 5])).shape == [0, 3])
  }
}

extension LayerRow {
  /// Layers with few enough numbers for second derivatives.
  static let small = layers.filter { row in
    ["linear", "batch norm", "layer norm", "prelu", "conv pointwise", "conv dilated", "max pool padded"].contains(
      row.name)
  }
}
