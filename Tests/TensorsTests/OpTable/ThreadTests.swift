import Synchronization
import TensorKernels
import Tensors
import TestSupport
import Testing

/// The same bits for any number of threads, in both engines.
@Suite(.serialized) struct ThreadTests {
  @Test("large results and gradients have the same bits for one, two and three threads", arguments: OpTable.rows)
  func threads(row: OpRow) {
    defer { wabe_set_threads(0) }
    for dtype in row.dtypes {
      let inputs = Self.large(row, dtype)
      let places = inputs.indices.filter { row.differentiates($0, of: row.inputs.large[$0]) && dtype.isFloatingPoint }
      let runs = [1, 2, 3].map { threads in
        wabe_set_threads(Int32(threads))
        return Self.results(row, inputs, places)
      }
      #expect(Self.haveSameBits(runs[0], runs[1]), "\(row) in \(dtype): one and two threads")
      #expect(Self.haveSameBits(runs[0], runs[2]), "\(row) in \(dtype): one and three threads")
    }
  }

  @Test("the portable engine and oneDNN agree", arguments: OpTable.rows)
  func engines(row: OpRow) {
    defer { wabe_set_engine(-1) }
    for dtype in row.dtypes {
      let inputs = Self.large(row, dtype)
      wabe_set_engine(Int32(WABE_ONEDNN))
      let library = row.body(inputs)
      wabe_set_engine(Int32(WABE_PORTABLE))
      let portable = row.body(inputs)
      if library.hasSameBits(as: portable) { continue }
      // What follows a product may hide how large its terms were.
      let largest = max(Self.largest(library), inputs.prefix(2).map(Self.largest).reduce(1, *))
      let complaint = Tolerance.roundings(64).complaint(
        portable.scalars, library.scalars, portable.dtype, scale: largest)
      #expect(complaint == nil, "\(row)")
    }
  }

  private static func largest(_ tensor: Tensor) -> Double {
    tensor.scalars.filter(\.isFinite).map { abs($0) }.max() ?? 0
  }

  private static let made = Mutex<[String: Tensor]>([:])

  /// The large inputs of a row; most rows share them.
  private static func large(_ row: OpRow, _ dtype: DType) -> [Tensor] {
    row.inputs.large.enumerated().map { place, sample in large(sample, place, dtype) }
  }

  private static func large(_ sample: Sample, _ place: Int, _ dtype: DType) -> Tensor {
    let key = "\(sample) \(place) \(dtype)"
    if let tensor = made.withLock({ $0[key] }) { return tensor }
    let tensor = sample.tensor(at: place, dtype: dtype)
    made.withLock { $0[key] = tensor }
    return tensor
  }

  /// A result and the gradients that its rules give.
  private static func results(_ row: OpRow, _ inputs: [Tensor], _ places: [Int]) -> [Tensor?] {
    if places.isEmpty { return [row.body(inputs)] }
    let (value, gradients) = GradientCheck.gradients(
      at: inputs, for: places, seed: seed, of: row.body
    ) { Issue.record("\(row): \($0)") }
    return [value] + gradients
  }

  private static func seed(_ shape: Shape) -> Tensor { large(Sample(.signed, shape), 9, .float64) }

  private static func haveSameBits(_ a: [Tensor?], _ b: [Tensor?]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { x, y in
        guard let x, let y else { return (x == nil) == (y == nil) }
        return x.hasSameBits(as: y)
      }
  }
}
