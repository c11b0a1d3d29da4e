import Experiments

let sheet = Sheet("nnti-sheet07", title: "Neural networks: theory and implementation, sheet 7", exercises: [])

sheet.main()
