import Plotting

/// Test accuracy and training loss by epoch; with two networks also how far the second is ahead.
func epochFigure(_ trainings: [(Normalization, ComparedTrainings.Outcome)]) -> Figure {
  let isComparison = trainings.count == 2
  var figure = Figure(rows: 1, columns: isComparison ? 3 : 2, width: isComparison ? 1080 : 800, height: 380)
  let last = isComparison ? 2 : 1
  for (column, label) in [(0, "test accuracy"), (last, "mean cross-entropy")] {
    figure[0, column].x.label = "epoch"
    figure[0, column].x.ticks = .at(trainings[0].1.losses.indices.map { Tick(Double($0 + 1), "\($0 + 1)") })
    figure[0, column].y.label = label
  }
  figure[0, 0].title = "Accuracy"
  figure[0, 0].y.limits = 0...1
  figure[0, last].title = "Training loss"
  figure[0, last].y.limits = 0...2.5
  func epochs(_ outcome: ComparedTrainings.Outcome) -> [Double] { outcome.losses.indices.map { Double($0 + 1) } }
  for (normalization, outcome) in trainings {
    figure[0, 0].line(epochs(outcome), outcome.accuracies, label: normalization.title, marker: .circle)
    figure[0, last].line(epochs(outcome), outcome.losses, label: normalization.title, marker: .circle)
  }
  if isComparison {
    figure[0, 1].title = "Lead of BatchNorm"
    figure[0, 1].x.label = "epoch"
    figure[0, 1].y.label = "difference of accuracies"
    figure[0, 1].bars(zip(trainings[1].1.accuracies, trainings[0].1.accuracies).map { $0 - $1 }, showsValues: true)
    figure[0, 1].x = .categories(trainings[0].1.accuracies.indices.map { "\($0 + 1)" }, label: "epoch")
  }
  return figure
}
