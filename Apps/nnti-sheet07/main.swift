import Experiments

// The last two parts use one training.
let trained = TrainedNetworks()

let sheet = Sheet(
  "nnti-sheet07", title: "Neural networks: theory and implementation, sheet 7",
  exercises: [
    Sheet.Exercise("7.1 Backpropagation with numbers", [ForwardPass(), LossOfTwo(), AllGradients()]),
    Sheet.Exercise("7.2 A computation graph", [GraphOfExpression(), BackThroughGraph()]),
    Sheet.Exercise("7.3 Backpropagation through a reordering", [ThroughSort(), ThroughScaling(), ThroughBoth()]),
    Sheet.Exercise(
      "7.4 A classifier of digits, written by hand",
      [Forward(), Backward(), CrossEntropyOfRows(), TrainDigits(trained: trained), PredictDigits(trained: trained)]),
  ])

sheet.main()
