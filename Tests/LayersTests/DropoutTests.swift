import Autograd
import Layers
import Modules
import Tensors
import Testing

@Suite("Dropout")
struct DropoutTests {
  @Test("drops the given share in training, enlarges the rest, and lets their gradients through alone")
  func training() {
    var random = RandomSource(seed: 3)
    var layer = Dropout(0.25, using: &random)
    let x = Tensor.ones([100, 200], dtype: .float64)
    let slope = Mode.$current.withValue(.training) {
      gradient(of: { layer($0).sum() }, at: x)
    }
    let values = Set(slope.scalars)
    #expect(values == [0, 1 / 0.75])
    let share = (slope .== 0).cast(to: .float64).mean().scalar
    #expect(abs(share - 0.25) < 4 * (0.25 * 0.75 / 20_000).squareRoot())
  }

  @Test("does nothing in inference, and draws nothing")
  func inference() {
    var random = RandomSource(seed: 3)
    var layer = Dropout(0.5, using: &random)
    let before = layer.state[0].value
    let x = Tensor.linspace(from: -1, to: 1, count: 50)
    #expect(layer(x) == x)
    #expect(layer.state[0].value == before)
  }

  @Test("drops other elements each time, and goes on bit for bit from a saved state")
  func resume() {
    var random = RandomSource(seed: 4)
    var model = Sequential {
      Linear(4, 8, using: &random)
      Dropout(0.5, using: &random)
      Dropout(0.5, using: &random)
    }
    let x = Tensor.ones([16, 4])
    func step(_ model: inout Sequential) -> Tensor { Mode.$current.withValue(.training) { model(x) } }
    let first = step(&model)
    let saved = model.state
    let second = step(&model)
    #expect(first != second)
    var other = RandomSource(seed: 99)
    var resumed = Sequential {
      Linear(4, 8, using: &other)
      Dropout(0.5, using: &other)
      Dropout(0.5, using: &other)
    }
    for tensor in saved { resumed[path: tensor.path] = tensor.value }
    #expect(step(&resumed) == second)
    #expect(saved.map(\.path) == ["0.weight", "0.bias", "1.randomState", "2.randomState"])
    #expect(saved.filter(\.isParameter).map(\.path) == ["0.weight", "0.bias"])
    #expect(model.cast(to: .float64).state[2].value.dtype == .int64)
  }
}
