internal import TensorKernels

// The mean comes first, then the squared deviations from it, both in float64: no digits cancel.

extension Tensor {
  /// The mean squared deviation from the mean, of all elements.
  public func populationVariance(keepDims: Bool = false) -> Tensor {
    variance("populationVariance", along: ReducedAxes(all: shape, keepDims: keepDims), isSample: false)
  }

  /// The mean squared deviation from the mean, along one axis.
  public func populationVariance(axis: Int, keepDims: Bool = false) -> Tensor {
    let axes = ReducedAxes(shape, axis: axis, for: "populationVariance", keepDims: keepDims)
    return variance("populationVariance", along: axes, isSample: false)
  }

  /// The mean squared deviation from the mean, along several axes.
  public func populationVariance(axes: [Int], keepDims: Bool = false) -> Tensor {
    let axes = ReducedAxes(shape, axes: axes, for: "populationVariance", keepDims: keepDims)
    return variance("populationVariance", along: axes, isSample: false)
  }

  /// The unbiased estimate of the variance that all elements were drawn from: divided by their number minus 1.
  public func sampleVariance(keepDims: Bool = false) -> Tensor {
    variance("sampleVariance", along: ReducedAxes(all: shape, keepDims: keepDims), isSample: true)
  }

  /// The unbiased estimate of the variance along one axis: divided by the size of the axis minus 1.
  public func sampleVariance(axis: Int, keepDims: Bool = false) -> Tensor {
    let axes = ReducedAxes(shape, axis: axis, for: "sampleVariance", keepDims: keepDims)
    return variance("sampleVariance", along: axes, isSample: true)
  }

  /// The unbiased estimate of the variance along several axes: divided by their number of elements minus 1.
  public func sampleVariance(axes: [Int], keepDims: Bool = false) -> Tensor {
    let axes = ReducedAxes(shape, axes: axes, for: "sampleVariance", keepDims: keepDims)
    return variance("sampleVariance", along: axes, isSample: true)
  }

  /// The root of the variance, of all elements; where it is 0, so is the gradient.
  public func populationDeviation(keepDims: Bool = false) -> Tensor {
    deviation("populationDeviation", along: ReducedAxes(all: shape, keepDims: keepDims), isSample: false)
  }

  /// The root of the variance along one axis; where it is 0, so is the gradient.
  public func populationDeviation(axis: Int, keepDims: Bool = false) -> Tensor {
    let axes = ReducedAxes(shape, axis: axis, for: "populationDeviation", keepDims: keepDims)
    return deviation("populationDeviation", along: axes, isSample: false)
  }

  /// The root of the sample variance, of all elements; where it is 0, so is the gradient.
  public func sampleDeviation(keepDims: Bool = false) -> Tensor {
    deviation("sampleDeviation", along: ReducedAxes(all: shape, keepDims: keepDims), isSample: true)
  }

  /// The root of the sample variance along one axis; where it is 0, so is the gradient.
  public func sampleDeviation(axis: Int, keepDims: Bool = false) -> Tensor {
    let axes = ReducedAxes(shape, axis: axis, for: "sampleDeviation", keepDims: keepDims)
    return deviation("sampleDeviation", along: axes, isSample: true)
  }
}

extension Tensor {
  private func variance(_ name: String, along axes: ReducedAxes, isSample: Bool) -> Tensor {
    let y = plainVariance(name, along: axes, isSample: isSample)
    let slope = 2 / Double(isSample ? axes.size - 1 : axes.size)
    guard trace != nil else { return y }
    return y.recorded(
      name, from: self,
      unary: .input { gradient, x in x.centred(along: axes) * (gradient * slope).reshaped(to: axes.kept) })
  }

  private func deviation(_ name: String, along axes: ReducedAxes, isSample: Bool) -> Tensor {
    let y = sqrt(plainVariance(name, along: axes, isSample: isSample))
    let divisor = Double(isSample ? axes.size - 1 : axes.size)
    guard trace != nil else { return y }
    return y.recorded(name, from: self) { x, y in
      .each { gradient, _ in
        let safe = Tensor.where(y .== 0, 1, y)
        let slope = Tensor.where(y .== 0, 0, gradient / (safe * divisor))
        return x.centred(along: axes) * slope.reshaped(to: axes.kept)
      }
    }
  }

  /// The differences from the mean.
  private func centred(along axes: ReducedAxes) -> Tensor { self - mean(along: axes).reshaped(to: axes.kept) }

  /// The variance of a tensor without trace.
  private func plainVariance(_ name: String, along axes: ReducedAxes, isSample: Bool) -> Tensor {
    Tensor.requireFloat(name, self)
    requireElements(name, along: axes)
    require(
      !isSample || axes.size > 1,
      "\(name): one element along the axes of \(shape) says nothing about a spread: take populationVariance, which is 0"
    )
    if axes.loopCount == 1 { return reduced(isSample ? WABE_SAMPLE_VARIANCE : WABE_VARIANCE, along: axes) }
    let mean = square(detached.centred(along: axes)).mean(along: axes)
    return isSample ? mean * (Double(axes.size) / Double(axes.size - 1)) : mean
  }
}
