import Autograd
import Tensors
import Testing

@Suite struct HigherDerivativeTests {
  @Test("gradients of gradients are exact to the fourth order", arguments: [0.3, -1.2, 2.0])
  func powers(at number: Double) {
    let x = Tensor([number])
    let fifth: (Tensor) -> Tensor = { x in x * x * x * x * x }
    let first: (Tensor) -> Tensor = { gradient(of: fifth, at: $0) }
    let second: (Tensor) -> Tensor = { gradient(of: first, at: $0) }
    let third: (Tensor) -> Tensor = { gradient(of: second, at: $0) }
    let fourth: (Tensor) -> Tensor = { gradient(of: third, at: $0) }
    let power = { (exponent: Int) in (0..<exponent).reduce(1.0) { product, _ in product * number } }
    #expect((first(x).scalar - 5 * power(4)).magnitude < 1e-12)
    #expect((second(x).scalar - 20 * power(3)).magnitude < 1e-12)
    #expect((third(x).scalar - 60 * power(2)).magnitude < 1e-11)
    #expect((fourth(x).scalar - 120 * number).magnitude < 1e-11)
  }

  @Test("an inner gradient depends on what it captures from outside")
  func captured() {
    // d/da of d/db of a² b³ is 2a · 3b².
    let a = Tensor([2.0], dtype: .float64)
    let b = Tensor([5.0], dtype: .float64)
    let mixed = gradient(of: { a in gradient(of: { b in (a * a * b * b * b).sum() }, at: b).sum() }, at: a)
    #expect(mixed.scalar == 300)
  }

  @Test("an inner gradient taken at captured, unwatched numbers is a constant outside")
  func independent() {
    let (value, result) = valueWithGradient(at: Tensor([3.0], dtype: .float64)) { x in
      x.sum() * gradient(of: { ($0 * $0).sum() }, at: Tensor([4.0], dtype: .float64)).sum()
    }
    #expect(value.scalar == 24)
    #expect(result.scalar == 8)
  }

  @Test("the value of an inner differentiation is differentiated too")
  func innerValue() {
    let result = gradient(
      of: { x in
        let (value, slope) = valueWithGradient(at: x) { ($0 * $0 * $0).sum() }
        return value * 10 + slope.sum()
      }, at: Tensor([2.0], dtype: .float64))
    #expect(result.scalar == 132)
  }

  @Test("the second derivative of a linear function is zero, not an error")
  func linear() {
    let x = Tensor([1.0, 2], dtype: .float64)
    #expect(hessian(of: { ($0 * 3).sum() }, at: x).scalars == [0, 0, 0, 0])
    #expect(hessianVectorProduct(of: { $0.sum() }, at: x, along: x).scalars == [0, 0])
    #expect(gradient(of: { gradient(of: { ($0 * 3).sum() }, at: $0).sum() }, at: x).scalars == [0, 0])
  }

  @Test("a Hessian over several tensors is one matrix")
  func blocks() {
    let matrix = hessian(
      of: { ($0[0] * $0[0] * $0[1]).sum() }, at: [Tensor([2.0], dtype: .float64), Tensor([3.0], dtype: .float64)])
    #expect(matrix.shape == [2, 2])
    #expect(matrix.scalars == [6, 4, 4, 0])
  }
}

/// A 2-3-1 net with tanh, whose loss over four points is a function of its 13 numbers.
struct SmallNet {
  let inputs = Tensor([0.5, -0.3, -0.7, 0.9, 0.2, 0.4, -0.1, -0.8], shape: [4, 2], dtype: .float64)
  let targets = Tensor([1.0, 0, 1, 0], shape: [4, 1], dtype: .float64)
  let parameters = [
    Tensor([0.3, -0.5, 0.8, 0.1, 0.7, -0.4], shape: [2, 3], dtype: .float64),
    Tensor([0.1, -0.2, 0.05], dtype: .float64),
    Tensor([0.6, -0.9, 0.4], shape: [3, 1], dtype: .float64), Tensor([0.2], dtype: .float64),
  ]

