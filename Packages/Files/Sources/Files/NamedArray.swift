/// Something that can show its bytes: an array of bytes, a file in memory, a tensor's storage.
public protocol ByteSource: Sendable {
  /// How many bytes there are.
  var byteCount: Int { get }
  /// Shows the bytes to `body`; they may not be kept.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result
}

/// Owned bytes, for small things and for what an encoder has made.
public struct ByteArray: ByteSource {
  /// The bytes.
  public var bytes: [UInt8]

  /// Wraps bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// How many bytes there are.
  public var byteCount: Int { bytes.count }

  /// Shows the bytes to `body`.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // `Array.withUnsafeBytes` forgets the type of the error; a result keeps it.
    let outcome: Swift.Result<Result, Failure> = bytes.withUnsafeBytes { buffer in
      do throws(Failure) { return .success(try body(buffer)) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}

/// An array of numbers under a name, as files hold it: row-major, little-endian, no gaps.
public struct NamedArray: Sendable {
  /// The name, usually a dotted path such as `hidden.weight`.
  public var name: String
  /// The kind of number.
  public var type: ElementType
  /// The sizes of the axes; empty for a single number.
  public var shape: [Int]
  /// The numbers.
  public var bytes: any ByteSource

  /// An array of `shape`; the number of bytes must be what type and shape ask for.
  public init(name: String, type: ElementType, shape: [Int], bytes: any ByteSource) {
    if type.byteCount(of: shape) != bytes.byteCount {
      fatalError("NamedArray \(name): \(type.rawValue) \(shape) does not take \(bytes.byteCount) bytes")
    }
    self.name = name
    self.type = type
    self.shape = shape
    self.bytes = bytes
  }

  /// An array of trivial Swift values, copied.
  public init<Element: BitwiseCopyable>(
    name: String, type: ElementType, shape: [Int], elements: [Element]
  ) {
    let copied = elements.withUnsafeBytes { Array($0) }
    self.init(name: name, type: type, shape: shape, bytes: ByteArray(copied))
  }

  /// The numbers as Swift values of the fitting type; nil when the sizes of the elements differ.
  public func elements<Element: BitwiseCopyable>(as _: Element.Type) -> [Element]? {
    guard MemoryLayout<Element>.size == type.byteCount else { return nil }
    return bytes.withBytes { buffer in
      [Element](unsafeUninitializedCapacity: buffer.count / type.byteCount) { target, count in
        UnsafeMutableRawBufferPointer(target).copyMemory(from: buffer)
        count = buffer.count / type.byteCount
      }
    }
  }
}
