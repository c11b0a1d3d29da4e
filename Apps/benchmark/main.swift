import Tensors

#if canImport(Glibc)
import Glibc
#endif

func now() -> Double {
  var t = timespec()
  clock_gettime(CLOCK_MONOTONIC, &t)
  return Double(t.tv_sec) * 1e9 + Double(t.tv_nsec)
}
final class Null: Recorder, @unchecked Sendable {
  var isRecording: Bool { true }
  var keepsTraces: Bool { false }
  var rules: [Rule] = []
  var n = 0
  func record(_ name: String, inputs: InputRecords, output: borrowing Tensor, operands: () -> [Tensor], rule: (Int) -> Rule) -> Int {
    rules.append(rule(n)); n += 1
    if rules.count > 1000 { rules.removeAll(keepingCapacity: true) }
    return n
  }
}
let a = Tensor([Float(1), 2, 3, 4]), b = Tensor([Float(1), 2, 3, 4])
var c = a
for _ in 0..<3 {
  var t = now()
  for _ in 0..<1_000_000 { c = a + b }
  print("add4", (now() - t) / 1e6)
  t = now()
  for _ in 0..<1_000_000 { c = a * 2 }
  print("mul scalar", (now() - t) / 1e6)
  t = now()
  for _ in 0..<1_000_000 { c = tanh(a) }
  print("tanh4", (now() - t) / 1e6)
  var w = a
  w.trace = Trace(recorder: Null(), index: 0)
  t = now()
  for _ in 0..<1_000_000 { c = w + b }
  print("recorded add", (now() - t) / 1e6)
  t = now()
  for _ in 0..<1_000_000 { c = w * b }
  print("recorded mul", (now() - t) / 1e6)
}
