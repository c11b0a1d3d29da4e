import TensorKernels
import Testing

import Tensors

/// Sizes of products, chosen so that each kernel, its edges and its splits between threads are met.
private let sizes: [(Int, Int, Int)] = [
  (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (1, 7, 5), (7, 1, 5), (5, 3, 1), (2, 2, 3), (64, 32, 32), (64, 1, 32),
  (2, 32, 64), (31, 33, 17), (13, 47, 9), (8, 16, 64), (3, 200, 130), (200, 3, 130), (1, 300, 500), (300, 1, 500),
  (5, 260, 300), (1000, 32, 32), (67, 129, 131), (130, 260, 300), (121, 257, 1025), (256, 256, 256),
  (1, 777, 200), (2, 777, 200), (16, 300, 100), (159, 70, 520), (270, 600, 390), (1030, 40, 770),
  (2100, 32, 33), (7100, 3, 100), (3, 7100, 100),
]

/// Numbers in −1 … 1 that look random and are the same each time.
func scattered(_ shape: Shape, _ dtype: DType, seed: Int) -> Tensor {
  var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
  let values = (0..<shape.elementCount).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) / Double(1 << 23) - 1
  }
  return Tensor(values, shape: shape).cast(to: dtype)
}

/// The product by the definition, with the sum of the absolute values of its terms for each element.
private func definition(_ a: [Double], _ b: [Double], _ m: Int, _ n: Int, _ k: Int) -> [(value: Double, size: Double)] {
  (0..<m * n).map { index in
    var value = 0.0
    var size = 0.0
    for p in 0..<k {
      let term = a[index / n * k + p] * b[p * n + index % n]
      value += term
      size += abs(term)
    }
    return (value, size)
  }
}

private func swapped(_ values: [Double], _ rows: Int, _ columns: Int) -> [Double] {
  (0..<values.count).map { values[$0 % columns * rows + $0 / columns] }
}

/// Runs `body` once for each way to compute products, and puts the usual one back.
private func forEachEngine(_ body: (String) -> Void) {
  defer {
    wabe_set_instruction_set(-1)
    wabe_set_engine(-1)
  }
  for (set, name) in [(WABE_ANY_PROCESSOR, "any processor"), (WABE_AVX2, "AVX2"), (WABE_AVX512, "AVX-512")] {
    wabe_set_engine(Int32(WABE_PORTABLE))
    wabe_set_instruction_set(Int32(set))
    body(name)
  }
  wabe_set_engine(Int32(WABE_ONEDNN))
  body("oneDNN")
}

@Suite(.serialized) struct MatmulTests {
  @Test("a product equals its definition for all sizes, types, transpositions and engines", arguments: sizes)
  func definitionHolds(m: Int, n: Int, k: Int) {
    for dtype in [DType.float32, .float64] {
      let a = scattered([m, k], dtype, seed: 1)
      let b = scattered([k, n], dtype, seed: 2)
      let expected = definition(a.scalars, b.scalars, m, n, k)
      let turnedA = Tensor(swapped(a.scalars, k, m), shape: [k, m]).cast(to: dtype)
      let turnedB = Tensor(swapped(b.scalars, n, k), shape: [n, k]).cast(to: dtype)
      let unit = dtype == .float32 ? 6e-8 : 1.2e-16
      for (left, right, form) in [(a, b, "NN"), (turnedA, b, "TN"), (a, turnedB, "NT"), (turnedA, turnedB, "TT")] {
        forEachEngine { engine in
          let product = left.matmul(right, transposeA: form.first == "T", transposeB: form.last == "T")
          #expect(product.shape == [m, n])
          for (value, exact) in zip(product.scalars, expected)
          where abs(value - exact.value) > unit * Double(k + 1) * exact.size {
            Issue.record("\(engine) \(form) \(m)×\(n)×\(k) \(dtype): \(value) instead of \(exact.value)")
            break
          }
        }
      }
    }
  }

  @Test("a product has the same bits with one, two and seven threads", arguments: sizes)
  func threadsDoNotMatter(m: Int, n: Int, k: Int) {
    defer { wabe_set_threads(0) }
    for dtype in [DType.float32, .float64] {
      let a = scattered([m, k], dtype, seed: 3)
      let b = scattered([k, n], dtype, seed: 4)
      let turned = scattered([n, k], dtype, seed: 5)
      let turnedA = scattered([k, m], dtype, seed: 6)
      forEachEngine { engine in
        let results = [1, 2, 7].map { threads in
          wabe_set_threads(Int32(threads))
          let products = [a.matmul(b), a.matmul(turned, transposeB: true), turnedA.matmul(b, transposeA: true)]
          return products.map { $0.withUnsafeBytes { Array($0) } }
        }
        #expect(results[0] == results[1], "\(engine) \(dtype), two threads")
        #expect(results[0] == results[2], "\(engine) \(dtype), seven threads")
      }
    }
  }

