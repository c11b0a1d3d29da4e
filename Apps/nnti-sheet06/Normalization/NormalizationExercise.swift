import Experiments

/// Exercise 6.4 and its parts.
let normalizationExercise = Sheet.Exercise(
  "6.4 Batch normalization", [CovariateShift(), ScaleAndShift(), BatchOfOne(), SmootherLandscape()])
