import Autograd
import Tensors
import Testing

@Suite struct LongRunTests {
  static let length = 1_000_000

  private static func chain() -> Double {
    let factor = Tensor([Float(1)])
    let (value, slope) = valueWithGradient(at: Tensor([Float(3)])) { x in
      var y = x
      for _ in 0..<length { y = y * factor }
      return y
    }
    return value.scalar + slope.scalar
  }

  @Test("a million operations in a row are recorded, followed back and freed")
  func longChain() async {
    #expect(Self.chain() == 4)
    let inTask = await Task { Self.chain() }.value
    #expect(inTask == 4)
  }

  @Test("a recorded way back over a long chain is freed as well")
  func longInnerChain() {
    let result = gradient(
      of: { x in
        gradient(
          of: { x in
            var y = x * x
            for _ in 0..<50_000 { y = y * 1.0 }
            return y.sum()
          }, at: x
        ).sum()
      }, at: Tensor([3.0], dtype: .float64))
    #expect(result.scalar == 2)
  }

  // In a process of its own, since the counts are those of all tests that run at the same time.
  @Test("after each step no memory of tensors stays behind")
  func leaks() async {
    await #expect(processExitsWith: .success) {
      let net = SmallNet()
      func step() {
        _ = valueWithGradient(at: net.parameters, of: net.loss)
        _ = hessianVectorProduct(of: net.loss, at: net.parameters, along: net.parameters)
        _ = LinearFunction()(CustomFunctionTests.x, CustomFunctionTests.weight, CustomFunctionTests.bias)
        _ = hessian(of: { tanh(ReLUFunction()($0)).sum() }, at: net.parameters[1])
        struct Stop: Error {}
        _ = try? valueWithGradient(at: net.parameters) { p in
          _ = tanh(p[0])
          throw Stop()
        }
      }
      step()
      let before = MemoryCounts.current
      for _ in 0..<100 { step() }
      let after = MemoryCounts.current
      require(after.live == before.live, "live storages grew from \(before.live) to \(after.live)")
      require(after.allocations > before.allocations, "nothing was counted")
      require(after.copies == before.copies, "\(after.copies - before.copies) copies on write")
    }
  }

  @Test("differentiations in many tasks at once do not disturb each other")
  func tasks() async {
    let net = SmallNet()
    let expected = hessian(of: net.loss, at: net.parameters).scalars
    await withTaskGroup(of: [Double].self) { group in
      for _ in 0..<16 {
        group.addTask { hessian(of: net.loss, at: net.parameters).scalars }
      }
      for await found in group { #expect(found == expected) }
    }
  }

  @Test("a task that outlives the differentiation it was started in records on its own")
  func outliving() async {
    var task: Task<[Double], Never>?
    let (started, go) = AsyncStream.makeStream(of: Void.self)
    _ = valueWithGradient(at: Tensor([1.0], dtype: .float64)) { x in
      task = Task {
        for await _ in started { break }
        return gradient(of: { ($0 * $0).sum() }, at: Tensor([4.0], dtype: .float64)).scalars
      }
      return x * 2
    }
    go.yield()
    #expect(await task?.value == [8])
  }
}