  @Test(
    "leading axes are matched by broadcasting",
    arguments: [
      ([2, 3, 4, 5], [2, 3, 5, 6], [2, 3, 4, 6]), ([3, 4, 5], [5, 6], [3, 4, 6]), ([4, 5], [3, 5, 6], [3, 4, 6]),
      ([2, 1, 4, 5], [3, 5, 6], [2, 3, 4, 6]), ([0, 4, 5], [5, 6], [0, 4, 6]), ([2, 4, 0], [0, 6], [2, 4, 6]),
      ([5], [5], []), ([5], [5, 6], [6]), ([4, 5], [5], [4]), ([5], [3, 5, 6], [3, 6]), ([3, 4, 5], [5], [3, 4]),
    ] as [(Shape, Shape, Shape)])
  func leadingAxes(left: Shape, right: Shape, expected: Shape) {
    let a = scattered(left, .float64, seed: 1)
    let b = scattered(right, .float64, seed: 2)
    let product = a.matmul(b)
    #expect(product.shape == expected)
    // The same by products of single elements: axes are lined up as [..., n, k, 1] and [..., 1, k, m] and summed.
    let wideA = left.count == 1 ? a.reshaped(to: [1] + Array(left)) : a
    let wideB = right.count == 1 ? b.reshaped(to: Array(right) + [1]) : b
    let terms =
      wideA.reshaped(to: Array(wideA.shape) + [1])
      * wideB.reshaped(to: Array(wideB.shape.dropLast(2)) + [1] + Array(wideB.shape.suffix(2)))
    let sums = terms.sum(axis: -2).scalars
    #expect(sums.count == product.count)
    #expect(zip(product.scalars, sums).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test("whole numbers are multiplied exactly and wrap around")
  func integers() {
    let a = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3], dtype: .int64)
    #expect(a.matmul(a, transposeB: true).scalars(as: Int.self) == [14, 32, 32, 77])
    let bytes = Tensor([UInt8(200), 100], shape: [1, 2])
    #expect(bytes.matmul(bytes, transposeB: true).scalars(as: UInt8.self) == [UInt8(truncatingIfNeeded: 50000)])
    let large = Tensor([Int.max, 2], shape: [1, 2])
    #expect(large.matmul(Tensor([2, 1], shape: [2, 1], dtype: .int64)).scalars(as: Int.self) == [0])
  }

  @Test("a product over no terms is zero")
  func noTerms() {
    let empty = Tensor([Float](), shape: [3, 0])
    #expect(empty.matmul(Tensor([Float](), shape: [0, 2])).scalars == [0, 0, 0, 0, 0, 0])
    let bias = Tensor([Float(1), 2])
    #expect(linear(empty, Tensor([Float](), shape: [0, 2]), bias).scalars == [1, 2, 1, 2, 1, 2])
  }

  @Test("linear has the bits of product, sum and function one after the other", arguments: sizes)
  func linearIsFused(m: Int, n: Int, k: Int) {
    for dtype in [DType.float32, .float64] {
      let x = scattered([m, k], dtype, seed: 1)
      let weight = scattered([k, n], dtype, seed: 2)
      let bias = scattered([n], dtype, seed: 3)
      #expect(linear(x, weight, bias).scalars == (x.matmul(weight) + bias).scalars)
      #expect(linear(x, weight, bias, activation: .tanh).scalars == tanh(x.matmul(weight) + bias).scalars)
      #expect(linear(x, weight, bias, activation: .sigmoid).scalars == sigmoid(x.matmul(weight) + bias).scalars)
      #expect(linear(x, weight, bias, activation: .relu).scalars == relu(x.matmul(weight) + bias).scalars)
    }
  }

  @Test("products of more than a few rows and columns have the same bits in every form", arguments: sizes)
  func formsDoNotMatter(m: Int, n: Int, k: Int) {
    guard m > 4, n > 4 else { return }
    for dtype in [DType.float32, .float64] {
      let a = scattered([m, k], dtype, seed: 6)
      let b = scattered([k, n], dtype, seed: 7)
      let turnedA = a.transposed
      let turnedB = b.transposed
      for set in [WABE_ANY_PROCESSOR, WABE_AVX2, WABE_AVX512] {
        wabe_set_engine(Int32(WABE_PORTABLE))
        wabe_set_instruction_set(Int32(set))
        defer {
          wabe_set_instruction_set(-1)
          wabe_set_engine(-1)
        }
        let product = a.matmul(b)
        #expect(a.matmul(turnedB, transposeB: true) == product)
        #expect(turnedA.matmul(b, transposeA: true) == product)
        #expect(turnedA.matmul(turnedB, transposeA: true, transposeB: true) == product)
      }
    }
  }

  @Test("bias and function follow a product with a transposed matrix too", arguments: sizes)
  func biasInEveryForm(m: Int, n: Int, k: Int) {
    guard m > 0, n > 0 else { return }
    for dtype in [DType.float32, .float64] {
      let a = scattered([m, k], dtype, seed: 8)
      let b = scattered([n, k], dtype, seed: 9)
      let bias = scattered([n], dtype, seed: 10)
      var result = Tensor.zeros([m, n], dtype: dtype)
      result.withUnsafeMutableBytes { c in
        a.withUnsafeBytes { a in
          b.withUnsafeBytes { b in
            bias.withUnsafeBytes { bias in
              var product = wabe_product(
                rows: m, columns: n, inner: k, transpose_a: false, transpose_b: true, a: a.baseAddress,
                b: b.baseAddress, c: c.baseAddress, bias: bias.baseAddress, activation: Int32(WABE_TANH))
              wabe_multiply(Int32(dtype == .float32 ? WABE_F32 : WABE_F64), &product)
            }
          }
        }
      }
      #expect(result == tanh(a.matmul(b, transposeB: true) + bias))
    }
  }

  @Test("gradient rules of products agree with central differences")
  func gradients() {
    let a = scattered([3, 4], .float64, seed: 1)
    let b = scattered([4, 2], .float64, seed: 2)
    let turnedA = scattered([4, 3], .float64, seed: 3)
    let turnedB = scattered([2, 4], .float64, seed: 4)
    #expect(gradientError([a, b]) { $0[0].matmul($0[1]) } < 1e-9)
    #expect(gradientError([turnedA, b]) { $0[0].matmul($0[1], transposeA: true) } < 1e-9)
    #expect(gradientError([a, turnedB]) { $0[0].matmul($0[1], transposeB: true) } < 1e-9)
    #expect(gradientError([turnedA, turnedB]) { $0[0].matmul($0[1], transposeA: true, transposeB: true) } < 1e-9)
    let batch = scattered([2, 1, 3, 4], .float64, seed: 5)
    let other = scattered([3, 4, 2], .float64, seed: 6)
    #expect(gradientError([batch, other]) { $0[0].matmul($0[1]) } < 1e-9)
    let bias = scattered([2], .float64, seed: 7)
    for activation in LinearActivation.allCases {
      #expect(gradientError([a, b, bias]) { linear($0[0], $0[1], $0[2], activation: activation) } < 1e-8)
      #expect(
        gradientError([scattered([2, 3, 4], .float64, seed: 8), b]) { linear($0[0], $0[1], activation: activation) }
          < 1e-8)
    }
  }

  @Test("shapes that do not fit stop with both shapes and the sizes that differ")
  func shapeMistakes() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = scattered([64, 2], .float32, seed: 1).matmul(scattered([3, 32], .float32, seed: 2))
    }
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(text.contains("matmul: [64, 2] × [3, 32]: the inner sizes 2 and 3 differ"))
    let other = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = linear(
        scattered([8, 2], .float32, seed: 1), scattered([2, 4], .float32, seed: 2), scattered([5], .float32, seed: 3))
    }
    let sentence = String(decoding: other.standardErrorContent, as: UTF8.self)
    #expect(sentence.contains("linear: bias [5], weight [2, 4]: the bias must be [4]"))
  }

  @Test("numbers too small for full precision count as zero in a product and elsewhere stay")
  func subnormals() {
    let tiny = Tensor([Float](repeating: 0x1p-140, count: 4), shape: [2, 2])
    let one = Tensor([Float(1), 0, 0, 1], shape: [2, 2])
    #expect(tiny.matmul(one).scalars == [0, 0, 0, 0])
    #expect((tiny + tiny).scalars.allSatisfy { $0 > 0 })
  }
}
