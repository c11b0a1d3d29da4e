import Foundation
import Tensors
import Testing

private let infinity = Double.infinity

/// What a function gives at the edges of float32: pairs of argument and result.
private let edges: [(name: String, body: @Sendable (Tensor) -> Tensor, pairs: [(Double, Double)])] = [
  (
    "exp", exp,
    [(0, 1), (-0.0, 1), (88, 1.6516363e38), (89, infinity), (-88, 6.054602e-39), (-103.9, 1.4e-45), (-104, 0)]
  ),
  ("exp", exp, [(1e4, infinity), (-1e4, 0), (3e38, infinity), (-3e38, 0), (infinity, infinity), (-infinity, 0)]),
  ("expm1", expm1, [(0, 0), (-0.0, -0.0), (1e-45, 1e-45), (-104, -1), (89, infinity), (-infinity, -1)]),
  ("log", log, [(0, -infinity), (-0.0, -infinity), (1, 0), (-1, .nan), (1e-45, -103.27893), (infinity, infinity)]),
  ("log1p", log1p, [(0, 0), (-0.0, -0.0), (-1, -infinity), (-2, .nan), (1e-45, 1e-45), (infinity, infinity)]),
  ("sigmoid", sigmoid, [(0, 0.5), (-88, 6.054602e-39), (-104, 0), (104, 1), (infinity, 1), (-infinity, 0)]),
  ("sigmoid", sigmoid, [(-103.9, 1.4e-45), (1e4, 1), (-1e4, 0), (-3e38, 0)]),
  ("tanh", tanh, [(0, 0), (-0.0, -0.0), (1e-45, 1e-45), (-1e-38, -1e-38), (10, 1), (-3e38, -1), (infinity, 1)]),
  ("softplus", softplus, [(0, 0.6931472), (1e4, 1e4), (-1e4, 0), (-88, 6.054602e-39), (3e38, 3e38), (-infinity, 0)]),
  ("softplus", softplus, [(infinity, infinity), (-103.9, 1.4e-45), (20, 20.000000002)]),
  ("erf", erf, [(0, 0), (-0.0, -0.0), (1e-45, 1e-45), (5, 1), (-infinity, -1), (3e38, 1)]),
  ("relu", relu, [(0, 0), (-0.0, 0), (-1e-45, 0), (1e-45, 1e-45), (infinity, infinity), (-infinity, 0)]),
  ("sqrt", sqrt, [(0, 0), (-0.0, -0.0), (-1, .nan), (infinity, infinity)]),
  ("rsqrt", rsqrt, [(0, infinity), (infinity, 0), (-1, .nan)]),
  ("sign", sign, [(0, 0), (-0.0, -0.0), (1e-45, 1), (-1e-45, -1), (-infinity, -1)]),
  ("round", round, [(0.5, 0), (1.5, 2), (-0.5, -0.0), (-2.5, -2), (3e38, 3e38), (infinity, infinity)]),
  (
    "sin", sin,
    [(0, 0), (-0.0, -0.0), (infinity, .nan), (1e4, -0.30561438888825), (3e38, Foundation.sin(Double(Float(3e38))))]
  ),
  ("cos", cos, [(0, 1), (-infinity, .nan), (1e4, -0.95215536825901)]),
]

@Suite struct ElementwiseExtremesTests {
  @Test("functions are right at zeros, subnormals, overflow and infinity", arguments: edges.indices)
  func single(index: Int) {
    let (name, body, pairs) = edges[index]
    for (argument, expected) in pairs {
      let found = body(Tensor([Float(argument)])).scalars(as: Float.self)[0]
      let wanted = Float(expected)
      let fits = found == wanted || abs(found - wanted) <= 2 * wanted.ulp || (found.isNaN && wanted.isNaN)
      #expect(fits && (wanted != 0 || found.sign == wanted.sign), "\(name)(\(argument)) is \(found), not \(wanted)")
    }
  }

  @Test("NaN comes out of every function that got one", arguments: edges.indices)
  func poison(index: Int) {
    for dtype in [DType.float32, .float64] {
      #expect(edges[index].body(Tensor([Float.nan]).cast(to: dtype)).scalar.isNaN, "\(edges[index].name) \(dtype)")
    }
  }

  @Test("maximum and minimum are NaN where either side is, at every position")
  func extremaOfNaN() {
    for length in 1...40 {
      for place in 0..<length {
        var numbers = (0..<length).map { Float($0) }
        numbers[place] = .nan
        let x = Tensor(numbers), one = Tensor(Array(repeating: Float(1), count: length))
        for y in [maximum(x, one), maximum(one, x), minimum(x, one), minimum(one, x), maximum(x, 1), minimum(x, 1)] {
          #expect(y.isNaN.scalars.firstIndex(of: 1) == place && y.isNaN.scalars.reduce(0, +) == 1)
        }
      }
    }
  }

  @Test("float64 keeps subnormal results: sigmoid and exp down to −745")
  func doubleUnderflow() {
    let x = Tensor([-745, -746, -709, 710], dtype: .float64)
    #expect(exp(x).scalars == [.leastNonzeroMagnitude, 0, 1.216780750623423e-308, infinity])
    #expect(sigmoid(x).scalars == [.leastNonzeroMagnitude, 0, 1.216780750623423e-308, 1])
  }

  @Test("powers have the edges that C gives them")
  func powers() {
    let edges: [Float] = [
      0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 3e38, 16_777_215,
    ]
    for x in edges {
      let found = pow(Tensor(edges.map { _ in x }), Tensor(edges)).scalars(as: Float.self)
      for (exponent, y) in zip(edges, found) {
        let expected = Float(pow(Double(x), Double(exponent)))
        let same = y.bitPattern == expected.bitPattern || (y.isNaN && expected.isNaN)
        #expect(same, "pow(\(x), \(exponent)) is \(y), not \(expected)")
      }
    }
  }

  @Test("integers wrap around, and divided by 0 they give 0")
  func integers() {
    let x = Tensor([Int32.max, .min, 7, -7]), y = Tensor([Int32(1), -1, 0, 2])
    #expect((x + y).scalars(as: Int32.self) == [.min, .max, 7, -5])
    #expect((x / y).scalars(as: Int32.self) == [.max, .min, 0, -3])
    #expect((x * y).scalars(as: Int32.self) == [.max, .min, 0, -14])
    #expect(abs(x).scalars(as: Int32.self) == [.max, .min, 7, 7])
    let bytes = Tensor([UInt8(200), 3]), more = Tensor([UInt8(100), 0])
    #expect((bytes + more).scalars(as: UInt8.self) == [44, 3])
    #expect((bytes / more).scalars(as: UInt8.self) == [2, 0])
    let long = Tensor([Int64.min, .max]), step = Tensor([Int64(-1), 0])
    #expect((long / step).scalars(as: Int64.self) == [.min, 0])
    #expect((long - 1).scalars(as: Int64.self) == [.max, .max - 1])
  }

  @Test("a cast cuts off fractions and takes the nearest value where a number does not fit")
  func casts() {
    let x = Tensor([Float(2.9), -2.9, 3e9, -3e9, .nan, .infinity])
    #expect(x.cast(to: .int32).scalars(as: Int32.self) == [2, -2, .max, .min, 0, .max])
    #expect(x.cast(to: .uint8).scalars(as: UInt8.self) == [2, 0, 255, 0, 0, 255])
    #expect(x.cast(to: .int64).scalars(as: Int64.self) == [2, -2, 3_000_000_000, -3_000_000_000, 0, .max])
    #expect(x.cast(to: .bool).scalars == [1, 1, 1, 1, 1, 1])
  }
}
