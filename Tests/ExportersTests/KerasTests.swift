import Exporters
import FileFaults
import Files
import Foundation
import HDF5
import Layers
import Modules
import Tensors
import Testing

@Suite struct KerasTests {
  private func layer(_ layer: some Layer, _ inputShape: [Int]) throws -> [KerasModel.Layer] {
    try KerasModel(Sequential([layer]), inputShape: inputShape).layers
  }

  // Shapes as Keras 3 gives them for the same layers.
  @Test("weights have Keras's shapes and order")
  func shapes() throws {
    var random = RandomSource(seed: 1)
    let cases: [(any Layer, [Int], [String], [[Int]])] = [
      (Linear(4, 3, using: &random), [4], ["Dense"], [[4, 3], [3]]),
      (
        Conv2D(2, 6, kernel: 3, padding: 1, using: &random), [2, 8, 7], ["ZeroPadding2D", "Conv2D"],
        [[3, 3, 2, 6], [6]]
      ),
      (Conv2D(4, 6, kernel: 1, groups: 2, bias: nil, using: &random), [4, 8, 7], ["Conv2D"], [[1, 1, 2, 6]]),
      (BatchNorm(5), [5, 4, 4], ["BatchNormalization"], [[5], [5], [5], [5]]),
      (LayerNorm(3, 4), [3, 4], ["LayerNormalization"], [[3, 4], [3, 4]]),
      (Embedding(9, 2, using: &random), [5], ["Embedding"], [[9, 2]]),
      (RNN(3, 2, using: &random), [6, 3], ["SimpleRNN"], [[3, 2], [2, 2], [2]]),
      (GRU(3, 2, using: &random), [6, 3], ["GRU"], [[3, 6], [2, 6], [2, 6]]),
      (
        LSTM(3, 2, layers: 2, using: &random), [6, 3], ["LSTM", "LSTM"], [[3, 8], [2, 8], [8], [2, 8], [2, 8], [8]]
      ),
      (Dropout(0.5, using: &random), [3], ["Dropout"], []), (MaxPool2D(2), [1, 4, 4], ["MaxPooling2D"], []),
      (AveragePool2D(2, padding: 1), [1, 4, 4], ["ZeroPadding2D", "AveragePooling2D"], []),
    ]
    for (one, inputShape, names, shapes) in cases {
      let layers = try layer(one, inputShape)
      #expect(layers.map(\.className) == names)
      #expect(layers.flatMap { $0.variables.flatMap { $0.arrays.map(\.shape) } } == shapes, "\(names)")
    }
  }

  @Test("a function is known by what it does; another one is refused")
  func functions() throws {
    let model = Sequential {
      tanh
      Lambda { Tensor.where($0 .> 0, $0, 0) }
      softmax
      leakyReLU
    }
    let layers = try KerasModel(model, inputShape: [3]).layers
    #expect(layers.map(\.className) == ["Activation", "Activation", "Activation", "LeakyReLU"])
    #expect(layers[1].configuration.first?.value == .string("relu"))
    #expect(throws: SaveError.self) { try layer(Lambda { $0 * 2 }, [3]) }
    // The last axis of an image is another one in Keras.
    #expect(throws: SaveError.self) { try layer(Lambda { softmax($0) }, [2, 3, 4]) }
    #expect(throws: SaveError.self) { try layer(Branches { Identity() }, [3]) }
  }

  @Test("weights that were written are read into another model bit by bit, and wrong ones change nothing")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    func model(_ seed: UInt64, width: Int = 5) -> Sequential {
      var random = RandomSource(seed: seed)
      return Sequential {
        Conv2D(2, 3, kernel: 2, using: &random)
        BatchNorm(3)
        Flatten()
        relu
        Sequential {
          Linear(36, width, using: &random)
          tanh
        }
        Linear(width, 2, using: &random)
      }
    }
    let inputShape = [2, 5, 4]
    let path = folder.file("a.weights.h5")
    try KerasModel(model(1), inputShape: inputShape).writeWeights(to: path)
    var reader = IsolatedReader()
    reader.program =
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("wabe-h5read").path
    var loaded = model(2)
    try KerasModel.loadWeights(path, into: &loaded, inputShape: inputShape, reader: reader)
    for (a, b) in zip(loaded.state, model(1).state) { #expect(a.value.scalars == b.value.scalars, "\(a.path)") }
    var other = model(3, width: 6)
    let error = #expect(throws: LoadError.self) {
      try KerasModel.loadWeights(path, into: &other, inputShape: inputShape, reader: reader)
    }
    #expect(
      error?.description.contains("layers/dense/vars/0 (expected float32 [36, 6], found float32 [36, 5])") == true)
    for (a, b) in zip(other.state, model(3, width: 6).state) { #expect(a.value.scalars == b.value.scalars) }
  }
}
