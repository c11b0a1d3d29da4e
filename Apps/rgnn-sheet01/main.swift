import Experiments

let sheet = Sheet(
  "rgnn-sheet01", title: "Recurrent and generative neural networks, sheet 01",
  exercises: [
    Sheet.Exercise(
      "1 (a) Backpropagation by hand",
      [OutputError(), HiddenErrors(), WeightGradients(), BackpropagationTraining()]),
    Sheet.Exercise("1 (b) Cross-entropy and softmax", [SoftmaxPairing(), SoftmaxGradient(), LinearNormalization()]),
    Sheet.Exercise("2 Custom functions and Adam", [BackwardPass(), GradientTests(), AdamOptimizer()]),
    Sheet.Exercise("3 The decision boundary", [HexagonConfiguration(), HexagonExplanation()]),
    Sheet.Exercise("A published solution", [PublishedSolution()]),
  ])

sheet.main()
