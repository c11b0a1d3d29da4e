import Modules
import Optimizers
import Tensors
import Testing

/// A point in the plane, as a model.
struct Point: Module {
  var x: Tensor

  init(_ x: Double, _ y: Double) { self.x = Tensor([x, y]) }

  mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("x", &x) }

  /// The number that is left of the tensor when one coordinate is picked.
  func coordinate(_ axis: Int) -> Tensor { (x * Tensor(axis == 0 ? [1, 0] : [0, 1], dtype: .float64)).sum() }
}

@Test("Newton lands on the minimum of a quadratic in one step")
func quadratic() throws {
  var model = Point(7, -3)
  let matrix = Tensor([[3, 1], [1, 2]], dtype: .float64)
  let shift = Tensor([1, -2], dtype: .float64)
  let report = try Newton().update(&model) { model in
    (model.x * matrix.matmul(model.x)).sum() * 0.5 - (shift * model.x).sum()
  }
  let residual = matrix.matmul(model.x) - shift
  #expect(residual.scalars.allSatisfy { abs($0) <= 1e-10 })
  #expect(report.eigenvalues.allSatisfy { $0 > 0 } && report.index == 0)
}

@Test("at a saddle Newton goes to it, saddle-free Newton away from it and gradient descent slowly")
func saddle() throws {
  func loss(_ model: inout Point) -> Tensor {
    let (x, y) = (model.coordinate(0), model.coordinate(1))
    return (x * x - y * y) * 0.5
  }
  var newton = Point(1, 1e-6)
  #expect(try Newton().update(&newton, loss: loss).index == 0.5)
  #expect(newton.x.scalars == [0, 0])

  var free = Point(1, 1e-6)
  var steps = 0
  while abs(free.x.scalars[1]) < 1 {
    try Newton.saddleFree([0]).update(&free, loss: loss)
    steps += 1
  }
  #expect(steps == 20)

  var slow = Point(1, 1e-6)
  var optimizer = SGD(learningRate: 0.01)
  steps = 0
  while abs(slow.x.scalars[1]) < 1 {
    let (_, gradients) = valueWithGradient(at: &slow, of: loss)
    optimizer.update(&slow, with: gradients)
    steps += 1
  }
  #expect(steps == 1389)
}

@Test("a singular Hessian is an error without damping and leaves the model as it was")
func singular() {
  var model = Point(1, 2)
  #expect(throws: LinearAlgebraError.self) {
    try Newton().update(&model) { model in model.coordinate(0) * model.coordinate(0) }
  }
  #expect(model.x.scalars == [1, 2])
}

@Test("with a cutoff Newton makes no step along directions without curvature")
func cutoff() throws {
  var model = Point(1, 2)
  try Newton(cutoff: 1e-10).update(&model) { model in
    let (x, y) = (model.coordinate(0), model.coordinate(1))
    return x * x + y * 1e-3
  }
  #expect(model.x.scalars == [0, 2])
}

@Test("second derivatives in single precision are refused")
func singlePrecision() async {
  await #expect(processExitsWith: .failure) {
    var model = Point(1, 2).cast(to: .float32)
    try Newton().update(&model) { ($0.x * $0.x).sum() }
  }
}

@Test("L-BFGS finds the bottom of Rosenbrock's valley")
func rosenbrock() {
  var model = Point(-1.2, 1)
  var optimizer = LBFGS()
  var losses: [Double] = []
  for _ in 0..<60 {
    let report = optimizer.update(&model) { model in
      let (x, y) = (model.coordinate(0), model.coordinate(1))
      let valley = y - x * x
      let slope = 1 - x
      return valley * valley * 100 + slope * slope
    }
    losses.append(report.loss)
    if report.gradientNorm < 1e-9 { break }
  }
  #expect(zip(losses, losses.dropFirst()).allSatisfy { $1 <= $0 })
  #expect(model.x.scalars.allSatisfy { abs($0 - 1) < 1e-8 })
  #expect(losses.count < 60)
}

@Test("L-BFGS shows its memory as buffers of a fixed shape")
func memoryOfLBFGS() {
  var model = Point(-1.2, 1)
  var optimizer = LBFGS(memory: 3)
  optimizer.prepare(for: &model)
  #expect(optimizer.state.map(\.path) == ["steps", "changes", "remembered"])
  #expect(optimizer.state[0].value.shape == [3, 2])
}
