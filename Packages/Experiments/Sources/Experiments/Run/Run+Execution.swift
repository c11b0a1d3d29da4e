internal import Files

extension Run {
  /// Runs an experiment and writes what it said, checked and drew into its folder: `run.json` comes last, so a folder
  /// with it is complete.
  ///
  /// - Parameter place: where the experiment stands, for the report.
  public static func execute(
    _ experiment: any Experiment, _ settings: Settings, at place: Place
  ) throws -> RunRecord {
    var run = Run(experiment, settings)
    if let folder = run.folder { try prepare(folder, settings) }
    try experiment.run(in: &run)
    let record = RunRecord(run, at: place)
    if let folder = run.folder {
      try folder.make()
      try AtomicWriter().write(Array((record.json.indented + "\n").utf8), to: folder.file(RunRecord.fileName))
    }
    return record
  }

  /// Makes room for a run. Only files that an earlier run of this program wrote are ever removed.
  private static func prepare(_ folder: Folder, _ settings: Settings) throws {
    let names = (try? folder.names) ?? []
    let stores = names.filter { $0.hasPrefix(TrainingStore.prefix) }
    guard names.contains(RunRecord.fileName) || !stores.isEmpty else { return }
    if settings.isResuming { return }
    guard settings.isForced else { throw RunError.exists(path: folder.path) }
    if let earlier = try? RunRecord(readingFrom: folder.path) {
      // The record goes first: a folder without it is known to be incomplete.
      try folder.remove([RunRecord.fileName])
      try folder.remove(earlier.files.filter { names.contains($0) })
    }
    for store in stores {
      let directory = Folder(folder.file(store))
      try directory.remove(directory.names.filter(TrainingStore.isOwn))
    }
  }
}
