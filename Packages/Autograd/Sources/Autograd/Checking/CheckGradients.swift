public import Tensors

/// Compares the gradients of a function with central differences, number by number.
///
/// Every partial derivative of every element of the result is compared: the two may differ by
/// `absoluteTolerance + relativeTolerance × |difference|`, and by what rounding can do to the difference where values are
/// very large. All tensors must be float64, because the differences of float32 are too coarse to tell a wrong rule from a
/// right one. Called `gradcheck` in PyTorch.
///
/// - Parameters:
///   - step: How far each number is moved up and down.
///   - skippingKinks: Whether derivatives are left out where the function has a kink, such as relu at exactly 0; they
///     are listed in the result.
public func checkGradients(
  of function: ([Tensor]) -> Tensor, at inputs: [Tensor], step: Double = 1e-6, absoluteTolerance: Double = 1e-5,
  relativeTolerance: Double = 1e-3, skippingKinks: Bool = false
) -> GradientCheck {
  for (position, input) in inputs.enumerated() {
    require(
      input.dtype == .float64,
      "checkGradients: input \(position) is \(input.dtype), whose differences are too coarse for a check: "
        + "convert with cast(to: .float64)")
  }
  var (value, differentiation) = recorded(at: inputs, function)
  let rows = differentiation.gradients(ofEachNumberIn: value).map { $0.map(\.scalars) }
  let differences = NumericalJacobian(of: function, at: inputs.map(\.detached), step: step)
  var check = GradientCheck()
  for (position, input) in inputs.enumerated() {
    for element in 0..<input.count {
      let column = differences.column(of: element, in: position, function)
      for output in column.central.indices {
        let entry = GradientCheck.Entry(
          input: position, element: input.shape.indices(of: element),
          output: column.shape.indices(of: output), gradient: rows[output][position][element],
          difference: column.central[output])
        if skippingKinks && column.hasKink(at: output) {
          check.kinks.append(entry)
        } else {
          let absolute = absoluteTolerance + column.rounding[output]
          check.add(entry, tolerance: .init(absolute: absolute, relative: relativeTolerance))
        }
      }
    }
  }
  // All at kinks: nothing was shown to be right.
  if check.count == 0 && !check.kinks.isEmpty { check.passed = false }
  return check
}

/// Compares the gradient of a function of one tensor with central differences, number by number.
public func checkGradients(
  of function: (Tensor) -> Tensor, at x: Tensor, step: Double = 1e-6, absoluteTolerance: Double = 1e-5,
  relativeTolerance: Double = 1e-3, skippingKinks: Bool = false
) -> GradientCheck {
  checkGradients(
    of: { function($0[0]) }, at: [x], step: step, absoluteTolerance: absoluteTolerance,
    relativeTolerance: relativeTolerance, skippingKinks: skippingKinks)
}

/// Compares the second derivatives of a function with central differences of its gradients.
///
/// The function that is checked is the gradient of Σ wᵢ fᵢ, by the inputs as well as by fixed weights w, so that every
/// rule's own derivatives are compared. Called `gradgradcheck` in PyTorch.
public func checkSecondDerivatives(
  of function: ([Tensor]) -> Tensor, at inputs: [Tensor], step: Double = 1e-6, absoluteTolerance: Double = 1e-5,
  relativeTolerance: Double = 1e-3, skippingKinks: Bool = false
) -> GradientCheck {
  let weights = function(inputs.map(\.detached)).detached.spread()
  var total = GradientCheck()
  for position in inputs.indices {
    // One gradient at a time, since a check takes a function with one result.
    let check = checkGradients(
      of: { tensors in
        let seed = tensors[tensors.count - 1]
        return valueWithGradient(at: Array(tensors.dropLast()), seed: seed, of: function).gradient[position]
      },
      at: inputs + [weights], step: step, absoluteTolerance: absoluteTolerance,
      relativeTolerance: relativeTolerance, skippingKinks: skippingKinks)
    total.merge(check)
  }
  return total
}

/// Compares the second derivatives of a function of one tensor with central differences of its gradient.
public func checkSecondDerivatives(
  of function: (Tensor) -> Tensor, at x: Tensor, step: Double = 1e-6, absoluteTolerance: Double = 1e-5,
  relativeTolerance: Double = 1e-3, skippingKinks: Bool = false
) -> GradientCheck {
  checkSecondDerivatives(
    of: { function($0[0]) }, at: [x], step: step, absoluteTolerance: absoluteTolerance,
    relativeTolerance: relativeTolerance, skippingKinks: skippingKinks)
}

extension GradientCheck {
  /// Adds what another check of the same function found.
  mutating func merge(_ other: GradientCheck) {
    passed = passed && other.passed
    count += other.count
    kinks += other.kinks
    if worst == nil || other.worstRatio > worstRatio {
      worst = other.worst
      worstRatio = other.worstRatio
    }
  }
}

extension Tensor {
  /// Weights of this tensor's shape, spread evenly over 0.5 … 1.5 with no two alike.
  fileprivate func spread() -> Tensor {
    var place = 0.5
    let numbers = (0..<count).map { _ in
      // Steps of the golden ratio fill the interval without repeating.
      place += 0.618_033_988_749_894_9
      if place >= 1 { place -= 1 }
      return 0.5 + place
    }
    return Tensor(numbers, shape: shape)
  }
}
