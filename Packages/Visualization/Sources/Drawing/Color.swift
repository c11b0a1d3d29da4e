#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A colour of the screen (sRGB) with its opacity; every component lies between 0 and 1.
public struct Color: Hashable, Sendable {
  /// The red component.
  public var red: Double
  /// The green component.
  public var green: Double
  /// The blue component.
  public var blue: Double
  /// The opacity: 0 is invisible, 1 hides what lies below.
  public var alpha: Double

  /// A colour from components between 0 and 1.
  public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  /// A colour from a number as on web pages: `Color(0xE69F00)`.
  public init(_ hex: UInt32, alpha: Double = 1) {
    self.init(
      red: Double(hex >> 16 & 255) / 255, green: Double(hex >> 8 & 255) / 255, blue: Double(hex & 255) / 255,
      alpha: alpha)
  }

  /// A gray between black (0) and white (1).
  public init(gray: Double, alpha: Double = 1) {
    self.init(red: gray, green: gray, blue: gray, alpha: alpha)
  }

  /// Black.
  public static let black = Color(gray: 0)
  /// White.
  public static let white = Color(gray: 1)
  /// Nothing: fully transparent.
  public static let clear = Color(gray: 0, alpha: 0)

  /// The same colour with another opacity.
  public func opacity(_ alpha: Double) -> Color {
    var result = self
    result.alpha = alpha
    return result
  }

  /// The opaque colour seen when this colour is painted over `background`.
  public func over(_ background: Color) -> Color {
    Color(
      red: alpha * red + (1 - alpha) * background.red, green: alpha * green + (1 - alpha) * background.green,
      blue: alpha * blue + (1 - alpha) * background.blue)
  }

  /// One pixel word: premultiplied alpha, red, green, blue, eight bits each.
  public var pixel: UInt32 {
    func byte(_ value: Double) -> UInt32 { UInt32((min(max(value, 0), 1) * 255).rounded()) }
    let a = min(max(alpha, 0), 1)
    return byte(a) << 24 | byte(red * a) << 16 | byte(green * a) << 8 | byte(blue * a)
  }
}

// MARK: - Lightness and contrast

extension Color {
  /// The light the colour sends out, relative to white (WCAG 2).
  public var luminance: Double {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The contrast to another colour as WCAG 2 defines it: 1 for equal colours, 21 for black on white.
  public func contrast(to other: Color) -> Double {
    let a = luminance
    let b = other.luminance
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// A colour in Ottosson's OKLab space, where equal steps look equal: lightness 0…1, a (green to red), b (blue to
  /// yellow). Components outside the screen's range are cut off.
  public init(lightness: Double, a: Double, b: Double, alpha: Double = 1) {
    func cube(_ x: Double) -> Double { x * x * x }
    let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
    self.init(
      red: encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
      green: encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
      blue: encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), alpha: alpha)
  }

  /// A colour from lightness (0…1), chroma (0 is gray, 0.3 very vivid) and hue in degrees, in OKLab's polar form.
  /// A chroma the screen cannot show is reduced until it can, so the lightness is kept.
  public init(lightness: Double, chroma: Double, hue: Double, alpha: Double = 1) {
    let angle = hue * .pi / 180
    var low = 0.0
    var high = chroma
    if !Color.isShown(lightness, chroma * cos(angle), chroma * sin(angle)) {
      for _ in 0..<24 {
        let middle = (low + high) / 2
        if Color.isShown(lightness, middle * cos(angle), middle * sin(angle)) { low = middle } else { high = middle }
      }
      high = low
    }
    self.init(lightness: lightness, a: high * cos(angle), b: high * sin(angle), alpha: alpha)
  }

  /// The three OKLab components: lightness, a, b.
  public var oklab: (lightness: Double, a: Double, b: Double) {
    let (r, g, b) = (linear(red), linear(green), linear(blue))
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    )
  }

  /// The colour between this one (0) and another (1), mixed in OKLab so that no muddy tones appear.
  public func mixed(with other: Color, _ amount: Double) -> Color {
    let from = oklab
    let to = other.oklab
    func blend(_ x: Double, _ y: Double) -> Double { x + (y - x) * amount }
    return Color(
      lightness: blend(from.lightness, to.lightness), a: blend(from.a, to.a), b: blend(from.b, to.b),
      alpha: blend(alpha, other.alpha))
  }

  /// Black or white, whichever is easier to read on this colour.
  public var readableInk: Color { contrast(to: .white) >= contrast(to: .black) ? .white : .black }

  /// Whether the screen can show an OKLab colour, give or take a rounding step.
  private static func isShown(_ lightness: Double, _ a: Double, _ b: Double) -> Bool {
    func cube(_ x: Double) -> Double { x * x * x }
    let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
    let range = -0.0005...1.0005
    return range.contains(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
      && range.contains(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
      && range.contains(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
  }
}

/// The amount of light behind an encoded sRGB component.
private func linear(_ value: Double) -> Double {
  value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
}

/// The encoded sRGB component of an amount of light, cut to 0…1.
private func encoded(_ light: Double) -> Double {
  let value = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
  return min(max(value, 0), 1)
}
