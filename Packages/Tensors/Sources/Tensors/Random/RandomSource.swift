internal import TensorKernels

/// Where random numbers come from: a seed, a stream and a position.
///
/// The generator is Philox-4x32-10, which computes the word at any position directly. Three numbers are therefore the
/// whole state, results never depend on the number of threads, and a source stored in a checkpoint goes on exactly
/// where it stood. It is a value: pass it with `using: &random`, so that the next draw sees other numbers.
public struct RandomSource: Sendable, Hashable, Codable {
  /// What a source is made of, for writing it down.
  public struct State: Sendable, Hashable, Codable {
    /// The key of the generator.
    public var seed: UInt64
    /// Which of the independent sequences of this seed is read.
    public var stream: UInt64
    /// The number of 64-bit words that have been drawn.
    public var position: UInt64

    /// Describes a source.
    public init(seed: UInt64, stream: UInt64, position: UInt64) {
      self.seed = seed
      self.stream = stream
      self.position = position
    }
  }

  /// The seed, the stream and the position.
  public private(set) var state: State

  /// Begins the first stream of a seed.
  public init(seed: some BinaryInteger) {
    state = State(seed: UInt64(truncatingIfNeeded: seed), stream: 0, position: 0)
  }

  /// Goes on where another source stood.
  public init(state: State) { self.state = state }

  /// A source of the same seed that is independent of this one and of those with other names.
  ///
  /// It depends on the seed, on this source's stream and on the name, not on what has been drawn. Streams of streams
  /// work: `random.stream("dropout").stream("layer 2")`.
  public func stream(_ name: String) -> RandomSource {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return stream(hash)
  }

  /// A source of the same seed that is independent of this one and of those with other numbers.
  ///
  /// With one stream per example, whoever loads an example draws the same numbers for it.
  public func stream(_ number: Int) -> RandomSource { stream(UInt64(bitPattern: Int64(number)) ^ 0x6e75_6d62_6572) }

  /// Takes a word from this source and returns a source that is independent of what this one gives from now on.
  ///
  /// A layer that needs random numbers of its own keeps such a source.
  public mutating func split() -> RandomSource {
    RandomSource(state: State(seed: state.seed, stream: next(), position: 0))
  }

  private func stream(_ number: UInt64) -> RandomSource {
    // The new stream is itself a random word, found by the name and the parent under another key.
    let counter = [number, state.stream].flatMap { [UInt32(truncatingIfNeeded: $0), UInt32($0 >> 32)] }
    let seed = ~state.seed
    var block: [UInt32] = [0, 0, 0, 0]
    wabe_philox(counter, [UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)], &block)
    return RandomSource(
      state: State(seed: state.seed, stream: UInt64(block[0]) | UInt64(block[1]) << 32, position: 0))
  }

  /// Reserves words: returns where they begin, for the kernels.
  mutating func advance(by count: Int) -> wabe_random {
    let from = wabe_random(key: state.seed, stream: state.stream, first: state.position)
    state.position += UInt64(count)
    return from
  }
}

extension RandomSource: RandomNumberGenerator {
  /// Draws 64 random bits, so that Swift's own `shuffled(using:)` and `random(in:using:)` can be used.
  public mutating func next() -> UInt64 {
    let from = advance(by: 1)
    return withUnsafePointer(to: from) { wabe_random_word($0, $0.pointee.first, 0) }
  }

  /// Draws a number from 0 to below 1 with 53 bits.
  public mutating func nextUniform() -> Double {
    let bits = next() >> 11
    return Double(bits) * 0x1p-53
  }

  /// Draws a number with mean 0 and standard deviation 1.
  public mutating func nextNormal() -> Double {
    let from = advance(by: 1)
    var result = 0.0
    withUnsafePointer(to: from) { wabe_random_normal($0, Int32(WABE_F64), 0, 1, .infinity, &result, 1) }
    return result
  }

  /// Draws one of the integers of a range, all equally likely.
  public mutating func nextInteger(in range: Range<Int>) -> Int {
    require(!range.isEmpty, "nextInteger: there is no number in the empty range \(range)")
    let from = advance(by: 1)
    var result: Int64 = 0
    let size = UInt64(bitPattern: Int64(range.upperBound) &- Int64(range.lowerBound))
    withUnsafePointer(to: from) { wabe_random_integers($0, Int64(range.lowerBound), size, &result, 1) }
    return Int(result)
  }
}
