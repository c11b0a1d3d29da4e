public import Datasets
public import Modules
public import Optimizers
public import Tensors

/// A model with the optimizer that trains it and the loss that is to fall.
///
/// ```swift
/// var trainer = Trainer(model, Adam(), loss: { binaryCrossEntropy(logits: $0, targets: $1) })
/// for epoch in 1...20 {
///   let report = try trainer.epoch(train.batches(of: 64, using: &random))
///   print(epoch, report.loss, trainer.evaluate(test).loss)
/// }
/// ```
/// It prints nothing and writes no files: it returns reports, and the program that owns the loop decides what becomes of
/// them.
public struct Trainer<Model: Layer, Rule: UpdateRule>: Sendable {
  /// A function of predictions and targets that gives the mean loss of a batch.
  public typealias Loss = @Sendable (_ predictions: Tensor, _ targets: Tensor) -> Tensor

  /// What is trained.
  public var model: Model
  /// What trains it.
  public var optimizer: Optimizer<Rule>
  /// Which parameters are trained.
  public var training: ParameterSelection = .all
  /// The longest gradient that is used as it is; longer ones are shortened. Nil leaves all as they are.
  public var clippingNorm: Double?
  /// How many batches are gathered for one step, as if they were one large batch.
  public var accumulation = 1
  /// The number of epochs begun, for messages.
  public private(set) var epochs = 0

  private let loss: Loss

  /// Puts a model, its optimizer and its loss together.
  public init(_ model: Model, _ optimizer: Optimizer<Rule>, loss: @escaping Loss) {
    self.model = model
    self.optimizer = optimizer
    self.loss = loss
  }

  /// Trains on every batch once.
  ///
  /// - Throws: `TrainingError.nonFinite` at the first loss or gradient that is not a finite number; the model is as it
  ///   was before that batch, and batches gathered for a step that did not come are dropped.
  public mutating func epoch(_ batches: some Sequence<Batch>) throws(TrainingError) -> EpochReport {
    require(accumulation > 0, "Trainer: a step gathers at least one batch, not \(accumulation)")
    epochs += 1
    var report = EpochReport()
    var gathered: Gradients<Model>?
    var gatheredExamples = 0
    for (number, batch) in batches.enumerated() {
      // Kept until the batch is known to be good: layers such as batch normalization change while they compute.
      var before: Model? = model
      let (value, gradients) = valueWithGradient(at: &model, training: training) { [loss] model in
        loss(model(batch.inputs), batch.targets)
      }
      do throws(TrainingError) { try checkFinite(value.scalar, gradients, batch: number + 1) } catch {
        if let before { model = before }
        throw error
      }
      before = nil  // so that the step writes in place
      report.add(loss: value.scalar, examples: batch.count)
      if accumulation == 1 {
        step(gradients, &report)
        continue
      }
      // Weighted by size, so that a short last batch counts for what it holds.
      let part = gradients * Double(batch.count)
      gathered = gathered.map { $0 + part } ?? part
      gatheredExamples += batch.count
      if (number + 1) % accumulation == 0, let all = gathered {
        step(all / Double(gatheredExamples), &report)
        gathered = nil
        gatheredExamples = 0
      }
    }
    if let all = gathered { step(all / Double(gatheredExamples), &report) }
    return report
  }

  private mutating func step(_ gradients: Gradients<Model>, _ report: inout EpochReport) {
    guard let clippingNorm else {
      report.steps += 1
      return optimizer.update(&model, with: gradients)
    }
    let norm = gradients.norm
    report.add(gradientNorm: norm)
    optimizer.update(&model, with: norm > clippingNorm ? gradients.clipped(toNorm: clippingNorm) : gradients)
  }

  /// The mean loss over a data set in inference mode, and all predictions.
  ///
  /// Batches only bound the memory that is used: a short last one counts for what it holds.
  public func evaluate(_ dataset: some Dataset, batchSize: Int = 1024) -> Evaluation {
    var sum = 0.0
    var predictions: [Tensor] = []
    for batch in dataset.batches(of: batchSize) {
      let prediction = model.predict(batch.inputs)
      sum += loss(prediction, batch.targets).scalar * Double(batch.count)
      predictions.append(prediction)
    }
    require(!predictions.isEmpty, "evaluate: the data set has no examples")
    return Evaluation(
      loss: sum / Double(dataset.count), predictions: Tensor.concatenate(predictions), targets: dataset.targets)
  }

  /// Throws unless the loss and all gradients are finite.
  private func checkFinite(_ value: Double, _ gradients: Gradients<Model>, batch: Int) throws(TrainingError) {
    if !value.isFinite { throw .nonFinite(epoch: epochs, batch: batch, what: "the loss is \(value)") }
    // A sum is finite if all its terms are, unless it overflows; only then every element is looked at.
    let suspicious = gradients.values.contains { $0.map { !$0.sum().scalar.isFinite } ?? false }
    if suspicious, let path = gradients.nonFinitePaths.first {
      throw .nonFinite(epoch: epochs, batch: batch, what: "the gradient of \(path) holds an infinity or a NaN")
    }
  }
}
