public import Tensors

/// Pictures of the ten digits, each drawn in a slightly different way: what MNIST is used for, without any file.
///
/// inputs [count, 28, 28] from 0 to 1 → targets [count], int64 class indices. A digit is a 5 × 7 bitmap that is turned,
/// sheared, scaled, shifted and drawn with smooth edges, a gain and Gaussian noise.
public struct Glyphs: Dataset {
  /// How much the pictures of one digit differ.
  public struct Variation: Sendable {
    /// The largest turn in degrees, either way.
    public var rotation = 15.0
    /// The largest shear, either way.
    public var shear = 0.2
    /// The range of sizes.
    public var scale = 0.8...1.2
    /// The largest shift in pixels, either way, along both axes.
    public var shift = 2.5
    /// The range of the brightness of the strokes.
    public var gain = 0.7...1.0
    /// The standard deviation of the noise of a pixel.
    public var noise = 0.15

    /// The variation at which a small network gets about nine of ten digits right.
    public init() {}
  }

  public let inputs: Tensor
  public let targets: Tensor

  /// The number of rows and of columns of a picture.
  public static let side = 28
  /// The width and height of one cell of a bitmap, in pixels, before scaling.
  static let cell = 2.8

  /// Draws `count` pictures of random digits.
  public init(
    count: Int, variation: Variation = Variation(), dtype: DType = .float32, using random: inout RandomSource
  ) {
    let labels = Tensor.integers([count], in: 0..<10, using: &random).scalars(as: Int.self)
    var pixels: [Float] = []
    pixels.reserveCapacity(count * Glyphs.side * Glyphs.side)
    for label in labels {
      let placement = Placement(variation, using: &random)
      Glyphs.draw(digits[label], placement, into: &pixels)
    }
    let clean = Tensor(pixels, shape: [count, Glyphs.side, Glyphs.side])
    let noise = Tensor.normal(clean.shape, deviation: variation.noise, using: &random)
    inputs = (clean + noise).clamped(min: 0, max: 1).cast(to: dtype)
    targets = Tensor(labels)
  }

  /// Where and how one digit lies in its picture.
  struct Placement {
    /// The matrix that takes a pixel, counted from the middle, back to the upright bitmap.
    let inverse: (xx: Double, xy: Double, yx: Double, yy: Double)
    let shift: (x: Double, y: Double)
    let gain: Double

    init(_ variation: Variation, using random: inout RandomSource) {
      func draw(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * random.nextUniform()
      }
      let angle = Tensor(draw(-variation.rotation...variation.rotation) * .pi / 180, dtype: .float64)
      let (sine, cosine) = (sin(angle).scalar, cos(angle).scalar)
      let shear = draw(-variation.shear...variation.shear)
      let scale = draw(variation.scale)
      // The inverse of scale · rotation · shear.
      inverse = (
        (cosine + shear * sine) / scale, (sine - shear * cosine) / scale, -sine / scale, cosine / scale
      )
      shift = (draw(-variation.shift...variation.shift), draw(-variation.shift...variation.shift))
      gain = draw(variation.gain)
    }
  }

  /// Adds the pixels of one picture, row by row, with values between the cells interpolated.
  static func draw(_ bitmap: [[Float]], _ placement: Placement, into pixels: inout [Float]) {
    let middle = Double(side - 1) / 2
    for row in 0..<side {
      for column in 0..<side {
        let x = Double(column) - middle - placement.shift.x
        let y = Double(row) - middle - placement.shift.y
        let u = (placement.inverse.xx * x + placement.inverse.xy * y) / cell + 2
        let v = (placement.inverse.yx * x + placement.inverse.yy * y) / cell + 3
        pixels.append(Float(placement.gain) * interpolated(bitmap, u, v))
      }
    }
  }

  /// The brightness at a point of a bitmap, bilinear between the middles of its cells and 0 outside.
  private static func interpolated(_ bitmap: [[Float]], _ u: Double, _ v: Double) -> Float {
    let (column, row) = (Int(u.rounded(.down)), Int(v.rounded(.down)))
    let (right, below) = (Float(u - Double(column)), Float(v - Double(row)))
    func cell(_ row: Int, _ column: Int) -> Float {
      bitmap.indices.contains(row) && bitmap[row].indices.contains(column) ? bitmap[row][column] : 0
    }
    let above = cell(row, column) * (1 - right) + cell(row, column + 1) * right
    let under = cell(row + 1, column) * (1 - right) + cell(row + 1, column + 1) * right
    return above * (1 - below) + under * below
  }
}

/// The bitmaps of the ten digits, seven rows of five cells.
private let digits: [[[Float]]] = [
  [".###.", "#...#", "#..##", "#.#.#", "##..#", "#...#", ".###."],
  ["..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."],
  [".###.", "#...#", "....#", "..##.", ".#...", "#....", "#####"],
  [".###.", "#...#", "....#", "..##.", "....#", "#...#", ".###."],
  ["...#.", "..##.", ".#.#.", "#..#.", "#####", "...#.", "...#."],
  ["#####", "#....", "####.", "....#", "....#", "#...#", ".###."],
  ["..##.", ".#...", "#....", "####.", "#...#", "#...#", ".###."],
  ["#####", "....#", "...#.", "..#..", ".#...", ".#...", ".#..."],
  [".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."],
  [".###.", "#...#", "#...#", ".####", "....#", "...#.", ".##.."],
].map { rows in rows.map { row in row.map { $0 == "#" ? 1 : 0 } } }
