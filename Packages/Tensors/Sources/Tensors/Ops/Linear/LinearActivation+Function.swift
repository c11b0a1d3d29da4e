extension LinearActivation {
  /// The activation that a function is, or nil where that cannot be told.
  ///
  /// A function without captured values is its address in the program's code, so two of the same address compute the
  /// same. Whoever wraps `tanh` in a closure gets nil, which is right but not as fast.
  public init?(_ function: @escaping @Sendable (Tensor) -> Tensor) {
    let address = FunctionAddress(function)
    guard address.hasNoContext else { return nil }
    guard let known = LinearActivation.known.first(where: { $0.address.code == address.code }) else { return nil }
    self = known.activation
  }

  /// Addresses and not functions: in an array those would be wrapped.
  private static let known: [(activation: LinearActivation, address: FunctionAddress)] = [
    (.tanh, FunctionAddress(Tensors.tanh)), (.sigmoid, FunctionAddress(Tensors.sigmoid)),
    (.relu, FunctionAddress(Tensors.relu)),
  ]
}

/// Where the code of a function lies.
private struct FunctionAddress: Sendable {
  let code: UInt
  let hasNoContext: Bool

  /// Swift lays a function value out as the address of its code and that of what it captured.
  init(_ function: @escaping @Sendable (Tensor) -> Tensor) {
    let holder = Holder(function: function)
    (code, hasNoContext) = withUnsafeBytes(of: holder) { bytes in
      let words = bytes.bindMemory(to: UInt.self)
      return words.count == 2 ? (words[0], words[1] == 0) : (0, false)
    }
  }

  /// Keeps the function in its own representation: as a generic argument it would be wrapped.
  private struct Holder {
    let function: @Sendable (Tensor) -> Tensor
  }
}
