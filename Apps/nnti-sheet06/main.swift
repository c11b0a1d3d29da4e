import Experiments

let sheet = Sheet(
  "nnti-sheet06", title: "Neural networks: theory and implementation, sheet 6",
  exercises: [
    activationExercise, pairingExercise, forwardExercise, normalizationExercise, optimizationExercise,
    batchNormExercise, saddleExercise,
  ])

sheet.main()
