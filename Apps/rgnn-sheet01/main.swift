import Experiments

let sheet = Sheet("rgnn-sheet01", title: "Recurrent and generative neural networks, sheet 01", exercises: [])

sheet.main()
