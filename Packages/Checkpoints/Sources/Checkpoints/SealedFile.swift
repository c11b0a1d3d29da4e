public import Files
public import HDF5

/// A sealed HDF5 file: written in one step, and read only when every byte is the one that was written.
public struct SealedFile: Sendable {
  /// What the file holds.
  public var content: HDF5Content
  /// The training step it belongs to; readable without opening the HDF5 part.
  public var step: Int
  /// How good the model was, lower is better; readable without opening the HDF5 part.
  public var score: Double?

  /// Content that belongs to a step.
  public init(content: HDF5Content, step: Int, score: Double? = nil) {
    self.content = content
    self.step = step
    self.score = score
  }

  /// Writes the file at `path`: afterwards there is the whole new file, or, if this throws, what was there before.
  ///
  /// - Parameter isRequired: whether NaN and infinite numbers in an array are an error.
  public func write(
    to path: String, writer: AtomicWriter = AtomicWriter(),
    requiringFinite isRequired: (NamedArray) -> Bool = { _ in false }
  ) throws(SaveError) {
    if step < 0 { throw .unsupported(path: path, reason: "a step cannot be negative (\(step))") }
    let layout: HDF5Layout
    do throws(HDF5Error) { layout = try HDF5Layout(content) } catch {
      throw .unsupported(path: path, reason: error.description)
    }
    try writer.write(to: path) { sink throws(SaveError) in
      // The seal needs the digest of what follows; it takes its place when that is known, long before the rename.
      try sink.appendZeros(Seal.byteCount)
      sink.startDigest()
      try layout.write(into: &sink, requiringFinite: isRequired)
      let seal = Seal(payloadBytes: layout.byteCount, digest: sink.digest, step: step, score: score)
      try sink.overwrite(seal.encoded, at: 0)
    }
  }

  /// Reads the file at `path`: everything, or an error that says why not.
  public init(readingFrom path: String, reader: FileReader = FileReader()) throws(LoadError) {
    let (bytes, digest) = try reader.read(path, digestAfter: Seal.byteCount)
    guard let head = bytes.part(0..<min(Seal.byteCount, bytes.byteCount)) else {
      throw .corrupt(path: path, expected: "the seal of a checkpoint", found: "an empty file")
    }
    let seal = try Seal(head.withBytes { Array($0) }, path: path)
    guard seal.payloadBytes == bytes.byteCount - Seal.byteCount else {
      let expected = "\(seal.payloadBytes) bytes after the seal"
      throw .corrupt(path: path, expected: expected, found: "\(bytes.byteCount - Seal.byteCount)")
    }
    guard digest == seal.digest else {
      let expected = "SHA-256 \(hexadecimal(seal.digest.prefix(8)))…"
      throw .corrupt(path: path, expected: expected, found: "\(hexadecimal(digest.prefix(8)))…")
    }
    guard let payload = bytes.part(Seal.byteCount..<bytes.byteCount) else {
      throw .corrupt(path: path, expected: "bytes after the seal", found: "none")
    }
    do throws(HDF5Error) {
      self.init(content: try HDF5Content(strictly: payload), step: seal.step, score: seal.score)
    } catch { throw Self.loadError(error, path: path) }
  }

  private static func loadError(_ error: HDF5Error, path: String) -> LoadError {
    switch error {
    case .forbidden(let object, let feature): .forbidden(path: path, object: object, feature: feature)
    default: .corrupt(path: path, expected: "a plain HDF5 file", found: error.description)
    }
  }
}
