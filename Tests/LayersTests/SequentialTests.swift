import Autograd
import Layers
import Losses
import Modules
import Tensors
import Testing

@Suite("Sequential")
struct SequentialTests {
  @Test("takes layers, functions, if, else and for, and numbers them as PyTorch does")
  func builder() {
    var random = RandomSource(seed: 1)
    let isDeep = true
    let hasNorm = false
    let model = Sequential {
      Linear(2, 4, using: &random)
      tanh
      if isDeep {
        for _ in 0..<2 {
          Linear(4, 4, using: &random)
          relu
        }
      }
      if hasNorm { BatchNorm(4) } else { LayerNorm(4) }
      Linear(4, 1, bias: nil, using: &random)
    }
    #expect(model.count == 8)
    #expect(
      model.state.map(\.path) == [
        "0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias", "6.weight", "6.bias", "7.weight",
      ])
    #expect(model.parameterCount == 12 + 20 + 20 + 8 + 4)
    #expect(model.auditFindings.isEmpty)
  }

  @Test("without layers it is the identity, and a parameterless layer at the end does no harm")
  func empty() {
    var nothing = Sequential {}
    let x = Tensor([[1, 2]])
    #expect(nothing(x) == x)
    #expect(nothing.state.isEmpty)
    var random = RandomSource(seed: 1)
    var model = Sequential([Linear(2, 3, using: &random), Sequential([]), Identity(), Flatten()])
    let before = model.state
    for tensor in before { model[path: tensor.path] = tensor.value }
    #expect(model(x).shape == [1, 3])
  }

  @Test(
    "a linear map and its activation in one pass have the bits of one after the other",
    arguments: [DType.float32, .float64])
  func onePass(dtype: DType) {
    var random = RandomSource(seed: 2)
    let layer = Linear(3, 33, dtype: dtype, using: &random)
    let x = Tensor.normal([65, 3], dtype: dtype, using: &random)
    let functions: [(LinearActivation, @Sendable (Tensor) -> Tensor)] = [
      (.identity, identity), (.tanh, tanh), (.sigmoid, sigmoid), (.relu, relu),
    ]
    for (activation, function) in functions {
      #expect(layer(x, activation: activation) == function(layer(x)))
      let one = gradient(of: { layer($0, activation: activation).sum() }, at: x)
      #expect(one == gradient(of: { function(layer($0)).sum() }, at: x))
    }
  }

  @Test("nests, and its layers can be read and replaced")
  func nesting() {
    var random = RandomSource(seed: 3)
    var model = Sequential {
      Sequential {
        Linear(2, 2, using: &random)
        tanh
      }
      Residual {
        Linear(2, 2, using: &random)
        relu
      }
      Branches {
        Identity()
        Linear(2, 3, using: &random)
      }
      Reshape(5, 1)
      Flatten()
    }
    let x = Tensor.normal([4, 2], using: &random)
    #expect(model(x).shape == [4, 5])
    #expect(
      model.state.map(\.path) == [
        "0.0.weight", "0.0.bias", "1.body.0.weight", "1.body.0.bias", "2.branches.1.0.weight",
        "2.branches.1.0.bias",
      ])
    #expect(model.auditFindings.isEmpty)
    model[0] = Identity()
    #expect(model.state.count == 4)
    let y = Residual(shortcut: Linear(2, 3, using: &random)) { Linear(2, 3, using: &random) }
    #expect(y.predict(x).shape == [4, 3])
    #expect(y.auditFindings.isEmpty)
  }

  /// The vector of EXPERIMENTS 3.7, computed at 40 digits.
  @Test("the tanh-sigmoid net of sheet 01 has the loss and the gradients of the test vector")
  func sheetVector() {
    func linear(_ weight: [[Double]], _ bias: [Double]) -> Linear {
      Linear(rowPerUnit: Tensor(weight), bias: Tensor(bias))
    }
    var net = Sequential {
      linear([[0.1, -0.2], [0.3, 0.4]], [0.05, -0.05])
      tanh
      linear([[0.2, -0.1], [0.4, 0.3]], [0.1, -0.1])
      sigmoid
      linear([[0.5, -0.6]], [0.2])
    }
    let x = Tensor([[0.5, -0.3]], dtype: .float64)
    #expect(abs(net(x).scalar - 0.17307131934904) <= 1e-12)
    let (loss, gradients) = valueWithGradient(at: &net) {
      binaryCrossEntropy(logits: $0(x), targets: Tensor([[1.0]], dtype: .float64))
    }
    #expect(abs(loss.scalar - 0.61035106735689) <= 1e-12)
    let expected: [(String, [Double])] = [
      ("4.bias", [-0.45683985019936]), ("4.weight", [-0.24367043775669, -0.22356218885499]),
      ("2.bias", [-0.056850430214849, 0.068494985135418]),
      ("2.weight", [-0.0090192357222551, 0.010866626943614, 0.001136857027402, -0.0013697170786345]),
      ("0.bias", [0.015624496018101, 0.026223047944296]),
      ("0.weight", [0.0078122480090504, 0.013111523972148, -0.0046873488054302, -0.0078669143832887]),
    ]
    for (path, numbers) in expected {
      #expect(distance(gradients[path]!.flattened(), Tensor(numbers)) <= 1e-12, "\(path)")
    }
  }
}
