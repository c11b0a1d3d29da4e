import Console
import Experiments

// The toolbox: what one does with results and files, apart from training.

var command = Command(
  "wabe", summary: "Looks into files of trained models and puts reports together.", version: Software.version)
addReport(to: &command)
addInspect(to: &command)
command.main()
