// Writes one file of each format into a folder, for Scripts/interop to read with the formats' own readers.
//
// usage: interop-files <folder>          writes
//        interop-files <folder> --read   reads what those readers wrote there

import Checkpoints
import Exporters
import Files
import Glibc
import HDF5

guard 2...3 ~= CommandLine.arguments.count else { exit(64) }
let folder = CommandLine.arguments[1]
var numbers = Numbers()

func array(_ name: String, _ shape: [Int], _ values: [Float]) -> NamedArray {
  NamedArray(name: name, type: .float32, shape: shape, elements: values)
}

/// A matrix [rows, columns] as [columns, rows].
func transposed(_ values: [Float], _ rows: Int, _ columns: Int) -> [Float] {
  (0..<rows * columns).map { values[$0 % rows * columns + $0 / rows] }
}

/// A perceptron of 4 inputs, 8 hidden units and 3 classes, in every format that has a graph.
@MainActor func writePerceptron() throws {
  let (w0, b0, w1, b1) = (numbers.next(32), numbers.next(8), numbers.next(24), numbers.next(3))
  let torch = [
    array("0.weight", [8, 4], transposed(w0, 4, 8)), array("0.bias", [8], b0),
    array("2.weight", [3, 8], transposed(w1, 8, 3)), array("2.bias", [3], b1),
  ]
  try SafetensorsFile(arrays: torch, metadata: ["framework": "wabe"]).write(to: "\(folder)/mlp.safetensors")
  try NumpyFile.write(torch, to: "\(folder)/mlp.npz")
  try NumpyFile.write(torch[0], to: "\(folder)/weight.npy")
  let model = OnnxModel(
    name: "mlp", inputs: [.init(name: "input", shape: [.named("N"), .fixed(4)])],
    outputs: [.init(name: "output", shape: [.named("N"), .fixed(3)])],
    nodes: [
      .init("Gemm", ["input", "0.weight", "0.bias"], ["h"], [("transB", .integer(1))]),
      .init("Tanh", ["h"], ["t"]),
      .init("Gemm", ["t", "2.weight", "2.bias"], ["logits"], [("transB", .integer(1))]),
      .init("Softmax", ["logits"], ["output"], [("axis", .integer(-1))]),
    ], weights: torch, metadata: ["seed": "7"])
  try model.write(to: "\(folder)/mlp.onnx")
  let keras = KerasModel(
    inputShape: [4],
    layers: [
      .init(
        "Dense", [("units", .integer(8)), ("activation", .string("tanh"))],
        variables: [array("kernel", [4, 8], w0), array("bias", [8], b0)]),
      .init(
        "Dense", [("units", .integer(3)), ("activation", .string("softmax"))],
        variables: [array("kernel", [8, 3], w1), array("bias", [3], b1)]),
    ])
  try keras.writeWeights(to: "\(folder)/mlp.weights.h5")
  try keras.write(to: "\(folder)/mlp.keras")
  let notes: [HDF5Content.Attribute] = [.init("format", .text("wabe ⬡")), .init("version", .integer(1))]
  var content = HDF5Content(arrays: torch, attributes: notes)
  for index in content.arrays.indices { content.arrays[index].name = "model/" + content.arrays[index].name }
  try SealedFile(content: content, step: 12).write(to: "\(folder)/checkpoint.h5")
}

/// A curve and a distribution.
@MainActor func writeEvents() throws {
  var (log, table) = (EventLog(time: 1), NumberTable(columns: ["epoch", "loss"]))
  for epoch in 1...10 {
    log.add(scalar: 1 / Float(epoch), tag: "loss", step: epoch, time: Double(epoch))
    log.add(histogram: numbers.next(100).map(Double.init), tag: "weights", step: epoch, time: Double(epoch))
    table.append([Double(epoch), 1 / Double(epoch)])
  }
  try log.write(to: "\(folder)/\(EventLog.fileName(time: 1))")
  try table.write(csv: "\(folder)/history.csv")
  try table.write(json: "\(folder)/history.json")
}

do {
  if CommandLine.arguments.last == "--read" { exit(try readNetworks(in: folder) ? 0 : 1) }
  try writeNetworks(in: folder)
  try writePerceptron()
  try writeEvents()
  try writeTracedModels(&numbers, in: folder)
  try writeCheckpoint(&numbers, in: folder)
} catch {
  print("interop-files: \(error)")
  exit(74)
}
