import Experiments

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

let sheet = Sheet(
  "nnti-sheet06", title: "Neural networks: theory and implementation, sheet 6",
  exercises: [activationExercise, pairingExercise, forwardExercise, normalizationExercise])

exit(sheet.run(CommandLine.arguments))
