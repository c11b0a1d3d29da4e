public import Modules
public import Tensors

// The step is inlinable, so that it is compiled for its rule where it is called: everywhere else each parameter costs
// 1,000 instructions more, which look up the layout of the rule's memory; a step of a small network takes 40,000.

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

  @usableFromInline var memories: [Rule.Memory] = []
  @usableFromInline var paths: [String] = []
  private var exceptions: [Exception] = []
  /// The exception that each parameter falls under, where there are any.
  @usableFromInline var chosen: [Int?] = []

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
  @inlinable
  public mutating func update<Model: Module>(_ model: inout Model, with gradients: Gradients<Model>) {
    if paths.count != gradients.values.count { prepare(for: &model) }
    require(
      paths.count == gradients.values.count,
      "optimizer: the model has \(paths.count) parameters, but there are \(gradients.values.count) gradients")
    if !gradients.usesAllParameters { refuse(gradients.unusedPaths) }
    let moment = nextMoment()
    var position = 0
    model.forEachParameter { parameter in
      if let gradient = gradients.values[position] { move(&parameter, number: position, gradient, at: moment) }
      position += 1
    }
  }

  /// Begins the next step.
  @usableFromInline
  mutating func nextMoment() -> Moment {
    step += 1
    return Moment(step: step, learningRate: schedule(step - 1) * learningRateFactor)
  }

  /// Moves one parameter, by the rule that it was given if there is one.
  @inlinable
  mutating func move(_ parameter: inout Tensor, number position: Int, _ gradient: Tensor, at moment: Moment) {
    if let exception = chosen[position] {
      move(&parameter, number: position, gradient, at: moment, by: exception)
    } else {
      rule.update(&parameter, gradient: gradient, memory: &memories[position], at: moment)
    }
  }

  @usableFromInline
  mutating func move(
    _ parameter: inout Tensor, number position: Int, _ gradient: Tensor, at moment: Moment, by number: Int
  ) {
    let exception = exceptions[number]
    let rate = moment.learningRate * exception.learningRateFactor
    exception.rule.update(
      &parameter, gradient: gradient, memory: &memories[position], at: Moment(step: moment.step, learningRate: rate))
  }

  /// Ends the program because of parameters that only look as if they were trained.
  @usableFromInline
  func refuse(_ paths: [String]) {
    require(
      paths.isEmpty,
      "optimizer: the loss does not depend on \(paths.joined(separator: ", ")): use them in the forward pass, freeze "
        + "them with training: .except(…), or update with gradients.withoutUnused to leave them as they are")
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
