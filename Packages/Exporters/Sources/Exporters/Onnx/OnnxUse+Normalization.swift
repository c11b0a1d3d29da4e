internal import Tensors

extension OnnxUse {
  /// Translations of standardization over the last axes: ONNX's layer normalization with a scale of 1.
  var standardizedRules: [OnnxTranslationRule] {
    let (shape, other) = (all.inputs[0].shape, one.inputs[0].shape)
    return (1..<Swift.max(shape.rank, 1)).compactMap { count in
      let sizes = Shape(shape.suffix(count))
      guard sizes == Shape(other.suffix(count)) else { return nil }
      let epsilon = epsilon(over: count)
      return OnnxTranslationRule(
        evaluate: { $0[0].rank > count ? standardized($0[0], in: .lastAxes(count), epsilon: epsilon).output : nil },
        emit: { [dtype = all.output.dtype] emitter, names, output in
          let scale = emitter.constant(Tensor.ones(sizes, dtype: dtype), named: "scale")
          emitter.add(
            "LayerNormalization", [names[0], scale], as: output,
            [("axis", .integer(-count)), ("epsilon", .float(Float(epsilon)))])
        })
    }
  }

  /// The ε under the root, from the group in which it shows most: the result's variance there is σ² / (σ² + ε).
  ///
  /// A number that people write is taken for itself, so that rounding does not get into the file.
  private func epsilon(over count: Int) -> Double {
    let axes = Array(all.output.shape.indices.suffix(count))
    func spreads(_ tensor: Tensor) -> [Double] { tensor.cast(to: .float64).populationVariance(axes: axes).scalars }
    let pairs = zip(spreads(all.inputs[0]), spreads(all.output)).filter { $0.0 > 0 && $0.1 > 0 }
    guard let (before, after) = pairs.min(by: { $0.0 < $1.0 }) else { return 1e-5 }
    let found = Swift.max(before * (1 / after - 1), 0)
    let usual = [0, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]
    // What float32 can tell about it.
    let doubt = 1e-6 * before + 0.05 * found
    return usual.filter { abs($0 - found) <= doubt }.min { abs($0 - found) < abs($1 - found) } ?? found
  }
}
