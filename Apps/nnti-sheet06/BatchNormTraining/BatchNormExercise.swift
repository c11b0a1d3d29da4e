import Experiments

/// 6.6: training with and without BatchNorm. The three parts share their trainings.
let batchNormExercise: Sheet.Exercise = {
  let trainings = ComparedTrainings()
  return Sheet.Exercise(
    "6.6 BatchNorm in training",
    [
      BaselineTraining(trainings: trainings), BatchNormTraining(trainings: trainings),
      BatchNormComparison(trainings: trainings),
    ])
}()
