import Experiments

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

let sheet = Sheet("nnti-sheet07", title: "Neural networks: theory and implementation, sheet 7", exercises: [])

exit(sheet.run(CommandLine.arguments))
