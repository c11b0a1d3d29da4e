import Foundation
import Modules
import Tensors
import Testing

/// Golden numbers that PyTorch computed: see Scripts/fixtures/optimizers.py.
func golden(_ name: String) throws -> [String: [Double]] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/Optimizers")
  let data = try Data(contentsOf: folder.appending(path: name))
  return try #require(try JSONSerialization.jsonObject(with: data) as? [String: [Double]])
}

/// The same multiples of 1/64 as in the script.
func numbers(_ count: Int, seed: Int) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    state = (state * 1_103_515_245 + 12345) % (1 << 31)
    return Double((state >> 16) % 129 - 64) / 64
  }
}

/// The 2-32-1 net of the script, with its data and loss.
struct SmallNet: Module {
  var w1 = Tensor(numbers(64, seed: 10), shape: [2, 32])
  var b1 = Tensor(numbers(32, seed: 11), shape: [32])
  var w2 = Tensor(numbers(32, seed: 12), shape: [32, 1])
  var b2 = Tensor(numbers(1, seed: 13), shape: [1])

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("w1", &w1)
    visitor.parameter("b1", &b1)
    visitor.parameter("w2", &w2)
    visitor.parameter("b2", &b2)
  }

  static let inputs = Tensor(numbers(16, seed: 1), shape: [8, 2])
  static let targets = Tensor(numbers(8, seed: 2).map { $0 > 0 ? 1.0 : 0 }, shape: [8, 1])

  func loss() -> Tensor {
    let x = SmallNet.inputs.cast(to: w1.dtype)
    let error = tanh(x.matmul(w1) + b1).matmul(w2) + b2 - SmallNet.targets.cast(to: w1.dtype)
    return (error * error).sum() / 8
  }

  var values: [Double] { state.flatMap(\.value.scalars) }
}
