internal import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Every workload, family by family; a new family is one file and one line here.
let workloads = productWorkloads + elementwiseWorkloads + trainingWorkloads + checkpointWorkloads

let help = """
  Usage: benchmark [--json] [--only NAME]... [--list] [--save FILE]

  Measures the workloads and prints a table, one row each: the best of five runs.

    --json       prints one line of JSON per workload instead
    --only NAME  measures this workload, or all whose names begin with NAME; may be repeated
    --list       prints the names and what is done, measures nothing
    --save FILE  writes the JSON lines to this file too
    --calls N    does the work N times and measures nothing, for programs that count instructions

  Environment: WABE_THREADS (default: all processors), WABE_ENGINE (portable or onednn).
  """

/// Writes one line to the standard error.
func complain(_ message: String) {
  let line = Array("benchmark: \(message)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
}

/// Ends the program with one sentence about its arguments.
func stop(_ message: String) -> Never {
  complain(message)
  exit(2)
}

var json = false
var list = false
var names: [String] = []
var file: String?
var calls: Int?
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  switch argument {
  case "--help", "-h":
    print(help)
    exit(0)
  case "--json": json = true
  case "--list": list = true
  case "--only":
    guard let name = arguments.popFirst() else { stop("--only needs a name; --list shows them") }
    names.append(name)
  case "--save":
    guard let path = arguments.popFirst() else { stop("--save needs a file") }
    file = path
  case "--calls":
    guard let number = arguments.popFirst().flatMap(Int.init), number >= 0 else { stop("--calls needs a number") }
    calls = number
  default: stop("unknown argument \(argument); --help shows all")
  }
}
let chosen = workloads.filter { workload in names.isEmpty || names.contains { workload.name.hasPrefix($0) } }
if let missing = names.first(where: { name in !workloads.contains { $0.name.hasPrefix(name) } }) {
  stop("there is no workload \(missing); --list shows all")
}
if list {
  for workload in chosen { print(padded(workload.name, 24) + workload.work) }
  exit(0)
}
if let calls {
  for workload in chosen {
    let work = workload.prepare()
    for _ in 0..<calls { work() }
  }
  removeCheckpoint()
  exit(0)
}

#if DEBUG
complain("this is a debug build, its numbers mean nothing: use swift run -c release benchmark")
#endif
if !json {
  print("Wabe on \(Engine.threads) threads, engine \(Engine.name) (\(Engine.instructions)); best of 5 runs\n")
  print(padded("workload", 24) + leading("value", 10) + " " + padded("unit", 9) + "work")
}
var lines: [String] = []
for workload in chosen {
  let measurement = Measurement(workload)
  lines.append(measurement.json)
  if json {
    print(measurement.json)
  } else {
    let unit = padded(workload.unit.name, 9)
    print(padded(workload.name, 24) + leading("\(rounded(measurement.value))", 10) + " " + unit + workload.work)
  }
  fflush(nil)  // lines appear as they are measured, also through a pipe
}
removeCheckpoint()
if let file {
  guard let output = fopen(file, "w") else { stop("\(file) cannot be written: \(String(cString: strerror(errno)))") }
  for line in lines { fputs(line + "\n", output) }
  if fclose(output) != 0 { stop("\(file) could not be written completely") }
}

/// The text, filled up with spaces on the right.
func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }

/// The text, filled up with spaces on the left.
func leading(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
