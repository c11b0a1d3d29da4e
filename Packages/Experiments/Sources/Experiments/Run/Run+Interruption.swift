/// The user wants to stop; what was trained is on the disk.
public struct Interrupted: Error, CustomStringConvertible {
  /// What was saved, in a sentence.
  public let description: String

  /// Says what was saved.
  public init(description: String) { self.description = description }
}

extension Run {
  /// Ends the experiment where it is if the user wants to stop, as `train` does by itself between epochs.
  ///
  /// To be called now and then in long work outside `train`, such as surveys over many seeds. What was trained before is
  /// saved; the survey itself begins anew when the user resumes.
  public func checkInterruption() throws {
    if settings.isInterrupted() {
      throw Interrupted(description: "\(experiment.id): stopped before its end; --resume runs this part again")
    }
  }

  /// Says how far a survey has come, and ends it there if the user wants to stop.
  public func report(_ done: Int, of total: Int, in name: String, note: String = "") throws {
    settings.progress(Settings.Step(name: name, done: done, total: total, note: note))
    try checkInterruption()
  }
}
