import Wabe

/// Many addition networks that never meet: one axis more, and each trains on pairs of its own.
///
/// The loss is the sum of all their losses, and no network has a part in another's loss, so the gradient of each is the
/// one it would have alone. One step of all costs little more than one step of one.
struct ParallelNets: Module {
  /// [nets, 2, units].
  var u: Tensor
  /// [nets, 1, units].
  var c: Tensor
  /// [nets, units, 1].
  var v: Tensor
  /// [nets, 1, 1].
  var d: Tensor

  /// As many copies of the printed network.
  init(printed count: Int) {
    let net = AdditionNet.printed
    u = net.hidden.weight.unsqueezed(axis: 0).repeated(count, axis: 0)
    c = (net.hidden.bias ?? []).reshaped(to: [1, 1, -1]).repeated(count, axis: 0)
    v = net.output.weight.unsqueezed(axis: 0).repeated(count, axis: 0)
    d = (net.output.bias ?? []).reshaped(to: [1, 1, 1]).repeated(count, axis: 0)
  }

  /// As many networks that begin at random, as PyTorch's do.
  init(random count: Int, units: Int, using random: inout RandomSource) {
    func even(_ shape: Shape, _ inputs: Int) -> Tensor {
      let limit = 1 / Double(inputs).squareRoot()
      return Tensor.uniform(shape, from: -limit, to: limit, dtype: .float64, using: &random)
    }
    u = even([count, 2, units], 2)
    c = even([count, 1, units], 2)
    v = even([count, units, 1], units)
    d = even([count, 1, 1], units)
  }

  /// The number of networks.
  var count: Int { u.shape[0] }

  /// inputs [nets, pairs, 2] → answers [nets, pairs, 1].
  func callAsFunction(_ x: Tensor) -> Tensor { relu(x.matmul(u) + c).matmul(v) + d }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("u", &u)
    visitor.parameter("c", &c)
    visitor.parameter("v", &v)
    visitor.parameter("d", &d)
  }

  /// One of the networks alone.
  func net(_ index: Int) -> AdditionNet {
    AdditionNet(
      hidden: Linear(weight: u[index], bias: c[index].flattened()),
      output: Linear(weight: v[index], bias: d[index].flattened()))
  }
}

/// A training of many networks at once with one setting of everything.
struct Sweep {
  /// The steps after which the errors are taken.
  static let marks = [10, 50, 100, 200, 500, 1_000, 2_000]

  var learningRate = 0.1
  var momentum = 0.0
  var batch = 1
  /// The largest number that is to be added.
  var range = 1.0
  var steps = 2_000

  /// The test error of every network: one list at each mark, relative to the range.
  func errors(of start: ParallelNets, test: Tensor, using random: inout RandomSource) -> [[Double]] {
    var nets = start
    var optimizer = SGD(learningRate: learningRate, momentum: momentum)
    let pairs = test * range
    let sums = pairs.sum(axis: -1, keepDims: true)
    var result: [[Double]] = []
    for step in 1...steps {
      self.step(&nets, &optimizer, using: &random)
      guard Self.marks.contains(step) else { continue }
      let squares = square((nets(pairs) - sums) / range)
      result.append(squares.mean(axes: [1, 2]).scalars)
    }
    return result
  }

  /// The training errors of every network: one list for each ten steps, their mean.
  func course(of start: ParallelNets, using random: inout RandomSource) -> [[Double]] {
    var nets = start
    var optimizer = SGD(learningRate: learningRate, momentum: momentum)
    return (0..<steps / 10).map { _ in
      let losses = (0..<10).map { _ in step(&nets, &optimizer, using: &random) }
      return Tensor.stack(losses).mean(axis: 0).scalars
    }
  }

  /// One step of all networks, each with pairs of its own; the losses [nets] before the step.
  @discardableResult
  func step(_ nets: inout ParallelNets, _ optimizer: inout SGD, using random: inout RandomSource) -> Tensor {
    let pairs = Tensor.uniform([nets.count, batch, 2], from: 0, to: range, dtype: .float64, using: &random)
    let sums = pairs.sum(axis: -1, keepDims: true)
    var losses = Tensor(0.0)
    let (_, gradients) = valueWithGradient(at: &nets) { nets in
      let squares = square(nets(pairs) - sums)
      losses = squares.mean(axes: [1, 2]).detached
      return squares.sum() / Double(batch)
    }
    optimizer.update(&nets, with: gradients)
    return losses
  }
}
