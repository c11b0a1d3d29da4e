import Modules
import Optimizers
import Tensors
import Testing

/// One row per schedule, with PyTorch's settings from the script.
let schedules: [(name: String, schedule: Schedule)] = [
  ("step", .step(from: 0.5, every: 30, factor: 0.5)),
  ("multiStep", .multiStep(from: 0.5, at: [20, 50, 120], factor: 0.3)),
  ("exponential", .exponential(from: 0.5, factor: 0.97)),
  ("polynomial", .polynomial(from: 0.5, over: 150, power: 2)),
  ("cosine", .cosine(from: 0.5, to: 0.01, over: 200)),
  ("restarts", .cosineWithRestarts(from: 0.5, to: 0.01, first: 20, growth: 2)),
  ("oneCycle", .oneCycle(peak: 0.5, over: 201)),
]

@Test("two hundred rates are PyTorch's", arguments: schedules.map(\.name))
func rates(name: String) throws {
  let expected = try #require(try golden("schedules.json")[name])
  let schedule = try #require(schedules.first { $0.name == name }).schedule
  let error = zip(schedule.rates(count: 200), expected).map { abs($0 - $1) }.max() ?? .infinity
  #expect(error < 1e-9)
}

@Test("schedules are put together")
func composition() {
  let warm = Schedule.constant(1).warmedUp(over: 3, from: 0.2)
  #expect(warm.rates(count: 5).map { ($0 * 100).rounded() } == [40, 60, 80, 100, 100])
  let two = Schedule.constant(1).then(.constant(0.1), after: 2)
  #expect(two.rates(count: 4) == [1, 1, 0.1, 0.1])
  #expect((Schedule.exponential(from: 1, factor: 0.5) * 2).floored(at: 0.4).rates(count: 4) == [2, 1, 0.5, 0.4])
  #expect(Schedule.exponential(from: 1, factor: 0.5).perEpoch(of: 2).rates(count: 5) == [1, 1, 0.5, 0.5, 0.25])
}

@Test("the rate is lowered when nothing gets better, and its state is saved")
func plateau() {
  var plateau = ReduceOnPlateau(factor: 0.5, patience: 2)
  let factors = [5.0, 4, 4, 4, 4, 3, 3, 3, 3].map { plateau.observe($0) }
  #expect(factors == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25])
  #expect(plateau.state.map(\.path) == ["rateFactor", "best", "waited", "resting"])
  #expect(plateau[path: "rateFactor"].scalar == 0.25)
}
