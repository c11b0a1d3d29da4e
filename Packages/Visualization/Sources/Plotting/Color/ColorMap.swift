public import Drawing

/// A continuous scale of colours for numbers between 0 and 1, computed in a space where equal steps look equal.
public struct ColorMap: Hashable, Sendable {
  /// The colours from 0 to 1 at equal distances.
  public let colors: [Color]
  /// The same colours as pixel words.
  let pixels: [UInt32]

  /// A map from its colours, first to last.
  public init(colors: [Color]) {
    guard colors.count >= 2 else { fatalError("ColorMap: \(colors.count) colours make no scale: give at least 2") }
    self.colors = colors
    pixels = colors.map(\.pixel)
  }

  /// A map along a path of colours, walked at an even pace: neighbours always differ by the same amount to the eye.
  public init(steps: Int = 256, path: (Double) -> Color) {
    let fine = (0...(4 * steps)).map { path(Double($0) / Double(4 * steps)) }
    var lengths = [0.0]
    for (from, to) in zip(fine, fine.dropFirst()) {
      let (a, b) = (from.oklab, to.oklab)
      let (dl, da, db) = (b.lightness - a.lightness, b.a - a.a, b.b - a.b)
      lengths.append((lengths.last ?? 0) + (dl * dl + da * da + db * db).squareRoot())
    }
    let total = lengths.last ?? 0
    var colors: [Color] = []
    var at = 0
    for step in 0..<steps {
      let target = total * Double(step) / Double(steps - 1)
      while at < fine.count - 2 && lengths[at + 1] < target { at += 1 }
      let gap = lengths[at + 1] - lengths[at]
      let share = gap > 0 ? min(max((target - lengths[at]) / gap, 0), 1) : 0
      colors.append(path((Double(at) + share) / Double(4 * steps)))
    }
    self.init(colors: colors)
  }

  /// The colour for a number; numbers outside 0…1 take the end colours, and not-a-number is transparent.
  public func color(_ position: Double) -> Color {
    guard position == position else { return .clear }
    return colors[index(position)]
  }

  private func index(_ position: Double) -> Int {
    Int(min(max(position, 0), 1) * Double(colors.count - 1) + 0.5)
  }

  /// The same colours in the opposite order.
  public var reversed: ColorMap { ColorMap(colors: colors.reversed()) }

  /// The same colours mixed with `background`, for maps that lie behind data.
  public func faded(_ opacity: Double, over background: Color) -> ColorMap {
    ColorMap(colors: colors.map { $0.opacity(opacity).over(background) })
  }
}

// MARK: - The maps of the house

extension ColorMap {
  /// Dark violet through sea green to pale yellow: the default for amounts.
  public static let lagoon = vivid(lightness: (0.24, 0.95), hue: (292, 105))

  /// Dark brown through amber to pale wax.
  public static let honey = vivid(lightness: (0.20, 0.97), hue: (38, 102))

  /// Near black through violet and red to pale yellow.
  public static let ember = vivid(lightness: (0.15, 0.97), hue: (292, 465))

  /// A map of evenly rising lightness and evenly turning hue (degrees), everywhere nearly as vivid as the screen allows.
  ///
  /// The screen's limit has sharp corners along such a path, and the eye sees a corner as an edge that is not in the
  /// data. So the chroma follows the smallest limit nearby, averaged: a smooth curve below the limit.
  public static func vivid(
    lightness: (from: Double, to: Double), hue: (from: Double, to: Double), share: Double = 0.95
  ) -> ColorMap {
    func path(_ t: Double, _ chroma: Double) -> Color {
      Color(
        lightness: lightness.from + (lightness.to - lightness.from) * t, chroma: chroma,
        hue: hue.from + (hue.to - hue.from) * t)
    }
    let count = 64
    let reach = 8
    let limits = (0...count).map { index -> Double in
      let (_, a, b) = path(Double(index) / Double(count), 0.4).oklab
      return (a * a + b * b).squareRoot()
    }
    func near(_ index: Int, _ values: [Double]) -> ArraySlice<Double> {
      values[max(index - reach, 0)...min(index + reach, count)]
    }
    let lowest = limits.indices.map { near($0, limits).min() ?? 0 }
    let smooth = lowest.indices.map { near($0, lowest).reduce(0, +) / Double(near($0, lowest).count) }
    return ColorMap { t in
      let at = min(Int(t * Double(count)), count - 1)
      let part = t * Double(count) - Double(at)
      return path(t, share * (smooth[at] + part * (smooth[at + 1] - smooth[at])))
    }
  }

