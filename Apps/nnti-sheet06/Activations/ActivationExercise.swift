import Experiments

/// Exercise 6.1 and its parts.
let activationExercise = Sheet.Exercise(
  "6.1 Activation functions",
  [
    SigmoidSymmetry(), TanhFromSigmoid(), SigmoidDerivative(), TanhDerivative(), EquivalentNetwork(),
    DerivativeBounds(), SoftmaxShift(), IdentityLayers(),
  ])
