public import Datasets
public import Plotting
public import Tensors

extension DecisionBoundary {
  /// What a function of points [count, 2] says around the examples of a data set, whose targets are class numbers.
  ///
  /// The function gives probabilities: [count] or [count, 1] of class 1, or [count, classes] of several.
  ///
  /// ```swift
  /// let picture = DecisionBoundary(of: { sigmoid(model.predict($0)) }, around: test)
  /// try picture.write(to: "boundary.png")
  /// ```
  public init(
    of function: (Tensor) -> Tensor, around data: some Dataset, names: [String] = [], resolution: Int = 400,
    margin: Double = 0.12, theme: Theme = .light
  ) {
    self.init(
      of: function, around: data.inputs, labels: data.targets, names: names, resolution: resolution, margin: margin,
      theme: theme)
  }
}
