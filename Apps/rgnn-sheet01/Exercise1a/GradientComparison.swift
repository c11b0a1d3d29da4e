import Wabe

/// How far hand-written derivatives of the net are from central differences, tensor by tensor.
struct GradientComparison {
  /// The largest |a − n| / max(|a|, |n|, 10⁻³) of each tensor, with its path.
  let errors: [(path: String, error: Double)]
  /// The number of derivatives that were compared.
  let count: Int

  /// The largest relative error of all.
  var largest: Double { errors.map(\.error).max() ?? 0 }

  /// Compares a hand-written gradient of the summed loss with central differences of the loss.
  init(_ network: FeedForwardNetwork, _ batch: some Dataset, mistake: FeedForwardNetwork.Mistake? = nil, step: Double) {
    let pass = network.forward(batch.inputs)
    let own = network.gradients(pass, network.errors(pass, targets: batch.targets, mistake: mistake)).state
    var moved = network
    var errors: [(path: String, error: Double)] = []
    var count = 0
    for tensor in own {
      let center = network[path: tensor.path]
      let values = center.scalars
      let derivatives = tensor.value.scalars
      var worst = 0.0
      for index in values.indices {
        let losses = [step, -step].map { shift -> Double in
          var numbers = values
          numbers[index] += shift
          moved[path: tensor.path] = Tensor(numbers, shape: center.shape)
          return moved.loss(batch)
        }
        let numeric = (losses[0] - losses[1]) / (2 * step)
        let size = max(abs(derivatives[index]), abs(numeric), 1e-3)
        worst = max(worst, abs(derivatives[index] - numeric) / size)
      }
      moved[path: tensor.path] = center
      errors.append((tensor.path, worst))
      count += values.count
    }
    self.errors = errors
    self.count = count
  }
}

extension FeedForwardNetwork {
  /// The binary cross-entropy, summed over a batch.
  func loss(_ batch: some Dataset) -> Double {
    binaryCrossEntropy(logits: forward(batch.inputs).logits, targets: batch.targets, reduction: .sum).scalar
  }
}
