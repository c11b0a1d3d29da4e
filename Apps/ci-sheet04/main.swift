import Experiments

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

let sheet = Sheet(
  "ci-sheet04", title: "Computational intelligence, sheet 4",
  exercises: [
    Sheet.Exercise(
      "1 A network that adds",
      [Variables(), Notation(), ForwardPass(), ChainOfDerivatives(), WhyBackwards()])
  ])

exit(sheet.run(CommandLine.arguments))
