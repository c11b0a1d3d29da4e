import Drawing
import Plotting
import Testing

/// What people with three kinds of colour vision deficiency see of an sRGB colour in linear light, from Machado,
/// Oliveira and Fernandes (2009), severity 1.
private let deficiencies: [(name: String, matrix: [[Double]])] = [
  ("none", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
  ("protan", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
  ("deutan", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
  ("tritan", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
]

private let sequential: [(String, ColorMap)] = [
  ("lagoon", .lagoon), ("honey", .honey), ("ember", .ember), ("ink", .ink), ("glow", .glow),
  ("brightLagoon", .brightLagoon),
]
private let diverging: [(String, ColorMap)] = [
  ("blueRed", .blueRed), ("purpleGreen", .purpleGreen), ("blueRedOnDark", .blueRedOnDark),
]

private func distance(_ a: Color, _ b: Color) -> Double {
  let (p, q) = (a.oklab, b.oklab)
  let (l, x, y) = (p.lightness - q.lightness, p.a - q.a, p.b - q.b)
  return (l * l + x * x + y * y).squareRoot()
}

@Suite("Colours")
struct ColorTests {
  @Test("the lightness of a sequential map only rises or only falls", arguments: sequential.indices)
  func monotone(index: Int) {
    let lightness = sequential[index].1.colors.map(\.oklab.lightness)
    let steps = zip(lightness, lightness.dropFirst()).map { $1 - $0 }
    #expect(steps.allSatisfy { $0 > 0 } || steps.allSatisfy { $0 < 0 }, "\(sequential[index].0)")
  }

  @Test("neighbouring colours of a map differ by the same amount everywhere", arguments: sequential.indices)
  func even(index: Int) {
    let colors = sequential[index].1.colors
    let steps = zip(colors, colors.dropFirst()).map { distance($0, $1) }
    let mean = steps.reduce(0, +) / Double(steps.count)
    #expect(steps.allSatisfy { abs($0 - mean) < 0.12 * mean }, "\(sequential[index].0)")
  }

  @Test(
    "a diverging map runs evenly to its middle and away from it, and both ends are equally far",
    arguments: diverging.indices)
  func divergence(index: Int) {
    let (name, map) = diverging[index]
    let lightness = map.colors.map(\.oklab.lightness)
    let half = lightness.count / 2
    let first = zip(lightness[...half], lightness[1...half]).map { $1 - $0 }
    let second = zip(lightness[half...], lightness[(half + 1)...]).map { $1 - $0 }
    let rises = lightness[half] > lightness[0]
    #expect(first.allSatisfy { rises ? $0 > 0 : $0 < 0 } && second.allSatisfy { rises ? $0 < 0 : $0 > 0 }, "\(name)")
    #expect(abs(lightness[0] - lightness[lightness.count - 1]) < 0.05, "\(name)")
  }

  @Test("numbers outside a map take its ends, and not-a-number is transparent")
  func ends() {
    #expect(ColorMap.lagoon.color(-3) == ColorMap.lagoon.colors[0])
    #expect(ColorMap.lagoon.color(.infinity) == ColorMap.lagoon.colors[255])
    #expect(ColorMap.lagoon.color(.nan).alpha == 0)
  }

  @Test(
    "all text of both themes has a contrast of at least 4.5, and data at least 2.8", arguments: [Theme.light, .dark])
  func contrast(theme: Theme) {
    #expect(theme.ink.contrast(to: theme.background) >= 7)
    #expect(theme.softInk.contrast(to: theme.background) >= 4.5)
    for color in theme.cycle {
      #expect(color.contrast(to: theme.background) >= 2.8)
      #expect(color.readable(on: theme.background).contrast(to: theme.background) >= 4.5)
    }
  }

  @Test("black or white on every colour of every map has a contrast of at least 4.5")
  func writtenValues() {
    for (name, map) in sequential + diverging {
      for color in map.colors { #expect(color.readableInk.contrast(to: color) >= 4.5, "\(name)") }
    }
  }

  @Test("the colours of a theme stay apart for every kind of colour vision", arguments: [Theme.light, .dark])
  func cycle(theme: Theme) {
    for (name, matrix) in deficiencies {
      let seen = theme.cycle.map { color -> Color in
        let light = [color.red, color.green, color.blue].map(linear)
        let out = matrix.map { row in zip(row, light).reduce(0) { $0 + $1.0 * $1.1 } }.map(encoded)
        return Color(red: out[0], green: out[1], blue: out[2])
      }
      for i in seen.indices {
        for j in 0..<i {
          // The first four are used most; 0.02 is just noticeable in OKLab.
          #expect(distance(seen[i], seen[j]) > (i < 4 ? 0.095 : 0.085), "\(name): colours \(j) and \(i)")
        }
      }
    }
  }

  // White, and the primary red from Ottosson's page on OKLab.
  @Test("OKLab and back is the same colour, and red has its published coordinates")
  func oklab() {
    for hex: UInt32 in [0xff0000, 0x123456, 0xfedcba, 0x00ff7f, 0x777777] {
      let (l, a, b) = Color(hex).oklab
      #expect(Color(lightness: l, a: a, b: b).pixel == Color(hex).pixel)
    }
    let red = Color(0xff0000).oklab
    #expect(abs(red.lightness - 0.628) < 1e-3 && abs(red.a - 0.225) < 1e-3 && abs(red.b - 0.126) < 1e-3)
  }

  private func linear(_ v: Double) -> Double { v <= 0.04045 ? v / 12.92 : power((v + 0.055) / 1.055, 2.4) }

  private func encoded(_ l: Double) -> Double {
    let l = min(max(l, 0), 1)
    return l <= 0.0031308 ? 12.92 * l : 1.055 * power(l, 1 / 2.4) - 0.055
  }

  /// x^y through the scale of a logarithmic axis: 10^(y log₁₀ x).
  private func power(_ x: Double, _ y: Double) -> Double {
    Scale.logarithmic.inverse(y * Scale.logarithmic.forward(x))
  }
}
