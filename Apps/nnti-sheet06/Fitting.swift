import Wabe

/// Trains on all examples at once with Adam, and returns the loss before each step.
func fit<Model: Module>(
  _ model: inout Model, steps: Int, learningRate: Double, loss: (inout Model) -> Tensor
) -> [Double] {
  var optimizer = Adam(learningRate: learningRate)
  return (0..<steps).map { _ in
    let (value, gradients) = valueWithGradient(at: &model, of: loss)
    optimizer.update(&model, with: gradients)
    return value.scalar
  }
}
