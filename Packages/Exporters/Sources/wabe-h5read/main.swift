// Reads an HDF5 file that nobody vouches for: its bytes come from standard input, its arrays go to standard output as
// safetensors. The process has no way to anything else; if the bytes kill it, only it dies.
//
// Exit codes: 0 read, 65 refused (the reason is on standard output), 74 input or output failed.

import CSandbox
import Exporters
import Files
import Glibc
import HDF5

func readInput() -> [UInt8]? {
  var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
  while true {
    let count = read(0, &buffer, buffer.count)
    if count == 0 { return bytes }
    if count > 0 { bytes += buffer.prefix(count) } else if errno != EINTR { return nil }
  }
}

func writeOutput(_ source: any ByteSource) -> Bool {
  source.withBytes { bytes in
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(1, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
    }
    return true
  }
}

guard let input = readInput() else { exit(74) }
let megabyte = 1 << 20
let isLimited = wabe_limit_resources(UInt64(8 * input.count + 1024 * megabyte), 5)
_ = wabe_enter_sandbox()
guard isLimited else { exit(74) }
do {
  let content = try HDF5Content(leniently: FileBytes(input), budget: 4 * input.count + 512 * megabyte)
  guard let parts = SafetensorsFile(arrays: content.arrays).parts else { exit(65) }
  for part in parts where !writeOutput(part) { exit(74) }
} catch {
  _ = writeOutput(ByteArray(Array(error.description.utf8.prefix(1000))))
  exit(65)
}
exit(0)
