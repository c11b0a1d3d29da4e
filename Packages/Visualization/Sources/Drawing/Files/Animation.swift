/// A moving picture, written as an animated PNG: browsers play it, other viewers show the first frame.
public struct Animation: Sendable {
  /// The frames, all of one size.
  public private(set) var frames: [Image] = []
  /// How long each frame is shown, in milliseconds.
  public var frameDuration: Int
  /// How often it plays; 0 repeats for ever.
  public var plays: Int
  /// How long the last frame is shown, in milliseconds.
  public var finalDuration: Int

  /// An animation without frames yet.
  public init(frameDuration: Int = 80, finalDuration: Int = 1500, plays: Int = 0) {
    self.frameDuration = frameDuration
    self.finalDuration = finalDuration
    self.plays = plays
  }

  /// Adds a frame of the same size as those before.
  public mutating func append(_ frame: Image) {
    if let first = frames.first, first.width != frame.width || first.height != frame.height {
      fatalError(
        "Animation.append: a frame of \(frame.width) × \(frame.height) pixels after one of "
          + "\(first.width) × \(first.height): draw all frames at one size")
    }
    frames.append(frame)
  }

  /// Draws a picture and adds it as the next frame.
  public mutating func append(_ picture: some Picture, scale: Double = 1) throws(DrawingError) {
    append(try picture.image(scale: scale))
  }

  /// The animation as a file. Each frame is an ordinary PNG whose data chunks get new names: "IDAT" becomes "fdAT" with
  /// a sequence number in front, announced by a frame control chunk.
  public func png(dpi: Double = 96, provenance: Provenance = Provenance()) throws(DrawingError) -> [UInt8] {
    guard let first = frames.first else { throw .badPNG(reason: "an animation needs at least one frame") }
    // All frames must be stored alike, so no palettes; four channels only if something is transparent.
    let opaque = frames.allSatisfy { frame in frame.pixels.allSatisfy { $0 >> 24 == 255 } }
    var output = ChunkWriter()
    var sequence = 0
    for (index, frame) in frames.enumerated() {
      let bytes = try PNG.encode(
        frame, dpi: index == 0 ? dpi : nil, provenance: index == 0 ? provenance : nil,
        storage: opaque ? .rgb : .rgba, level: 6)
      let duration = index == frames.count - 1 ? finalDuration : frameDuration
      var control = bigEndian(0) + bigEndian(first.width) + bigEndian(first.height) + bigEndian(0) + bigEndian(0)
      // The duration in thousandths of a second; no disposal, no blending.
      control += [UInt8(duration >> 8 & 255), UInt8(duration & 255), 0x03, 0xe8, 0, 0]
      var announced = false
      for chunk in chunks(of: bytes) {
        switch (chunk.name, index) {
        case ("IHDR", 0):
          output.add("IHDR", chunk.data)
          output.add("acTL", bigEndian(frames.count) + bigEndian(plays))
        case ("IDAT", _):
          if !announced {
            control.replaceSubrange(0..<4, with: bigEndian(sequence))
            output.add("fcTL", control)
            sequence += 1
            announced = true
          }
          if index == 0 {
            output.add("IDAT", chunk.data)
          } else {
            output.add("fdAT", bigEndian(sequence) + chunk.data)
            sequence += 1
          }
        case ("IEND", _): break
        case (_, 0): output.add(chunk.name, chunk.data)
        default: break
        }
      }
    }
    output.add("IEND", [])
    return output.bytes
  }

  /// Writes the animation to a file whose name should end in .png.
  public func write(
    to path: String, dpi: Double = 96, provenance: Provenance = Provenance()
  ) throws(DrawingError) {
    try PictureFile.write(png(dpi: dpi, provenance: provenance), to: path)
  }

  /// The named parts of a PNG file.
  private func chunks(of bytes: [UInt8]) -> [(name: String, data: ArraySlice<UInt8>)] {
    var result: [(name: String, data: ArraySlice<UInt8>)] = []
    var at = 8
    while at + 12 <= bytes.count {
      let length = bytes.u32(at)
      let name = String(decoding: bytes[at + 4..<at + 8], as: UTF8.self)
      result.append((name, bytes[at + 8..<at + 8 + length]))
      at += 12 + length
    }
    return result
  }
}

/// Puts chunks behind the signature of PNG files.
private struct ChunkWriter {
  private(set) var bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  mutating func add(_ name: String, _ data: some Collection<UInt8>) {
    bytes += bigEndian(data.count)
    let start = bytes.count
    bytes += Array(name.utf8)
    bytes += data
    bytes += bigEndian(Int(PNG.checksum(bytes[start...])))
  }
}

/// A number as four bytes, the highest first.
private func bigEndian(_ value: Int) -> [UInt8] {
  [UInt8(value >> 24 & 255), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
}
