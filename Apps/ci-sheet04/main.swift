import Experiments

let sheet = Sheet(
  "ci-sheet04", title: "Computational intelligence, sheet 4",
  exercises: [
    Sheet.Exercise(
      "1 A network that adds",
      [Variables(), Notation(), ForwardPass(), ChainOfDerivatives(), WhyBackwards()]),
    Sheet.Exercise("2 Networks that learn", [LearningToAdd(), Hyperparameters(), Rings()]),
  ])

sheet.main()
