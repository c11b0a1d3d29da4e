internal import Foundation

/// How often a randomized test repeats: `WABE_FAULT_N` where it is set, else `usual`.
public func faultCount(usual: Int) -> Int {
  ProcessInfo.processInfo.environment["WABE_FAULT_N"].flatMap(Int.init) ?? usual
}

/// The seed of a randomized test: `WABE_SEED` where it is set, else a fixed one.
public func faultSeed() -> UInt64 {
  ProcessInfo.processInfo.environment["WABE_SEED"].flatMap(UInt64.init) ?? 2_026
}

/// Reproducible random numbers (SplitMix64, Steele, Lea and Flood, 2014).
public struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  /// Starts at `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}

/// Damages bytes: 40 % a bit, 20 % a byte, 20 % a run of other bytes, 20 % cut or extended.
public func mutated(_ bytes: [UInt8], using random: inout SplitMix) -> [UInt8] {
  var result = bytes
  let position = Int.random(in: 0..<bytes.count, using: &random)
  switch Int.random(in: 0..<10, using: &random) {
  case 0..<4: result[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
  case 4..<6: result[position] = UInt8.random(in: 0...255, using: &random)
  case 6..<8:
    let end = min(position + Int.random(in: 2...17, using: &random), bytes.count)
    let source = Int.random(in: 0...bytes.count - (end - position), using: &random)
    for i in 0..<(end - position) { result[position + i] = bytes[source + i] }
  case 8: result.removeLast(bytes.count - position)
  default: result += (0...position % 64).map { _ in UInt8.random(in: 0...255, using: &random) }
  }
  return result
}
