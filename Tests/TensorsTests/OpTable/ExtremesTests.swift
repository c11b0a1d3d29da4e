import Tensors
import TestSupport
import Testing

/// Zeros, the smallest and largest numbers, infinities and NaN.
@Suite struct ExtremesTests {
  private static let smallest = [
    DType.float32: Double(Float.leastNormalMagnitude), .float64: Double.leastNormalMagnitude,
  ]

  @Test(
    "functions give the golden result at the ends of floating point, at every place of a vector",
    arguments: OpTable.rows.filter { $0.extremes == .pointwise || $0.extremes == .pairs })
  func pointwise(row: OpRow) throws {
    let golden = try Fixtures.golden.get().expected("extremes \(row.name)")
    #expect(golden.map(\.key) == ["float32", "float64"])
    for (key, expected) in golden {
      let dtype: DType = key == "float32" ? .float32 : .float64
      let numbers = row.extremes == .pairs ? ExtremeNumbers.paired(dtype) : ExtremeNumbers.single(dtype)
      let tensor = Tensor(numbers).cast(to: dtype)
      let inputs = row.extremes == .pairs ? [tensor.reshaped(to: [-1, 1]), tensor] : [tensor]
      let found = row.body(inputs)
      #expect(found.count == expected.values.count)
      let complaint = Self.complaint(row, found.scalars, expected.values, dtype, numbers)
      #expect(complaint == nil, "\(row)")
      // Repeated 5 times with rows of odd length, each number passes every lane of a vector and every tail.
      let repeated = Tensor(numbers + numbers + numbers + numbers + numbers).cast(to: dtype)
      guard row.extremes == .pointwise else { continue }
      #expect(row.body([repeated]).bytes == Array([[UInt8]](repeating: found.bytes, count: 5).joined()), "\(row)")
    }
  }

  /// Compares with the golden results, where subnormal numbers may count as 0.
  private static func complaint(
    _ row: OpRow, _ found: [Double], _ expected: [Double], _ dtype: DType, _ numbers: [Double]
  ) -> String? {
    let smallest = smallest[dtype] ?? 0
    for index in found.indices {
      let (x, y) = (found[index], expected[index])
      if abs(y) < smallest && abs(x) <= smallest && row.result == nil { continue }
      guard let complaint = row.tolerance.complaint([x], [y], dtype, scale: abs(y)) else { continue }
      return "of \(numbers[index % numbers.count]) (number \(index)): \(complaint)"
    }
    return nil
  }

  @Test(
    "NaN and infinities at each place of the inputs give the golden result",
    arguments: OpTable.rows.filter { $0.extremes == .poisoned || $0.extremes == .selective })
  func poisoned(row: OpRow) throws {
    let golden = try Fixtures.golden.get().expected("extremes \(row.name)")
    #expect(!golden.isEmpty)
    for (key, expected) in golden {
      let words = key.split(separator: " ")
      let samples = words.dropLast().compactMap { Sample($0) }
      let poison = try #require(Poison(words.last ?? ""))
      for dtype in row.dtypes where dtype.isFloatingPoint {
        let found = row.body(poison.applied(to: OpRow.tensors(samples, dtype)))
        let largest = expected.values.filter(\.isFinite).map { abs($0) }.max() ?? 0
        let complaint = row.tolerance.complaint(found.scalars, expected.values, found.dtype, scale: max(largest, 4))
        #expect(complaint == nil, "\(row) of \(key)")
      }
    }
  }

  @Test(
    "NaN at any place of a wide input reaches the result and leaves the rest alone",
    arguments: OpTable.rows.filter { $0.extremes == .poisoned && $0.result == nil })
  func wide(row: OpRow) {
    for dtype in row.dtypes where dtype.isFloatingPoint {
      let clean = OpRow.tensors(row.inputs.wide, dtype)
      let expected = row.body(clean).scalars
      for place in clean.indices where clean[place].dtype == dtype {
        var faults: [Int] = []
        for element in 0..<clean[place].count {
          let found = row.body(Poison(value: .nan, place: place, element: element).applied(to: clean)).scalars
          let poisoned = found.indices.filter { found[$0].isNaN }
          let changed = found.indices.contains { found[$0] != expected[$0] && !found[$0].isNaN }
          if poisoned.isEmpty || changed { faults.append(element) }
        }
        #expect(faults == [], "\(row) in \(dtype), input \(place): the elements that NaN was put at")
      }
    }
  }
}

/// One number of one input replaced, written `nan@0:4`.
private struct Poison {
  var value: Double
  var place: Int
  var element: Int

  init(value: Double, place: Int, element: Int) {
    self.value = value
    self.place = place
    self.element = element
  }

  init?(_ text: Substring) {
    let parts = text.split { $0 == "@" || $0 == ":" }
    guard parts.count == 3, let value = Double(parts[0]), let place = Int(parts[1]), let element = Int(parts[2]) else {
      return nil
    }
    self.init(value: value, place: place, element: element)
  }

  func applied(to inputs: [Tensor]) -> [Tensor] {
    var inputs = inputs
    var values = inputs[place].scalars
    values[element] = value
    inputs[place] = Tensor(values, shape: inputs[place].shape).cast(to: inputs[place].dtype)
    return inputs
  }
}
