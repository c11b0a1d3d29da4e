import Experiments

/// 6.7: the saddle point problem.
let saddleExercise = Sheet.Exercise(
  "6.7 The saddle point problem", [CriticalPoints(), DescentNearSaddles(), NewtonAtSaddles()])
