import Experiments

/// 6.5: questions on optimization.
let optimizationExercise = Sheet.Exercise(
  "6.5 Questions on optimization", [WeightSymmetry(), ConvexDescent(), NewtonInOneStep(), NewtonCost()])
