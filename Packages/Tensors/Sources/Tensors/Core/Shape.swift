/// The sizes of a tensor's axes, outermost first.
///
/// Up to eight axes are held inline, so that a shape costs no memory of its own and copies like a number.
public struct Shape: Sendable {
  /// The largest number of axes a tensor may have.
  public static let maximumRank = 8

  private var sizes = InlineArray<8, Int>(repeating: 1)

  /// The number of axes.
  public private(set) var rank: Int

  /// The number of elements, or −1 where it does not fit into an `Int`.
  private var product: Int

  /// The shape of a tensor that holds one number and has no axes.
  public init() {
    rank = 0
    product = 1
  }

  /// Makes a shape from the size of each axis.
  public init(_ sizes: some Collection<Int>) {
    require(
      sizes.count <= Shape.maximumRank,
      "shape: \(sizes.count) axes, but a tensor has at most \(Shape.maximumRank): merge some with reshaped(to:)")
    rank = 0
    product = 1
    for size in sizes {
      require(size >= 0, "shape: axis \(rank) has the negative size \(size)")
      self.sizes[rank] = size
      rank += 1
    }
    product = multiplied() ?? -1
  }

  /// The shape of a matrix. A literal would make an array first, at the price of a small product.
  init(_ rows: Int, _ columns: Int) {
    rank = 2
    product = 1
    sizes[0] = rows
    sizes[1] = columns
    product = multiplied() ?? -1
  }

  /// The number of elements of a tensor of this shape.
  public var elementCount: Int {
    @inline(__always) get {
      if product < 0 { stopUncountable() }
      return product
    }
  }

  @inline(never)
  private func stopUncountable() -> Never {
    fatalError("shape: \(self) has more elements than this machine can count")
  }

  /// The number of elements, or nil where it does not fit into an `Int`.
  ///
  /// An axis of size 0 makes the count 0, whatever the others are.
  public var elementCountIfRepresentable: Int? { product < 0 ? nil : product }

  /// Takes one axis away.
  mutating func remove(_ axis: Int) {
    for later in (axis + 1)..<Swift.max(rank, axis + 1) { sizes[later - 1] = sizes[later] }
    rank -= 1
    sizes[rank] = 1
    product = multiplied() ?? -1
  }

  private func multiplied() -> Int? {
    var product = 1
    var overflows = false
    for axis in 0..<rank {
      if sizes[axis] == 0 { return 0 }
      let (next, overflow) = product.multipliedReportingOverflow(by: sizes[axis])
      if overflow { overflows = true }
      product = next
    }
    return overflows ? nil : product
  }
}

extension Shape: ExpressibleByArrayLiteral {
  public init(arrayLiteral sizes: Int...) { self.init(sizes) }
}

extension Shape: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { rank }

  /// The size of one axis, counted from 0.
  public subscript(axis: Int) -> Int {
    @inline(__always)
    get {
      if axis < 0 || axis >= rank { stopWithout(axis) }
      return sizes[axis]
    }
    set {
      if axis < 0 || axis >= rank { stopWithout(axis) }
      require(newValue >= 0, "shape: axis \(axis) has the negative size \(newValue)")
      sizes[axis] = newValue
      product = multiplied() ?? -1
    }
  }
}

extension Shape {
  @inline(never)
  private func stopWithout(_ axis: Int) -> Never { fatalError("shape: \(self) has no axis \(axis)") }
}

extension Shape: Hashable {
  public static func == (a: Shape, b: Shape) -> Bool { areEqual(a, b) }

  /// Compares two shapes that stay where they are.
  @inline(__always)
  static func areEqual(_ a: borrowing Shape, _ b: borrowing Shape) -> Bool {
    if a.rank != b.rank { return false }
    var axis = 0
    while axis < a.rank {
      if a.sizes[axis] != b.sizes[axis] { return false }
      axis += 1
    }
    return true
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    for axis in 0..<rank { hasher.combine(sizes[axis]) }
  }
}

extension Shape: CustomStringConvertible {
  public var description: String { "[" + map(String.init).joined(separator: ", ") + "]" }
}
