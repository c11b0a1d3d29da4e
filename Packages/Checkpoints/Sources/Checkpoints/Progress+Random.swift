internal import Files
public import Tensors

extension Progress {
  /// A training after `epoch` epochs that draws from `random`.
  public init(epoch: Int, step: Int? = nil, score: Double? = nil, random: RandomSource) {
    self.init(epoch: epoch, step: step, score: score)
    let state = random.state
    values["random"] = .array([
      .object([
        ("position", .unsigned(state.position)), ("seed", .unsigned(state.seed)), ("stream", .unsigned(state.stream)),
      ])
    ])
  }

  /// The random source that was given to the initializer, where it stood.
  public var random: RandomSource {
    get throws(LoadError) {
      RandomSource(state: try value("random", as: RandomSource.State.self))
    }
  }
}
