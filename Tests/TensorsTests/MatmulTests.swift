import TensorKernels
import Testing

import Tensors

/// Sizes of products, chosen so that each kernel, its edges and its splits between threads are met.
private let sizes: [(Int, Int, Int)] = [
  (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (1, 7, 5), (7, 1, 5), (5, 3, 1), (2, 2, 3), (64, 32, 32), (64, 1, 32),
  (2, 32, 64), (31, 33, 17), (13, 47, 9), (8, 16, 64), (3, 200, 130), (200, 3, 130), (1, 300, 500), (300, 1, 500),
  (5, 260, 300), (1000, 32, 32), (67, 129, 131), (130, 260, 300), (121, 257, 1025), (256, 256, 256),
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
      forEachEngine { engine in
        let results = [1, 2, 7].map { threads in
          wabe_set_threads(Int32(threads))
          return [a.matmul(b), a.matmul(turned, transposeB: true)].map { $0.withUnsafeBytes { Array($0) } }
        }
        #expect(results[0] == results[1], "\(engine) \(dtype), two threads")
        #expect(results[0] == results[2], "\(engine) \(dtype), seven threads")
      }
    }
  }
}
