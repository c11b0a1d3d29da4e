public import Tensors

/// Compares the gradient rules of an operation with central differences, number by number, in float64.
public struct GradientCheck: Sendable {
  /// How far an input is moved to either side.
  public var step = 1e-6
  /// The difference that is always allowed.
  public var absolute = 1e-5
  /// The difference that is allowed in relation to the gradient.
  public var relative = 1e-3

  public init() {}

  /// Sentences about every disagreement; none where the rules are right.
  ///
  /// - Parameters:
  ///   - inputs: Where the gradient is taken, in float64 where it is taken for.
  ///   - places: The inputs that gradients are taken for.
  ///   - seed: The gradient of a result of the given shape.
  public func complaints(
    at inputs: [Tensor], for places: [Int], seed: (Shape) -> Tensor, of body: ([Tensor]) -> Tensor
  ) -> [String] {
    var complaints: [String] = []
    let (value, gradients) = Self.gradients(at: inputs, for: places, seed: seed, of: body) { complaints.append($0) }
    let weights = seed(value.shape).scalars
    for place in places where inputs[place].dtype == .float64 {
      let numbers = inputs[place].scalars
      guard let gradient = gradients[place] else {
        if value.count > 0 && !numbers.isEmpty { complaints.append("input \(place) has no gradient") }
        continue
      }
      let found = gradient.scalars
      for element in numbers.indices {
        let expected = difference(of: body, inputs, place, numbers, element, weights)
        let allowed = absolute + relative * abs(expected)
        if !(abs(found[element] - expected) <= allowed) {
          complaints.append(
            "input \(place) \(inputs[place].shape), element \(element) = \(numbers[element]): "
              + "the rule says \(found[element]), differences \(expected)")
        }
      }
    }
    return complaints
  }

  /// The slope of the weighted sum of the result along one element of one input.
  private func difference(
    of body: ([Tensor]) -> Tensor, _ inputs: [Tensor], _ place: Int, _ numbers: [Double], _ element: Int,
    _ weights: [Double]
  ) -> Double {
    func results(_ move: Double) -> [Double] {
      var moved = numbers
      moved[element] += move
      var inputs = inputs
      inputs[place] = Tensor(moved, shape: inputs[place].shape)
      return body(inputs).scalars
    }
    let up = results(step)
    let down = results(-step)
    var sum = 0.0
    for index in up.indices { sum += weights[index] * (up[index] - down[index]) }
    return sum / (2 * step)
  }

  /// The result, and the gradients that the rules give for the inputs at `places`, which stand where their inputs do.
  public static func gradients(
    at inputs: [Tensor], for places: [Int], seed: (Shape) -> Tensor, of body: ([Tensor]) -> Tensor,
    complain: (String) -> Void
  ) -> (value: Tensor, gradients: [Tensor?]) {
    let recorder = SweepRecorder()
    var watched = inputs
    for place in places { watched[place] = recorder.watch(inputs[place]) }
    let value = body(watched)
    let found = recorder.gradients(of: value, seed: seed(value.shape).cast(to: value.dtype), complain: complain)
    var gradients = [Tensor?](repeating: nil, count: inputs.count)
    for (place, gradient) in zip(places, found) { gradients[place] = gradient }
    return (value.detached, gradients)
  }

  /// The gradient of a result that the golden data use, too.
  public static func seed(_ shape: Shape) -> Tensor { Sample(.signed, shape).tensor(at: 9, dtype: .float64) }
}
