import Drawing

/// How much two pictures differ to the eye.
///
/// Each pixel is first averaged with its eight neighbours: another version of Cairo covers the edges of shapes a little
/// differently, which such a mean hardly sees. What is left is measured in OKLab, where equal distances look equal.
struct PictureDifference {
  /// How many pixels look different.
  var visible = 0
  /// The largest distance found; black and white are 1 apart.
  var largest = 0.0
  private let pixels: Int

  /// A distance that can just be seen between neighbouring areas.
  private static let threshold = 0.03

  /// Compares two pictures of the same size.
  init(_ a: Image, _ b: Image) {
    pixels = a.width * a.height
    guard (a.width, a.height) == (b.width, b.height) else {
      (visible, largest) = (max(pixels, b.width * b.height), 1)
      return
    }
    let (first, second) = (PictureDifference.blurred(a), PictureDifference.blurred(b))
    for (x, y) in zip(first, second) {
      let (p, q) = (x.oklab, y.oklab)
      let (l, s, t) = (p.lightness - q.lightness, p.a - q.a, p.b - q.b)
      let distance = (l * l + s * s + t * t).squareRoot()
      largest = max(largest, distance)
      if distance > PictureDifference.threshold { visible += 1 }
    }
  }

  /// Whether nobody would see it: less than one pixel in 4,000 looks different.
  var isInvisible: Bool { visible * 4000 < pixels }

  private static func blurred(_ image: Image) -> [Color] {
    var result: [Color] = []
    result.reserveCapacity(image.pixels.count)
    for row in 0..<image.height {
      for column in 0..<image.width {
        var (red, green, blue) = (UInt32(0), UInt32(0), UInt32(0))
        for y in (row - 1)...(row + 1) {
          for x in (column - 1)...(column + 1) {
            let pixel = image[min(max(x, 0), image.width - 1), min(max(y, 0), image.height - 1)]
            red += pixel >> 16 & 255
            green += pixel >> 8 & 255
            blue += pixel & 255
          }
        }
        result.append(Color(red: Double(red) / 2295, green: Double(green) / 2295, blue: Double(blue) / 2295))
      }
    }
    return result
  }
}
