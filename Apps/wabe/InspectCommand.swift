import Checkpoints
import Console
import Experiments
import Exporters
import Files
import HDF5

/// `wabe inspect`: lists the arrays of a file.
func addInspect(to toolbox: inout Command) {
  var command = Command(
    "inspect", summary: "Lists the arrays of a checkpoint (.h5), a .safetensors, an .npz or an .npy file.")
  let path: Option<String> = command.argument("file", help: "The file to look into.")
  toolbox.subcommand(command) { values in
    let output = Terminal(.output, color: values.color)
    let (facts, arrays) = try contents(of: values[path])
    for fact in facts { output.print(fact) }
    var table = TextTable([
      "array", "type", .init("shape", .right), .init("bytes", .right), .init("smallest", .number),
      .init("largest", .number), .init("not finite", .right),
    ])
    for array in arrays {
      let range = Range(of: array)
      table.add([
        array.name, array.type.rawValue, array.shape.map(String.init).joined(separator: " × "),
        String(array.bytes.byteCount), range.map { $0.low.text(5) } ?? "", range.map { $0.high.text(5) } ?? "",
        range.map { String($0.strange) } ?? "",
      ])
    }
    output.print(table)
    let bytes = arrays.reduce(0) { $0 + $1.bytes.byteCount }
    output.print("\(arrays.count) arrays, \(bytes) bytes")
  }
}

/// What a file says about itself, and its arrays.
private func contents(of path: String) throws -> (facts: [String], arrays: [NamedArray]) {
  switch path.split(separator: ".").last {
  case "safetensors":
    let file = try SafetensorsFile(readingFrom: path)
    return (file.metadata.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }, file.arrays)
  case "npz": return ([], try NumpyFile.readArrays(from: path))
  case "npy": return ([], [try NumpyFile.readArray(from: path)])
  default:
    let file = try SealedFile(readingFrom: path)
    let score = file.score.map { ", score \($0.text())" } ?? ""
    return (
      ["checkpoint at step \(file.step)\(score), digest verified"], file.content.arrays.filter { $0.name != "meta" }
    )
  }
}

/// The smallest and the largest finite number of an array, and how many are not finite.
private struct Range {
  var low = Double.infinity, high = -Double.infinity, strange = 0

  init?(of array: NamedArray) {
    if let numbers: [Float] = array.elements(as: Float.self), array.type == .float32 {
      for number in numbers { add(Double(number)) }
    } else if let numbers: [Double] = array.elements(as: Double.self), array.type == .float64 {
      for number in numbers { add(number) }
    } else {
      return nil
    }
    if low > high { return nil }
  }

  private mutating func add(_ number: Double) {
    guard number.isFinite else { return strange += 1 }
    low = min(low, number)
    high = max(high, number)
  }
}