  /// White to deep blue: for amounts on white paper, where zero should not be seen.
  public static let ink = ColorMap { t in
    Color(lightness: 0.985 - 0.64 * t, chroma: 0.004 + 0.19 * t * (1.25 - 0.75 * t), hue: 240 + 25 * t)
  }

  /// Near black to pale blue: what `ink` is on white, on a dark background.
  public static let glow = ColorMap { t in
    Color(lightness: 0.22 + 0.66 * t, chroma: 0.012 + 0.25 * t * (1 - 0.62 * t), hue: 262 - 22 * t)
  }

  /// The colours of `lagoon` without the darkest, which would vanish on a dark background.
  public static let brightLagoon = vivid(lightness: (0.42, 0.95), hue: (292, 105))

  /// Black to white.
  public static let gray = ColorMap(colors: (0...255).map { Color(gray: Double($0) / 255) })

  /// Blue through white to red: for signed numbers and for two classes.
  public static let blueRed = diverging(low: (0.40, 0.135, 262), middle: 0.97, high: (0.42, 0.165, 27))

  /// Purple through white to green.
  public static let purpleGreen = diverging(low: (0.40, 0.15, 308), middle: 0.97, high: (0.42, 0.11, 150))

  /// Blue through near black to red: for signed numbers on a dark background.
  public static let blueRedOnDark = diverging(low: (0.72, 0.13, 255), middle: 0.21, high: (0.70, 0.165, 25))

  /// A map whose lightness runs from one hue to a gray middle and back to that of another hue.
  public static func diverging(
    low: (lightness: Double, chroma: Double, hue: Double), middle: Double,
    high: (lightness: Double, chroma: Double, hue: Double)
  ) -> ColorMap {
    func half(_ end: (lightness: Double, chroma: Double, hue: Double)) -> [Color] {
      ColorMap(steps: 129) { away in
        // The chroma rises at once and levels off, so that the middle is a narrow white and not a wide gray.
        let chroma = end.chroma * (1 - (1 - away) * (1 - away))
        return Color(lightness: middle + (end.lightness - middle) * away, chroma: chroma, hue: end.hue)
      }.colors
    }
    // Each half is evened out by itself, so the neutral colour stands exactly in the middle.
    return ColorMap(colors: half(low).reversed() + half(high).dropFirst())
  }
}

/// How numbers become colours: a map, the range it covers, and what the colour bar says about it.
public struct ColorScale: Hashable, Sendable {
  /// The colours.
  public var map: ColorMap
  /// The numbers at both ends of the map.
  public var limits: ClosedRange<Double>
  /// Whether the numbers are placed by their logarithm.
  public var isLogarithmic: Bool
  /// What the numbers mean, written beside the colour bar.
  public var label: String
  /// Rising borders of areas that have one colour each; empty if colours change evenly.
  public var levels: [Double] = []

  /// A scale over a range.
  public init(
    _ map: ColorMap, limits: ClosedRange<Double>, isLogarithmic: Bool = false, label: String = ""
  ) {
    self.map = map
    self.limits = limits
    self.isLogarithmic = isLogarithmic
    self.label = label
  }

  /// The axis along the colour bar.
  var axis: Axis {
    var axis = Axis(label: label)
    axis.limits = limits
    axis.scale = isLogarithmic ? .logarithmic : .linear
    return axis
  }

  /// Where a number lies between the ends of the map: 0…1.
  public func position(_ value: Double) -> Double {
    let scale: Scale = isLogarithmic ? .logarithmic : .linear
    let low = scale.forward(limits.lowerBound)
    let high = scale.forward(limits.upperBound)
    return high > low ? (scale.forward(value) - low) / (high - low) : 0.5
  }

  /// The colour for a number: with levels, that of the middle of the area it lies in.
  public func color(_ value: Double) -> Color {
    guard !levels.isEmpty else { return map.color(position(value)) }
    let low = levels.last { $0 <= value } ?? limits.lowerBound
    let high = levels.first { $0 > value } ?? limits.upperBound
    return map.color((position(low) + position(high)) / 2)
  }
}
