import Drawing
import Plotting
import Testing

private let shortNumbers: [(Double, String)] = [
  (0.1 + 0.2, "0.3"), (-1.5, "−1.5"), (0, "0"), (123456, "123000"), (1.5e7, "1.5×10⁷"), (1e6, "10⁶"),
  (-2e-7, "−2×10⁻⁷"), (0.000123, "0.000123"), (0.00009, "9×10⁻⁵"), (.infinity, "∞"), (.nan, "nan"), (999.9, "1000"),
  (.leastNonzeroMagnitude, "4.94×10⁻³²⁴"),
]

private let fixedNumbers: [(Double, Int, String)] = [
  (0.5, 2, "0.50"), (-0.004, 2, "0.00"), (1234.5678, 1, "1234.6"), (0.05, 1, "0.1"), (2, 0, "2"),
  (-7.126, 2, "−7.13"),
]

private let linearTicks: [(ClosedRange<Double>, [String])] = [
  (0.0...1.0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
  (-3...3, ["−3", "−2", "−1", "0", "1", "2", "3"]),
  (0...0.0007, ["0.0000", "0.0001", "0.0002", "0.0003", "0.0004", "0.0005", "0.0006", "0.0007"]),
  (0...3e7, ["0", "5×10⁶", "10⁷", "1.5×10⁷", "2×10⁷", "2.5×10⁷", "3×10⁷"]),
  (1e-9...5e-9, ["10⁻⁹", "1.5×10⁻⁹", "2×10⁻⁹", "2.5×10⁻⁹", "3×10⁻⁹", "3.5×10⁻⁹", "4×10⁻⁹", "4.5×10⁻⁹", "5×10⁻⁹"]),
  (1990...2026, ["1990", "1995", "2000", "2005", "2010", "2015", "2020", "2025"]),
]

private let logarithmicTicks: [(ClosedRange<Double>, [String])] = [
  (1e-4...1.0, ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1"]),
  (0.01...1, ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]),
  (1e-12...1, ["10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"]),
]

private let oddNumbers: [[Double]] = [
  [], [5.0], [0, 0, 0], [.nan, 1, .infinity], [1e300, -1e300], [1e-300 * 1e-20, 2e-300 * 1e-20], [1, 1 + 1e-15],
  [-1, -2],
]

@Suite("Axes, ticks and numbers")
struct AxisTests {
  @Test(
    "numbers are written for people",
    arguments: shortNumbers)
  func short(value: Double, text: String) { #expect(NumberText.short(value) == text) }

  @Test(
    "a fixed number of decimals is kept",
    arguments: fixedNumbers)
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  /// The labels that a 640 × 480 figure gives to an axis of these limits.
  private func labels(_ limits: ClosedRange<Double>, _ scale: Scale) throws -> [String] {
    let figure = Figure { axes in
      axes.y = Axis(scale: scale, limits: limits)
      axes.x.ticks = .none
    }
    return try figure.layout().texts.map(\.text)
  }

  @Test(
    "linear ticks are at 1, 2 or 5 times a power of ten, with equal decimals",
    arguments: linearTicks)
  func linear(limits: ClosedRange<Double>, expected: [String]) throws {
    #expect(try labels(limits, .linear) == expected)
  }

  @Test(
    "logarithmic ticks are powers of ten, or 1, 2, 5 over few decades",
    arguments: logarithmicTicks)
  func logarithmic(limits: ClosedRange<Double>, expected: [String]) throws {
    #expect(try labels(limits, .logarithmic) == expected)
  }

  @Test("a symmetric logarithmic axis shows zero and both signs")
  func symmetric() throws {
    let found = try labels(-100...100, .symmetricLogarithmic(threshold: 0.1))
    #expect(found.contains("0") && found.contains("10²") && found.contains("−10²"))
  }

  @Test(
    "every scale leads back to the number it came from",
    arguments: [
      Scale.linear, .logarithmic, .symmetricLogarithmic(threshold: 0.01),
    ])
  func inverse(scale: Scale) {
    for value in [1e-6, 0.003, 0.5, 2, 1e5] {
      #expect(abs(scale.inverse(scale.forward(value)) - value) <= 1e-12 * value)
    }
    #expect(scale.shows(3) && !scale.shows(.nan))
    #expect(scale.shows(-3) == (scale != .logarithmic))
  }

  @Test(
    "odd data still gives a figure",
    arguments: oddNumbers)
  func oddData(values: [Double]) throws {
    for scale in [Scale.linear, .logarithmic, .symmetricLogarithmic(threshold: 0.1)] {
      let figure = Figure(width: 200, height: 150) { axes in
        axes.y.scale = scale
        axes.line(values, label: "odd")
        axes.histogram(values)
      }
      #expect(try figure.image().width == 200)
    }
  }

  @Test("a histogram counts every number once, the last edge included")
  func histogram() {
    let histogram = Histogram([0, 0.1, 0.5, 0.9, 1, .nan], bins: 2)
    #expect(histogram.counts == [2, 3])
    #expect(histogram.edges == [0, 0.5, 1])
    let area = zip(histogram.density, histogram.edges.dropFirst()).reduce(0) { $0 + $1.0 * 0.5 }
    #expect(abs(area - 1) < 1e-12)
  }
}
