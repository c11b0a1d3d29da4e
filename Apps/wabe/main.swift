import Console

// The toolbox: what one does with results and files, apart from training.

var command = Command(
  "wabe", summary: "Looks into files of trained models and puts reports together.", version: "0.1.0")
addReport(to: &command)
addInspect(to: &command)
command.main()
