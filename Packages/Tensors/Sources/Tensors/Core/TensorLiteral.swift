/// Numbers or truth values written as a literal, in nested lists of any depth.
///
/// It exists so that the type checker sees a single type at every depth, which keeps large literals quick to compile.
public enum TensorLiteral: Sendable {
  /// A whole number.
  case integer(Int)
  /// A number with a fraction.
  case real(Double)
  /// A truth value.
  case truth(Bool)
  /// A list, one axis of the tensor.
  case list([TensorLiteral])
}

extension TensorLiteral: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral
{
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .real(value) }
  public init(booleanLiteral value: Bool) { self = .truth(value) }
  public init(arrayLiteral elements: TensorLiteral...) { self = .list(elements) }
}

extension TensorLiteral {
  /// No number.
  public static var nan: TensorLiteral { .real(.nan) }
  /// Larger than every number.
  public static var infinity: TensorLiteral { .real(.infinity) }
  /// The ratio of a circle's circumference to its diameter.
  public static var pi: TensorLiteral { .real(.pi) }
}

extension Tensor: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: TensorLiteral...) { self.init(.list(elements)) }

  /// Makes a tensor from nested lists of numbers, as in `Tensor([[1, 2], [3, 4]])`.
  ///
  /// Without `dtype` numbers give float32 and truth values bool; with it they keep all their digits on the way.
  public init(_ literal: TensorLiteral, dtype: DType? = nil) {
    var sizes: [Int] = []
    literal.measure(&sizes)
    var leaves = TensorLiteral.Leaves()
    literal.collect(sizes, depth: 0, into: &leaves)
    self = leaves.tensor(of: Shape(sizes), dtype)
  }

  /// Makes a tensor of the given shape from a list of numbers in row-major order.
  ///
  /// Like every literal it gives float32 without `dtype`; an array that has a type already keeps it.
  public init(_ literal: TensorLiteral, shape: Shape, dtype: DType? = nil) {
    let flat = Tensor(literal, dtype: dtype)
    require(
      flat.count == shape.elementCount,
      "Tensor: shape \(shape) has \(shape.elementCount) elements, but the list has \(flat.count)")
    self = flat.reshaped(to: shape)
  }
}

extension TensorLiteral {
  /// The elements of a literal in row-major order.
  struct Leaves {
    var numbers: [Double] = []
    /// The same as integers, while all of them are whole: an int64 has more digits than a `Double`.
    var integers: [Int]? = []
    var truths = 0

    /// The tensor of these elements, in the type that they suggest unless another is given.
    func tensor(of shape: Shape, _ dtype: DType?) -> Tensor {
      require(
        truths == 0 || truths == numbers.count, "Tensor: a literal holds either numbers or truth values, not both")
      let natural: DType = truths > 0 ? .bool : .float32
      let target = dtype ?? natural
      if target.isFloatingPoint || truths > 0 { return Tensor(numbers, shape: shape).cast(to: target) }
      guard let integers else {
        fatalError("Tensor: a literal with fractions does not make \(target): use dtype: .float32 or whole numbers")
      }
      for value in integers {
        require(target.holds(value), "Tensor: \(value) is not a value of \(target): use a larger dtype")
      }
      return Tensor(integers, shape: shape).cast(to: target)
    }
  }

  /// Finds the size of each axis along the first element of each list.
  fileprivate func measure(_ sizes: inout [Int]) {
    guard case .list(let elements) = self else { return }
    sizes.append(elements.count)
    elements.first?.measure(&sizes)
  }

  /// Collects the elements, and stops the program where a list has another length than the first one of its depth.
  fileprivate func collect(_ sizes: [Int], depth: Int, into leaves: inout Leaves) {
    if case .list(let elements) = self {
      require(
        depth < sizes.count,
        "Tensor: the literal is ragged: at depth \(depth) a list stands beside a number: give every row the same form")
      require(
        elements.count == sizes[depth],
        "Tensor: the literal is ragged: at depth \(depth) one list has \(sizes[depth]) elements and another has "
          + "\(elements.count): give every row the same length")
      for element in elements { element.collect(sizes, depth: depth + 1, into: &leaves) }
      return
    }
    require(
      depth == sizes.count,
      "Tensor: the literal is ragged: at depth \(depth) a number stands beside a list: give every row the same form")
    leaves.append(self)
  }
}

extension TensorLiteral.Leaves {
  fileprivate mutating func append(_ leaf: TensorLiteral) {
    switch leaf {
    case .integer(let value):
      numbers.append(Double(value))
      integers?.append(value)
    case .real(let value):
      numbers.append(value)
      integers = nil
    case .truth(let value):
      numbers.append(value ? 1 : 0)
      integers?.append(value ? 1 : 0)
      truths += 1
    case .list: break
    }
  }
}

extension DType {
  /// Whether a whole number is a value of this type.
  func holds(_ value: Int) -> Bool {
    switch self {
    case .float32, .float64, .int64: true
    case .int32: Int32(exactly: value) != nil
    case .uint8: UInt8(exactly: value) != nil
    case .bool: value == 0 || value == 1
    }
  }
}
