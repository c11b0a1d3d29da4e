public import Tensors

/// One operation of the table, with all that is needed to check it.
///
/// A row needs a line of the same name and inputs in `Scripts/fixtures`, which computes the expected results without
/// this library.
public struct OpRow: Sendable, CustomStringConvertible {
  /// What the row is called here and in the golden data: the operation and, where there are several, the variant.
  public let name: String
  /// What it is tried on.
  public let inputs: Inputs
  /// The types of element that the inputs are tried in.
  public let dtypes: [DType]
  /// The type of the result, or nil where it is that of the inputs.
  public let result: DType?
  /// How far results may be from the golden ones.
  public let tolerance: Tolerance
  /// Which inputs have gradients.
  public let gradient: Differentiability
  /// How infinities and NaN behave.
  public let extremes: Extremes
  /// The operation.
  public let body: @Sendable ([Tensor]) -> Tensor

  /// Describes one operation.
  public init(
    _ name: String, _ inputs: Inputs, dtypes: [DType] = [.float32, .float64], result: DType? = nil,
    _ tolerance: Tolerance = .ulps(1), gradient: Differentiability = .all, extremes: Extremes = .poisoned,
    _ body: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.name = name
    self.inputs = inputs
    self.dtypes = dtypes
    self.result = result
    self.tolerance = tolerance
    self.gradient = gradient
    self.extremes = extremes
    self.body = body
  }

  public var description: String { name }

  /// Whether the gradient of input `place` is there.
  public func differentiates(_ place: Int, of sample: Sample) -> Bool {
    switch sample.domain {
    case .index, .truth: return false
    default: break
    }
    switch gradient {
    case .all: return true
    case .only(let places): return places.contains(place)
    case .none: return false
    }
  }

  /// The inputs of a case in one type of element.
  public static func tensors(_ samples: [Sample], _ dtype: DType) -> [Tensor] {
    samples.enumerated().map { place, sample in sample.tensor(at: place, dtype: dtype) }
  }
}

/// Which inputs of an operation have gradients; indices and truth values never have.
public enum Differentiability: Sendable, Equatable {
  /// Every input.
  case all
  /// The inputs at these places.
  case only([Int])
  /// No input: the result changes in steps.
  case none
}

/// How far a result may be from the golden one.
public enum Tolerance: Sendable {
  /// Not at all.
  case exact
  /// That many units in the last place of each element.
  case ulps(Double)
  /// That many roundings relative to the largest number that takes part, where terms may cancel each other.
  case roundings(Double)
}

/// How an operation behaves where inputs are not ordinary numbers, and what it is compared with.
public enum Extremes: Sendable, Equatable {
  /// Like a function of one number: tried on every number of `ExtremeNumbers` in every position.
  case pointwise
  /// Like a function of two numbers: tried on all pairs.
  case pairs
  /// NaN and ±∞ at each place of small inputs give what the golden data say; NaN always reaches the result.
  case poisoned
  /// The same, except that NaN may be passed over, as by a selection.
  case selective
  /// They are an error of the operation's own, for which there are tests elsewhere.
  case refused
  /// There are none, because the inputs are whole numbers or truth values.
  case wholeNumbers
}

/// What an operation is tried on.
public struct Inputs: Sendable {
  /// Small inputs, with golden results.
  public let cases: [[Sample]]
  /// Inputs for which every position of a vector register occurs.
  public let wide: [Sample]
  /// Inputs that are large enough to be shared between threads.
  public let large: [Sample]

  /// One tensor, in the shapes that elementwise operations are tried on.
  public static func one(_ domain: Domain) -> Inputs {
    let shapes: [Shape] = [[], [0], [1], [3], [2, 3], [2, 0], [1, 1, 1, 1, 1, 1]]
    return Inputs(
      cases: shapes.map { [Sample(domain, $0)] }, wide: [Sample(domain, [3, 41])],
      large: [Sample(domain, [131, 1027])])
  }

  /// Two tensors, in shapes that are equal or broadcast.
  public static func pair(_ first: Domain, _ second: Domain) -> Inputs {
    let shapes: [(Shape, Shape)] = [
      ([], []), ([3], [3]), ([2, 3], [3]), ([3], [2, 3]), ([2, 1, 3], [4, 1]), ([2, 3], []), ([], [3]), ([0, 3], [3]),
      ([2, 0], [2, 1]), ([1, 1, 1, 1, 1, 1], [2]), ([1], [1]),
    ]
    return Inputs(
      cases: shapes.map { [Sample(first, $0), Sample(second, $1)] },
      wide: [Sample(first, [3, 41]), Sample(second, [41])],
      large: [Sample(first, [131, 1027]), Sample(second, [131, 1027])])
  }

  /// Inputs written as in `Scripts/fixtures`: `"signed[2,3] signed[3]"` is one case with two tensors.
  public static func cases(_ cases: String..., wide: String? = nil, large: String) -> Inputs {
    let read = cases.map(samples)
    return Inputs(
      cases: read, wide: wide.map(samples) ?? read.max { elements($0) < elements($1) } ?? [], large: samples(large))
  }

  private static func samples(_ text: String) -> [Sample] {
    text.split(separator: " ").map { word in
      guard let sample = Sample(word) else { fatalError("op table: \(word) is not a sample such as signed[2,3]") }
      return sample
    }
  }

  private static func elements(_ samples: [Sample]) -> Int {
    samples.reduce(0) { $0 + $1.shape.elementCount }
  }
}
