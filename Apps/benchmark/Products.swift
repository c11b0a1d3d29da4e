internal import BenchmarkPeak
internal import Tensors

/// Matrix products of floats, in GFLOP/s, and the limit of the processors.
var productWorkloads: [Workload] {
  [
    Workload(name: "peak", unit: .gigaflops(1), work: "multiply-adds alone, the limit of products") {
      wabe_peak_gigaflops(Int32(Engine.threads))
    },
    product("matmul-2048", 2048, 2048, 2048),
    product("matmul-512", 512, 512, 512),
    product("matmul-128x512x784", 128, 512, 784),
    product("matmul-128x512x784-tn", 784, 512, 128, transposeA: true),
    product("matmul-128x512x784-nt", 128, 784, 512, transposeB: true),
    product("matmul-64x32x32", 64, 32, 32),
    product("matmul-1000x32x32", 1000, 32, 32),
  ]
}

/// A product [rows, inner] · [inner, columns], stored transposed where a flag says so.
private func product(
  _ name: String, _ rows: Int, _ columns: Int, _ inner: Int, transposeA: Bool = false, transposeB: Bool = false
) -> Workload {
  let form = transposeA ? ", left transposed" : transposeB ? ", right transposed" : ""
  return Workload(
    name: name, unit: .gigaflops(2 * Double(rows) * Double(columns) * Double(inner)),
    work: "[\(rows), \(inner)] · [\(inner), \(columns)]\(form)"
  ) {
    let a = scattered(transposeA ? [inner, rows] : [rows, inner])
    let b = scattered(transposeB ? [columns, inner] : [inner, columns])
    return { keep(a.matmul(b, transposeA: transposeA, transposeB: transposeB)) }
  }
}
