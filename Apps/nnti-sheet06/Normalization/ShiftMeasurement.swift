import Wabe

/// The internal covariate shift as the paper measures it: how much the gradient of a layer changes when only the layers
/// before it take their step.
struct ShiftMeasurement {
  /// One number per layer, the mean over all looks: ‖G − G′‖ / ‖G‖.
  private(set) var changes: [Double]
  /// The mean cosine between G and G′, one per layer.
  private(set) var cosines: [Double]

  /// Trains, and measures at every `interval`-th step.
  init(
    _ start: DeepNetwork, on images: SmallDigits, steps: Int, rate: Double, interval: Int,
    using random: inout RandomSource
  ) {
    var model = start
    var optimizer = SGD(learningRate: rate)
    changes = Array(repeating: 0, count: start.maps.count)
    cosines = changes
    var looks = 0.0
    for step in 0..<steps {
      let batch = images.selecting(.integers([128], in: 0..<images.count, using: &random))
      let gradients = ShiftMeasurement.gradients(of: model, batch)
      var moved = model
      var sgd = SGD(learningRate: rate)
      sgd.update(&moved, with: gradients)
      if step % interval == 0 {
        looks += 1
        for layer in start.maps.indices {
          let (change, cosine) = ShiftMeasurement.shift(of: layer, from: model, to: moved, gradients, batch)
          changes[layer] += change
          cosines[layer] += cosine
        }
      }
      optimizer.update(&model, with: gradients)
    }
    for layer in changes.indices {
      changes[layer] /= looks
      cosines[layer] /= looks
    }
  }

  private static func gradients(of model: DeepNetwork, _ batch: Samples) -> Gradients<DeepNetwork> {
    var copy = model
    return valueWithGradient(at: &copy) { crossEntropy(logits: $0(batch.inputs), targets: batch.targets) }.gradients
  }

  /// Compares a layer's gradient before and after the layers in front of it have moved.
  private static func shift(
    of layer: Int, from model: DeepNetwork, to moved: DeepNetwork, _ gradients: Gradients<DeepNetwork>, _ batch: Samples
  ) -> (change: Double, cosine: Double) {
    var mixed = model
    for earlier in 0..<layer {
      mixed.maps[earlier] = moved.maps[earlier]
      if !mixed.norms.isEmpty { mixed.norms[earlier] = moved.norms[earlier] }
    }
    let path = "maps.\(layer).weight"
    let after = ShiftMeasurement.gradients(of: mixed, batch)
    guard let old = gradients[path], let new = after[path] else { return (.nan, .nan) }
    let (oldLength, newLength) = (old.norm().scalar, new.norm().scalar)
    let product = (old * new).sum().scalar
    return ((new - old).norm().scalar / max(oldLength, 1e-30), product / max(oldLength * newLength, 1e-30))
  }
}
