internal import Console
internal import Files
internal import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Every workload, family by family; a new family is one file and one line here.
let allWorkloads =
  processWorkloads + productWorkloads + elementwiseWorkloads + trainingWorkloads + checkpointWorkloads
  + pictureWorkloads

var command = Command("benchmark", summary: "Measures the workloads: the best of fifty short runs each.")
let filter = command.option(
  "filter", default: [String](), help: "Measures this workload, or all whose names begin with this.")
let only = command.option("only", default: [String](), help: "The same as --filter.")
let list = command.flag("list", help: "Prints the names and what is done, measures nothing.")
let json = command.flag("json", help: "Prints one line of JSON per workload instead of a table.")
let calls = command.option(
  "calls", as: Int.self, in: 0..., help: "Does the work so often and measures nothing, to count instructions.")
let growth = command.flag(
  "growth", help: "Measures how times grow with sizes, for one and several threads, and draws the curves.")
let chart = command.option(
  "chart", as: String.self, help: "Draws the comparison in this JSON file, which Scripts/benchmark --peers makes.")
let output = command.option(
  "output", default: "Results/benchmark", help: "The folder of the pictures of --growth and --chart.")
let save = command.option("save", as: String.self, help: "Writes the JSON lines to this file too.")

/// Ends the program with one sentence about what went wrong.
func stop(_ message: String) -> Never {
  Terminal(.error).print("benchmark: \(message)")
  exit(1)
}

/// Those whose names begin with one of the given words; all if there are none.
func chosen<Item>(_ words: [String], of items: [Item], name: (Item) -> String) throws -> [Item] {
  if let missing = words.first(where: { word in !items.contains { name($0).hasPrefix(word) } }) {
    throw UsageError("no name begins with \(missing); there are: \(items.map(name).joined(separator: ", "))")
  }
  return items.filter { item in words.isEmpty || words.contains { name(item).hasPrefix($0) } }
}

command.main { values in
  let folder = Folder(values[output])
  if let file = values[chart] { return try drawComparison(file, into: folder) }
  let words = values[filter] + values[only]
  if values[growth] {
    let kinds = try chosen(words, of: allGrowth) { $0.name }
    return try measureGrowth(kinds, json: values[json], folder: folder)
  }
  let workloads = try chosen(words, of: allWorkloads) { $0.name }
  if values[list] {
    for workload in workloads { print(padded(workload.name, 24) + workload.work) }
    return
  }
  if let calls = values[calls] {
    for workload in workloads {
      if case .timed(let prepare) = workload.method {
        let work = prepare()
        for _ in 0..<calls { work() }
      }
    }
    return removeCheckpoint()
  }
  if !values[json] {
    print("Wabe on \(Engine.threads) threads, engine \(Engine.name) (\(Engine.instructions)); best of 50 runs\n")
    print(padded("workload", 24) + leading("value", 10) + " " + padded("unit", 9) + "work")
  }
  var lines = ""
  for workload in workloads {
    let measurement = try Measurement(workload)
    lines += measurement.json + "\n"
    if values[json] {
      print(measurement.json)
    } else {
      let unit = padded(workload.unit.name, 9)
      print(padded(workload.name, 24) + leading("\(rounded(measurement.value))", 10) + " " + unit + workload.work)
    }
    fflush(nil)  // lines appear as they are measured, also through a pipe
  }
  removeCheckpoint()
  if let file = values[save] { try AtomicWriter().write(Array(lines.utf8), to: file) }
}

/// The text, filled up with spaces on the right.
func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }

/// The text, filled up with spaces on the left.
func leading(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
