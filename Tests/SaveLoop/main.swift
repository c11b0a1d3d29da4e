// Saves generation after generation of one checkpoint, until it is done or somebody kills it.
//
// usage: save-loop <path> <saves> [<bytes at which the file size limit lies>]
//        save-loop <path> 0          reads a foreign file instead, as strictly as a checkpoint, and
//                                   notes its largest size in memory in <path>.peak
// Exit codes: 0 all saved or read, 65 the file was refused, 74 a save failed with a typed error.

import Checkpoints
import Files
import Glibc
import HDF5

/// The content of generation `step`: every number says which generation it belongs to.
func generation(_ step: Int) -> SealedFile {
  let arrays = (0..<24).map { index in
    let numbers = (0..<4096).map { Float($0 + 10_000 * step + index) }
    return NamedArray(name: "model/layer\(index).weight", type: .float32, shape: [64, 64], elements: numbers)
  }
  return SealedFile(content: HDF5Content(arrays: arrays), step: step)
}

guard CommandLine.arguments.count >= 3, let saves = Int(CommandLine.arguments[2]) else { exit(64) }
let path = CommandLine.arguments[1]
signal(SIGXFSZ, SIG_IGN)

/// Sets how large a file of this process may become; nil lifts the limit up to what was allowed at the start.
func limitFiles(to bytes: UInt?) {
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(1), &limit)
  limit.rlim_cur = bytes ?? limit.rlim_max
  setrlimit(__rlimit_resource_t(1), &limit)
}

if saves == 0 {
  let isRefused = (try? HDF5Content(strictly: FileReader().read(path))) == nil
  // The peak of this program alone: what wait4 tells includes the parent's size when it started the program.
  var status = [UInt8](repeating: 0, count: 1 << 14)
  let file = open("/proc/self/status", O_RDONLY)
  let count = read(file, &status, status.count)
  let text = String(decoding: status.prefix(max(0, count)), as: UTF8.self)
  let peak = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
  try? AtomicWriter().write(Array(peak.utf8), to: path + ".peak")
  exit(isRefused ? 65 : 0)
}
let limit = CommandLine.arguments.count > 3 ? UInt(CommandLine.arguments[3]) : nil
if let limit { limitFiles(to: limit) }
do {
  for step in 1...max(saves, 1) { try generation(step).write(to: path) }
} catch {
  if limit != nil {
    // The process must be alive and able to save once there is space again.
    limitFiles(to: nil)
    guard (try? generation(99).write(to: path + ".second")) != nil else { exit(70) }
  }
  exit(74)
}
