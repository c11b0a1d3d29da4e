import Experiments
import Synchronization
import Wabe

/// The training of 7.4: all images at once, plain gradient descent, with the settings of a run.
struct DigitTraining {
  let images: ImageSet
  let targets: Tensor
  let learningRate: Double
  let epochs: Int
  var net: TwoLayerNetwork
  var random: RandomSource

  /// What the user may change, with the notebook's values.
  static let parameters: [Parameter] = [.epochs(100), .hidden(64), .learningRate(0.5)]

  /// Reads the images and makes a fresh network; both parts that need it begin alike.
  init(_ run: inout Run) throws {
    images = try run.images(.digits)
    targets = images.train.targets.oneHot(classes: images.classCount)
    learningRate = run.learningRate
    epochs = run.isQuick ? min(run.epochs, 30) : run.epochs
    random = RandomSource(seed: run.seed).stream("nnti07.7.4")
    net = TwoLayerNetwork(
      inputs: ImageSet.pixelCount, units: run.hidden, classes: images.classCount, using: &random)
  }

  /// One epoch is one step; the loss before it.
  func epoch(_ net: inout TwoLayerNetwork) -> Double {
    net.step(images.train.inputs, targets, learningRate: learningRate)
  }

  /// The share of test images that a network recognizes.
  func testAccuracy(_ net: TwoLayerNetwork) -> Double {
    accuracy(of: net.forward(images.test.inputs).probabilities, against: images.test.targets)
  }

  /// What the test accuracy has to be with these images and the standard settings.
  var expectedAccuracy: (bound: Double, source: String) {
    switch images.source {
    case .mnist: (0.89, "public solutions: 0.9005")
    case .mnistTestHalf where net.b1.count >= 256: (0.885, "NumPy, 3 seeds: 0.899 to 0.906")
    case .mnistTestHalf: (0.86, "NumPy, 3 seeds: 0.880 to 0.896")
    default: (0.8, "Swift, 43 seeds: 0.861 to 0.915")
    }
  }
}

/// Networks that were trained already in this process, so that two parts of the exercise need one training only.
///
/// It is handed to both parts; who comes first trains. A network is taken only for the same seed, data and settings.
final class TrainedNetworks: Sendable {
  private let known = Mutex<[String: TwoLayerNetwork]>([:])

  /// The trained network, if there is one.
  func network(of training: DigitTraining, _ run: Run) -> TwoLayerNetwork? {
    known.withLock { $0[key(training, run)] }
  }

  /// Keeps a trained network.
  func keep(_ net: TwoLayerNetwork, of training: DigitTraining, _ run: Run) {
    known.withLock { $0[key(training, run)] = net }
  }

  private func key(_ training: DigitTraining, _ run: Run) -> String {
    let data = "\(training.images.source) \(run.settings.data ?? "")"
    return "\(run.seed) \(data) \(training.epochs) \(run.hidden) \(run.learningRate)"
  }
}
