public import Tensors

/// What kind of numbers an operation is tried on.
///
/// Every number is a multiple of 1/2048 below 64 in size, so that float32 holds it exactly.
/// `Scripts/fixtures/samples.py` makes the same numbers by the same formula.
public enum Domain: Sendable, Hashable {
  /// From −4 to 4, never 0.
  case signed
  /// From 0.25 to 8.25.
  case positive
  /// Between 0 and 1.
  case unit
  /// No two equal, as long as there are fewer than 127.
  case distinct
  /// Of either sign and at least 0.5 in size.
  case nonzero
  /// Whole numbers from −5 to 5.
  case integers
  /// Whole numbers from 0 to 6.
  case naturals
  /// True and false.
  case truth
  /// Places along an axis of the given size, as int64.
  case index(Int)

  /// Reads the name that `Sample` writes.
  public init?(_ name: some StringProtocol) {
    if name.hasPrefix("index") {
      guard let size = Int(name.dropFirst(5)) else { return nil }
      self = .index(size)
      return
    }
    let plain: [Domain] = [.signed, .positive, .unit, .distinct, .nonzero, .integers, .naturals, .truth]
    guard let domain = plain.first(where: { "\($0)" == name }) else { return nil }
    self = domain
  }

  /// Element `element` of the tensor at `place` among the inputs.
  func value(_ element: Int, _ place: Int) -> Double {
    let bits = Self.bits(element, place)
    switch self {
    case .signed: return Double(2 * bits - 4095) / 1024
    case .positive: return 0.25 + Double(2 * bits + 1) / 1024
    case .unit: return Double(2 * bits + 1) / 8192
    case .distinct: return Double((element * 61 + 5) % 127 - 63) / 16 + Double(place) / 32
    case .nonzero: return (bits % 2 == 1 ? 1 : -1) * (0.5 + Double(Self.bits(element + 77, place)) / 1024)
    case .integers: return Double(bits % 11 - 5)
    case .naturals: return Double(bits % 7)
    case .truth: return Double(bits % 2)
    case .index(let size): return Double(bits % size)
    }
  }

  /// Twelve bits from the number of an element and the place of its tensor among the inputs.
  private static func bits(_ element: Int, _ place: Int) -> Int {
    var mixed = UInt32(truncatingIfNeeded: (element + 1) &* 2_654_435_761 &+ (place + 1) &* 2_246_822_519)
    mixed = (mixed ^ (mixed >> 16)) &* 3_266_489_917
    return Int((mixed ^ (mixed >> 15)) >> 20)
  }
}

/// One input of an operation: numbers of a domain in a shape, written `signed[2,3]`.
public struct Sample: Sendable, Hashable, CustomStringConvertible {
  /// What kind of numbers.
  public let domain: Domain
  /// How they are arranged.
  public let shape: Shape

  /// Numbers of a domain in a shape.
  public init(_ domain: Domain, _ shape: Shape) {
    self.domain = domain
    self.shape = shape
  }

  /// Reads what `description` writes.
  public init?(_ text: some StringProtocol) {
    guard let bracket = text.firstIndex(of: "["), text.last == "]", let domain = Domain(text[..<bracket]) else {
      return nil
    }
    self.init(
      domain, Shape(text[text.index(after: bracket)...].dropLast().split(separator: ",").compactMap { Int($0) }))
  }

  public var description: String {
    let sizes = shape.map(String.init).joined(separator: ",")
    if case .index(let size) = domain { return "index\(size)[\(sizes)]" }
    return "\(domain)[\(sizes)]"
  }

  /// The type of the elements where a row is tried in `dtype`: indices and truth values keep theirs.
  public func dtype(in dtype: DType) -> DType {
    switch domain {
    case .index: .int64
    case .truth: .bool
    default: dtype
    }
  }

  /// The elements of the tensor at `place` among the inputs.
  public func values(at place: Int) -> [Double] {
    (0..<shape.elementCount).map { domain.value($0, place) }
  }

  /// The tensor at `place` among the inputs.
  public func tensor(at place: Int, dtype: DType) -> Tensor {
    Tensor(values(at: place), shape: shape).cast(to: self.dtype(in: dtype))
  }
}
