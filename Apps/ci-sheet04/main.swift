import Experiments

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

let sheet = Sheet("ci-sheet04", title: "Computational intelligence, sheet 4", exercises: [])

exit(sheet.run(CommandLine.arguments))