  func loss(_ p: [Tensor]) -> Tensor {
    let hidden = tanh(inputs.matmul(p[0]) + p[1])
    let error = hidden.matmul(p[2]) + p[3] - targets
    return (error * error).sum() / 4
  }
}

@Suite struct HessianTests {
  let net = SmallNet()

  @Test("the Hessian of a 2-3-1 net equals central differences of its gradients, and is symmetric")
  func network() {
    let exact = hessian(of: net.loss, at: net.parameters)
    let size = net.parameters.reduce(0) { $0 + $1.count }
    #expect(exact.shape == [size, size])
    let numbers = exact.scalars
    var row = 0
    let step = 1e-5
    for (position, parameter) in net.parameters.enumerated() {
      for element in 0..<parameter.count {
        func slopes(_ sign: Double) -> [Double] {
          var moved = net.parameters
          var values = parameter.scalars
          values[element] += sign * step
          moved[position] = Tensor(values, shape: parameter.shape)
          return gradient(of: net.loss, at: moved).flatMap(\.scalars)
        }
        for (column, (up, down)) in zip(slopes(1), slopes(-1)).enumerated() {
          #expect(((up - down) / (2 * step) - numbers[row * size + column]).magnitude < 1e-7)
          #expect((numbers[row * size + column] - numbers[column * size + row]).magnitude < 1e-12)
        }
        row += 1
      }
    }
  }

  @Test("a Hessian-vector product is the Hessian times the vector")
  func products() {
    let size = 13
    let along = net.parameters.map { tanh($0 * 3 + 1) }
    let product = hessianVectorProduct(of: net.loss, at: net.parameters, along: along).flatMap(\.scalars)
    let vector = Tensor(along.flatMap(\.scalars), shape: [size, 1])
    let expected = hessian(of: net.loss, at: net.parameters).matmul(vector).scalars
    #expect(zip(product, expected).allSatisfy { ($0 - $1).magnitude < 1e-13 })
  }

  @Test("Newton's method lands in the minimum of a quadratic in one step")
  func newton() {
    let matrix = Tensor([4.0, 1, 0.5, 1, 3, -0.25, 0.5, -0.25, 2], shape: [3, 3], dtype: .float64)
    let right = Tensor([1.0, -2, 0.5], dtype: .float64)
    let start = Tensor([10.0, -7, 4], dtype: .float64)
    func f(_ x: Tensor) -> Tensor {
      let row = x.reshaped(to: [1, 3])
      return (row.matmul(matrix).matmul(row, transposeB: true) / 2).sum() - (right * x).sum()
    }
    let step = solve(hessian(of: f, at: start).scalars, gradient(of: f, at: start).scalars)
    let residual = gradient(of: f, at: start - Tensor(step))
    #expect(residual.scalars.allSatisfy { $0.magnitude <= 1e-10 })
  }

  /// Gaussian elimination for the symmetric positive matrices of this test.
  private func solve(_ matrix: [Double], _ right: [Double]) -> [Double] {
    let size = right.count
    var a = matrix
    var x = right
    for pivot in 0..<size {
      for row in (pivot + 1)..<max(size, pivot + 1) {
        let factor = a[row * size + pivot] / a[pivot * size + pivot]
        for column in 0..<size { a[row * size + column] -= factor * a[pivot * size + column] }
        x[row] -= factor * x[pivot]
      }
    }
    for row in (0..<size).reversed() {
      for column in (row + 1)..<max(size, row + 1) { x[row] -= a[row * size + column] * x[column] }
      x[row] /= a[row * size + row]
    }
    return x
  }

  @Test("a derivative goes through a Jacobian and through a Hessian")
  func throughMatrices() {
    let x = Tensor([0.5, -1, 2], dtype: .float64)
    let third = gradient(of: { x in hessian(of: { (square($0) * square($0)).sum() }, at: x).sum() }, at: x)
    #expect(third.isClose(to: x * 24, relative: 1e-14))
    let second = gradient(of: { x in jacobian(of: { $0 * $0 * $0 }, at: x).sum() }, at: x)
    #expect(second.isClose(to: x * 6, relative: 1e-14))
  }
}
