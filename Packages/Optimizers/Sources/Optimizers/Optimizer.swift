public import Modules
internal import Tensors

/// Moves the parameters of a model by an update rule, along a schedule of learning rates.
///
/// ```swift
/// var optimizer = Adam(learningRate: 1e-2)
/// optimizer.update(&model, with: gradients)
/// ```
/// An optimizer is a value and a module: what it remembers about each parameter is saved under that parameter's path, and
/// training that is resumed from a file goes on bit for bit.
public struct Optimizer<Rule: UpdateRule>: Sendable {
  /// The formula and its numbers.
  public var rule: Rule
  /// The learning rate of every step.
  public var schedule: Schedule
  /// What every learning rate is multiplied with, for rates that follow from results, as `ReduceOnPlateau` has it.
  public var learningRateFactor = 1.0
  /// The number of steps taken so far.
  public private(set) var step = 0

  private var memories: [Rule.Memory] = []
  private var paths: [String] = []
  private var exceptions: [Exception] = []
  /// The exception that each parameter falls under, where there are any.
  private var chosen: [Int?] = []
  /// What a model holds in place of its parameters while they are moved.
  private let standIn = Tensor.zeros([])

  private struct Exception: Sendable {
    let selection: ParameterSelection
    let rule: Rule
    let learningRateFactor: Double
  }

  /// An optimizer with a formula and a schedule.
  public init(_ rule: Rule, schedule: Schedule) {
    self.rule = rule
    self.schedule = schedule
  }

  /// The learning rate of the next step.
  public var learningRate: Double { schedule(step) * learningRateFactor }

  /// Treats the parameters whose paths match differently from the others.
  ///
  /// ```swift
  /// optimizer.treat(.paths("*.bias")) { $0.weightDecay = 0 }
  /// optimizer.treat(.paths("embedding.*"), learningRateFactor: 0.1)
  /// ```
  /// Where several treatments match a parameter, the last one holds.
  public mutating func treat(
    _ selection: ParameterSelection, learningRateFactor: Double = 1, _ change: (inout Rule) -> Void = { _ in }
  ) {
    var rule = rule
    change(&rule)
    exceptions.append(Exception(selection: selection, rule: rule, learningRateFactor: learningRateFactor))
    paths = []
  }

  /// Moves every parameter that has a gradient by one step.
  ///
  /// A parameter that was trained, but on which the loss does not depend, stops the program: freeze it, or pass
  /// `gradients.withoutUnused`.
  public mutating func update<Model: Module>(_ model: inout Model, with gradients: Gradients<Model>) {
    if paths.count != gradients.values.count { prepare(for: &model) }
    require(
      paths.count == gradients.values.count,
      "optimizer: the model has \(paths.count) parameters, but there are \(gradients.values.count) gradients")
    if !gradients.usesAllParameters { refuse(gradients.unusedPaths) }
    step += 1
    let moment = Moment(step: step, learningRate: schedule(step - 1) * learningRateFactor)
    // The parameters leave the model while they move, so that nothing else refers to their memory, and so that this
    // loop, unlike a visitor, looks up what belongs to the rule only once.
    var moving = ExchangeParameters(values: Array(repeating: standIn, count: paths.count))
    model.visit(&moving)
    for position in 0..<paths.count {
      guard let gradient = gradients.values[position] else { continue }
      if let number = chosen[position] {
        let exception = exceptions[number]
        let rate = moment.learningRate * exception.learningRateFactor
        exception.rule.update(
          &moving.values[position], gradient: gradient, memory: &memories[position],
          at: Moment(step: step, learningRate: rate))
      } else {
        rule.update(&moving.values[position], gradient: gradient, memory: &memories[position], at: moment)
      }
    }
    moving.position = 0
    model.visit(&moving)
  }

  /// Ends the program because of parameters that only look as if they were trained.
  private func refuse(_ paths: [String]) {
    require(
      paths.isEmpty,
      "optimizer: the loss does not depend on \(paths.joined(separator: ", ")): use them in the forward pass, freeze "
        + "them with training: .except(…), or update with gradients.withoutUnused to leave them as they are")
  }
}

/// Exchanges the parameters of a model for values, one by one in the order of `visit`.
private struct ExchangeParameters: ModuleVisitor {
  var values: [Tensor]
  var position = 0

  mutating func parameter(_ name: String, _ value: inout Tensor) {
    swap(&value, &values[position])
    position += 1
  }
}

extension Optimizer: Companion {
  /// Makes room for what is remembered about each parameter of a model, once.
  public mutating func prepare<Model: Module>(for model: inout Model) {
    let parameters = model.state.filter(\.isParameter)
    let names = parameters.map(\.path)
    if names == paths { return }
    if memories.isEmpty {
      memories = parameters.map { rule.memory(for: $0.value) }
    } else {
      require(
        memories.count == names.count,
        "optimizer: it remembers \(memories.count) parameters, but this model has \(names.count): "
          + "make a new optimizer for another model")
    }
    paths = names
    chosen = paths.map { path in exceptions.lastIndex { $0.selection.contains(path) } }
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.number("step", &step)
    visitor.number("learningRateFactor", &learningRateFactor)
    for position in memories.indices { visitor.child(paths[position], &memories[position]) }
  }
}
