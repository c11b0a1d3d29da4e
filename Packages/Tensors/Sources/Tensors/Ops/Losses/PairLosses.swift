internal import TensorKernels

// Sums of losses that compare numbers one by one, in one pass forward and one back. The package Losses gives them names,
// reductions and checks; these are the parts where speed counts.

/// scale · Σ (prediction − target)². Its derivative by the predictions is 2 · scale · (prediction − target).
///
/// Both tensors have the same shape; the result has no axes.
@Sendable
public func squaredErrorSum(_ predictions: Tensor, _ targets: Tensor, scale: Double = 1) -> Tensor {
  let (loss, name) = (Int32(WABE_SQUARED_ERROR), "squaredErrorSum")
  let y = Tensor.pairLoss(loss, name, predictions, targets, scale)
  guard predictions.trace != nil || targets.trace != nil else { return y }
  return y.recorded("squaredErrorSum", from: predictions, targets) { x, t, _ in
    .each { gradient, input in
      input == 0
        ? squaredErrorSlope(gradient, x, t, scale: scale) : squaredErrorSlope(gradient, t, x, scale: scale)
    }
  }
}

/// gradient · 2 · scale · (x − t), where the gradient is one number.
private func squaredErrorSlope(_ gradient: Tensor, _ x: Tensor, _ t: Tensor, scale: Double) -> Tensor {
  let y = Tensor.pairLossSlope(Int32(WABE_SQUARED_ERROR), gradient, x, t, scale)
  return y.recorded("squaredErrorSlope", from: gradient, x, t) { gradient, x, t, _ in
    .each { outer, input in
      if input == 0 { return (outer * (x - t)).sum() * (2 * scale) }
      let own = outer * gradient * (2 * scale)
      return input == 1 ? own : -own
    }
  }
}

/// scale · Σ of the cross-entropies between the targets and the probabilities σ(logit).
///
/// A term is max(z, 0) − z t + log(1 + e^−|z|), which neither overflows nor cancels. Its derivative is σ(z) − t by the
/// logit and −z by the target. Both tensors have the same shape; the result has no axes.
@Sendable
public func sigmoidCrossEntropySum(_ logits: Tensor, _ targets: Tensor, scale: Double = 1) -> Tensor {
  let (loss, name) = (Int32(WABE_SIGMOID_CROSS_ENTROPY), "sigmoidCrossEntropySum")
  let y = Tensor.pairLoss(loss, name, logits, targets, scale)
  guard logits.trace != nil || targets.trace != nil else { return y }
  return y.recorded("sigmoidCrossEntropySum", from: logits, targets) { x, t, _ in
    .each { gradient, input in
      input == 0 ? sigmoidCrossEntropySlope(gradient, x, t, scale: scale) : x * gradient * -scale
    }
  }
}

/// gradient · scale · (σ(x) − t), where the gradient is one number.
private func sigmoidCrossEntropySlope(_ gradient: Tensor, _ x: Tensor, _ t: Tensor, scale: Double) -> Tensor {
  let y = Tensor.pairLossSlope(Int32(WABE_SIGMOID_CROSS_ENTROPY), gradient, x, t, scale)
  return y.recorded("sigmoidCrossEntropySlope", from: gradient, x, t) { gradient, x, t, _ in
    .each { outer, input in
      switch input {
      case 0: (outer * (sigmoid(x) - t)).sum() * scale
      case 1: sigmoidBackward(outer * gradient * scale, sigmoid(x))
      default: outer * gradient * -scale
      }
    }
  }
}

extension Tensor {
  /// scale · Σ loss(x, t), not recorded.
  fileprivate static func pairLoss(
    _ loss: Int32, _ name: String, _ x: Tensor, _ t: Tensor, _ scale: Double
  ) -> Tensor {
    requireSameType(name, x, t)
    requireFloat(name, x)
    require(
      x.shape == t.shape, "\(name): predictions \(x.shape) and targets \(t.shape) differ: nothing is repeated in a loss"
    )
    let sum = wabe_pair_loss(loss, Int32(x.dtype.rawValue), x.pointer, t.pointer, x.count)
    let y = Tensor(uninitialized: [], x.dtype)
    if x.dtype == .float32 {
      y.freshPointer.storeBytes(of: Float(sum * scale), as: Float.self)
    } else {
      y.freshPointer.storeBytes(of: sum * scale, as: Double.self)
    }
    withExtendedLifetime((x, t)) {}
    return y
  }

  /// gradient · scale · ∂loss/∂x, not recorded.
  fileprivate static func pairLossSlope(
    _ loss: Int32, _ gradient: Tensor, _ x: Tensor, _ t: Tensor, _ scale: Double
  ) -> Tensor {
    let y = Tensor(uninitialized: x.shape, x.dtype)
    let factor = gradient.scalar * scale
    wabe_pair_loss_slope(loss, Int32(x.dtype.rawValue), x.pointer, t.pointer, factor, y.freshPointer, x.count)
    withExtendedLifetime((x, t)) {}
    return y
  }
}
