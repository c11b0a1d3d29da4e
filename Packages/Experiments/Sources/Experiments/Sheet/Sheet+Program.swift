extension Sheet {
  /// Runs the experiments that are named, or all, and returns the exit status: 1 if a check fails.
  public func run(_ arguments: [String]) -> Int32 {
    var settings = Settings()
    settings.output = "Results"
    settings.isForced = true
    settings.command = ([name] + arguments.dropFirst()).joined(separator: " ")
    let names = arguments.dropFirst().filter { !$0.hasPrefix("-") }
    let chosen = experiments.filter { experiment in names.isEmpty || names.contains { experiment.id.hasPrefix($0) } }
    var failures = 0
    for experiment in chosen {
      do {
        let record = try Run.execute(experiment, settings, at: place(of: experiment))
        print("\(record.id)  \(record.title)")
        for check in record.checks {
          print(
            "  \(check.outcome)  \(check.name): \(check.valueText), expected \(check.referenceText), \(check.source)")
          if check.outcome == "FAIL" { failures += 1 }
        }
      } catch {
        print("\(experiment.id): \(error)")
        return 1
      }
    }
    return failures == 0 ? 0 : 1
  }
}
