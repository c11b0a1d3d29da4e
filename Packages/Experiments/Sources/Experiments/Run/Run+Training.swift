internal import Checkpoints
internal import Files
public import Modules
public import Tensors
public import Training

/// What a training of an experiment has left behind.
public struct TrainingResult<Model> {
  /// The values of each epoch.
  public let history: History
  /// The model after those epochs that were asked for.
  public let snapshots: [Int: Model]
}

extension Run {
  /// Trains for some epochs: shows how far it is, keeps the values of each epoch, saves the model at the end and when
  /// the user interrupts, and goes on from there when asked to resume.
  ///
  /// The closure is one epoch; its values go into the history and into `metrics.csv`. Everything that changes during
  /// the training has to be in the model, the optimizer or the random source, so that a resumed training continues bit
  /// for bit. An experiment with several trainings gives each a name.
  public mutating func train<Model: Module, Memory: Module>(
    _ model: inout Model, _ optimizer: inout Memory, using random: inout RandomSource, epochs: Int,
    named name: String = "training", snapshots: Set<Int> = [],
    epoch: (inout Model, inout Memory, inout RandomSource, Int) throws -> KeyValuePairs<String, Double>
  ) throws -> TrainingResult<Model> {
    let store = folder.map { TrainingStore(folder: $0, name: name, configuration: configuration) }
    var history = History()
    var pictures: [Int: Model] = [:]
    if settings.isResuming, let store {
      history = try store.resume(&model, &optimizer, &random, isForced: settings.isForced)
      for epoch in snapshots where epoch <= history.rows.count {
        pictures[epoch] = try store.snapshot(epoch, of: model)
      }
    }
    if history.rows.count < epochs {
      for number in (history.rows.count + 1)...epochs {
        let values = try epoch(&model, &optimizer, &random, number)
        history.append(epoch: number, values)
        if snapshots.contains(number) {
          pictures[number] = model
          try store?.save(snapshot: model, number)
        }
        let note = values.map { "\($0.key) \($0.value.text(4))" }.joined(separator: ", ")
        settings.progress(Settings.Step(name: name, done: number, total: epochs, note: note))
        if settings.isInterrupted() && number < epochs {
          try store?.save(model, optimizer, random, history)
          let saved = store == nil ? "nothing was to be saved" : "saved; --resume goes on from there"
          throw Interrupted(description: "\(experiment.id): stopped after epoch \(number) of \(epochs): \(saved)")
        }
      }
      try store?.save(model, optimizer, random, history)
    }
    if let store {
      for file in store.files { note(file: file) }
      let columns = ["epoch"] + history.names
      let rows = history.rows.map { row in [Double(row.epoch)] + history.names.map { row.values[$0] ?? .nan } }
      try write(name == "training" ? "metrics" : "metrics-\(name)", columns: columns, rows: rows)
    }
    return TrainingResult(history: history, snapshots: pictures)
  }

  /// Everything that decides how a training goes, by name.
  private var configuration: [String: String] {
    var result = ["seed": String(seed), "quick": String(isQuick), "data": settings.data ?? "none"]
    for parameter in experiment.parameters where parameter.name != "epochs" {
      result[parameter.name] = value(parameter.name).description
    }
    return result
  }
}
