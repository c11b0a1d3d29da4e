import Wabe

/// Digits of 14 × 14 pixels as rows of 196 numbers: the mean of each 2 × 2 pixels of larger ones.
struct SmallDigits: Dataset {
  static let pixels = 196

  let inputs: Tensor
  let targets: Tensor

  /// Makes images [count, 28, 28] small.
  init(_ images: some Dataset, dtype: DType = .float32) {
    let wide = images.inputs.reshaped(to: [images.count, 1, 28, 28])
    inputs = averagePooling(wide, SlidingWindow(2, stride: 2)).reshaped(to: [images.count, SmallDigits.pixels])
      .cast(to: dtype)
    targets = images.targets
  }
}
