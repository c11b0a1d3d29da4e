import Experiments

let sheet = Sheet("ci-sheet04", title: "Computational intelligence, sheet 4", exercises: [])

sheet.main()
