internal import Tensors

extension OnnxUse {
  /// What windows see, where it is not part of a convolution or pooling: a convolution that picks out each pixel.
  var unfoldRule: OnnxTranslationRule? {
    guard let window = SlidingWindow.unfolding(one) else { return nil }
    let (channels, area) = (all.inputs[0].shape[1], window.size.height * window.size.width)
    return OnnxTranslationRule(
      evaluate: { $0[0].unfolded(window) },
      emit: { [shape = all.output.shape, dtype = all.output.dtype] emitter, names, output in
        let pixels = Tensor.eye(area, dtype: dtype).tiled([channels, 1])
        let kernel = pixels.reshaped(to: [channels * area, 1, window.size.height, window.size.width])
        let picked = emitter.add(
          "Conv", [names[0], emitter.constant(kernel, named: "pixels")], as: nil,
          window.dilatedAttributes + [("group", .integer(channels))])
        let sizes = emitter.constant(Tensor([-1] + shape.dropFirst()), named: "shape")
        emitter.add("Reshape", [picked, sizes], as: output)
      })
  }
}
