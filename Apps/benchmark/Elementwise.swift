internal import Autograd
internal import Tensors

/// One operation on ten million floats, with a fresh result, and the same for four floats.
var elementwiseWorkloads: [Workload] {
  [
    large("map-tanh-10M", "tanh(x)", bytes: 8) { x, _ in tanh(x) },
    large("map-exp-10M", "exp(x)", bytes: 8) { x, _ in exp(x) },
    large("map-add-10M", "x + y", bytes: 12) { x, y in x + y },
    large("sum-10M", "x.sum()", bytes: 4) { x, _ in x.sum() },
    Workload(name: "copy-10M", unit: .gigabytes(8e7), work: "plain copy of 10⁷ floats, one thread, for comparison") {
      let x = scattered([10_000_000])
      var y = scattered([10_000_000])
      return { y.withUnsafeMutableBytes { to in x.withUnsafeBytes { to.copyMemory(from: $0) } } }
    },
    small("elementwise-4", "x + y of 4 floats") { x, y in x + y },
    Workload(
      name: "record-4", unit: .nanoseconds, work: "the same, recorded, with the record freed again", repetitions: 256
    ) {
      let x = scattered([4])
      let y = scattered([4])
      return {
        // Leaving by an error skips the way back, so that recording alone is measured.
        _ = try? valueWithGradient(at: x) { x throws(Stopped) in
          for _ in 0..<256 { keep(x + y) }
          throw Stopped()
        }
      }
    },
  ]
}

private func large(
  _ name: String, _ work: String, bytes: Double, _ operation: @escaping (Tensor, Tensor) -> Tensor
) -> Workload {
  Workload(name: name, unit: .gigabytes(1e7 * bytes), work: "\(work) of 10⁷ floats") {
    let x = scattered([10_000_000])
    let y = scattered([10_000_000])
    return { keep(operation(x, y)) }
  }
}

private func small(_ name: String, _ work: String, _ operation: @escaping (Tensor, Tensor) -> Tensor) -> Workload {
  Workload(name: name, unit: .nanoseconds, work: work, repetitions: 1000) {
    let x = scattered([4])
    let y = scattered([4])
    return { for _ in 0..<1000 { keep(operation(x, y)) } }
  }
}

/// Why a recording was left before its end.
private struct Stopped: Error {}
