import Checkpoints
import Foundation
import Modules
import Tensors
import Testing

/// The model whose checkpoints `Scripts/fixtures/checkpoint_golden` keeps.
private struct Perceptron: Module {
  var hidden = Tensor.zeros([4, 8])
  var bias = Tensor.zeros([8])
  var output = Tensor.zeros([8, 3])

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("hidden", &hidden)
    visitor.parameter("bias", &bias)
    visitor.parameter("output", &output)
  }
}

@Suite struct GoldenTests {
  // Read from the file by h5py 3.16: file["model/hidden"][0, 0], file["model/bias"][0], file["model/output"][7, 2].
  static let expected: [Float] = [0.940066397190094, -0.49768009781837463, -0.7437942624092102]

  @Test("a checkpoint of every released version of the format loads for ever", arguments: [1])
  func load(version: Int) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    var model = Perceptron()
    let path = tests.appendingPathComponent("Fixtures/checkpoint-v\(version).h5").path
    let progress = try Checkpoint.load(path, into: &model)
    #expect(progress.epoch == 3 && progress.step == 120 && progress.score == 0.25)
    #expect(try progress.random == RandomSource(seed: 7))
    #expect(try progress.value("curve", as: [Double].self) == [0.5, 0.25])
    let numbers = [model.hidden, model.bias, model.output].flatMap { $0.scalars(as: Float.self) }
    #expect(numbers.count == 64)
    #expect([numbers[0], numbers[32], numbers[63]] == GoldenTests.expected)
    print("PROMISE B9 version=\(version) loaded=1")
  }
}
