public import Modules
public import Tensors

/// Sets random elements to 0 in training and enlarges the others, so that the mean stays (Srivastava et al. 2014).
///
/// Input [...] → output of the same shape. In inference it does nothing. The layer has its own random source, which is
/// saved and loaded like a parameter: a resumed run drops what the uninterrupted one would have dropped.
public struct Dropout: Layer {
  /// The probability that an element is set to 0.
  public let probability: Double
  /// Seed, stream and position of the random source, as the bits of three int64.
  private var randomState: Tensor

  /// Makes a layer whose random numbers are split off from a source.
  public init(_ probability: Double, using random: inout RandomSource) {
    require(
      probability >= 0 && probability < 1,
      "Dropout: \(probability) is no probability from 0 to below 1: at 1 nothing would be left")
    self.probability = probability
    randomState = Dropout.tensor(of: random.split().state)
  }

  public mutating func callAsFunction(_ input: Tensor) -> Tensor {
    guard Mode.current == .training, probability > 0 else { return input }
    require(input.dtype.isFloatingPoint, "Dropout: \(input.dtype) cannot be enlarged: convert with cast(to: .float32)")
    let words = randomState.scalars(as: Int64.self).map { UInt64(bitPattern: $0) }
    var random = RandomSource(state: .init(seed: words[0], stream: words[1], position: words[2]))
    let kept = Tensor.bernoulli(input.shape, probability: 1 - probability, dtype: input.dtype, using: &random)
    randomState = Dropout.tensor(of: random.state)
    return input * (kept / (1 - probability))
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.buffer("randomState", &randomState) }

  private static func tensor(of state: RandomSource.State) -> Tensor {
    Tensor([state.seed, state.stream, state.position].map { Int64(bitPattern: $0) })
  }
}
