import Experiments

/// Exercise 6.2 and its parts.
let pairingExercise = Sheet.Exercise(
  "6.2 Output and loss functions",
  [BinaryPairing(), ClassPairing(), DistancePairing(), TagPairing(), NextWordPairing()])
