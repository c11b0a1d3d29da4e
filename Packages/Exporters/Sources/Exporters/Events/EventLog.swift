public import Files

/// A run's events in the format that TensorBoard shows: scalars, pictures and histograms.
///
/// Write it to a folder of its own, under the name `EventLog.fileName(…)`; TensorBoard finds files by their name.
public struct EventLog: Sendable {
  /// The encoded records so far.
  public private(set) var bytes: [UInt8] = []

  /// A log without events; `time` is the start of the run in seconds since 1970.
  public init(time: Double) {
    append(time: time, step: 0) { $0.string(3, "brain.Event:2") }
  }

  /// The name that TensorBoard looks for: it must contain `tfevents`.
  public static func fileName(time: Int, host: String = "local", process: Int = 0) -> String {
    "events.out.tfevents.\(time).\(host).\(process).0"
  }

  /// One number of a curve.
  public mutating func add(scalar value: Float, tag: String, step: Int, time: Double) {
    addValue(tag: tag, step: step, time: time) { $0.float(2, value) }
  }

  /// A picture, as the bytes of a PNG file.
  public mutating func add(png: [UInt8], width: Int, height: Int, tag: String, step: Int, time: Double) {
    addValue(tag: tag, step: step, time: time) { value in
      value.message(4) { image in
        image.integer(1, height)
        image.integer(2, width)
        image.integer(3, 3)
        image.data(4, png)
      }
    }
  }

  /// How numbers are distributed, in `bins` equal intervals between the smallest and the largest; NaN is left out.
  public mutating func add(histogram numbers: [Double], bins: Int = 30, tag: String, step: Int, time: Double) {
    let finite = numbers.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return }
    let width = high > low ? (high - low) / Double(bins) : 1
    var counts = [Double](repeating: 0, count: bins)
    for number in finite { counts[min(Int((number - low) / width), bins - 1)] += 1 }
    let limits = (1...bins).map { $0 == bins && high > low ? high : low + width * Double($0) }
    addValue(tag: tag, step: step, time: time) { value in
      value.message(5) { histogram in
        histogram.double(1, low)
        histogram.double(2, high)
        histogram.double(3, Double(finite.count))
        histogram.double(4, finite.reduce(0, +))
        histogram.double(5, finite.reduce(0) { $0 + $1 * $1 })
        histogram.doubles(6, limits)
        histogram.doubles(7, counts)
      }
    }
  }

  /// Writes all events so far to `path`; a viewer that reads at that moment sees the old or the new file, whole.
  public func write(to path: String, writer: AtomicWriter = AtomicWriter()) throws(SaveError) {
    try writer.write(bytes, to: path)
  }

  private mutating func addValue(
    tag: String, step: Int, time: Double, _ build: (inout ProtobufWriter) -> Void
  ) {
    append(time: time, step: step) { event in
      event.message(5) { summary in
        summary.message(1) { value in
          value.string(1, tag)
          build(&value)
        }
      }
    }
  }

  // A record: length, its masked CRC-32C, the event, its masked CRC-32C.
  private mutating func append(time: Double, step: Int, _ build: (inout ProtobufWriter) -> Void) {
    var event = ProtobufWriter()
    event.double(1, time)
    event.integer(2, step)
    build(&event)
    let length = littleEndian(UInt64(event.bytes.count))
    bytes += length + littleEndian(masked(length)) + event.bytes + littleEndian(masked(event.bytes))
  }
}

/// TensorFlow's masked CRC-32C: a CRC of data that itself contains CRCs is weak, so they are rotated and shifted.
func masked(_ bytes: [UInt8]) -> UInt32 {
  let crc = bytes.withUnsafeBytes { crc32c($0) }
  return (crc >> 15 | crc << 17) &+ 0xa282_ead8
}
