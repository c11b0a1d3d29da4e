import Experiments

/// Exercise 6.3 and its parts.
let forwardExercise = Sheet.Exercise("6.3 Forward pass", [ForwardPass(), PredictedLabel()])
