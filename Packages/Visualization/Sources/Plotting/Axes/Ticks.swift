#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// One mark on an axis; minor ones have no label.
public struct Tick: Hashable, Sendable {
  /// The number at which it stands.
  public var value: Double
  /// The text beside it; empty for minor ticks.
  public var label: String

  /// A tick from its number and text.
  public init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }

  /// Whether the tick has a label and a grid line.
  public var isMajor: Bool { !label.isEmpty }
}

/// Choosing round numbers inside a range.
enum TickChoice {
  /// At most `count` labelled ticks (at least two where possible) for a scale.
  static func ticks(in range: ClosedRange<Double>, scale: Scale, atMost count: Int) -> [Tick] {
    switch scale {
    case .linear: linear(range, count)
    case .logarithmic: logarithmic(range, count)
    case .symmetricLogarithmic(let threshold): symmetric(range, threshold, count)
    }
  }

  /// Multiples of 1, 2 or 5 times a power of ten. They are kept as whole numbers, so 3 × 0.1 is written 0.3.
  static func linear(_ range: ClosedRange<Double>, _ count: Int) -> [Tick] {
    let span = range.upperBound - range.lowerBound
    guard span > 0 && span.isFinite else { return [Tick(range.lowerBound, NumberText.short(range.lowerBound))] }
    let smallest = Int(log10(span / Double(max(count, 1))).rounded(.down))
    for exponent in smallest...smallest + 3 {
      for mantissa in [1, 2, 5] {
        let step = Double(mantissa) * pow(10, Double(exponent))
        let first = (range.lowerBound / step - 1e-6).rounded(.up)
        let last = (range.upperBound / step + 1e-6).rounded(.down)
        guard abs(first) < 1e14 && abs(last) < 1e14 else { continue }
        if first > last { return [] }
        if last - first < Double(max(count, 1)) {
          return aligned((Int(first)...Int(last)).map { $0 * mantissa }, exponent: exponent)
        }
      }
    }
    return []
  }

  /// Ticks with the same number of decimals each, so that columns of labels line up: 0.0, 0.5, 1.0.
  private static func aligned(_ mantissas: [Int], exponent: Int) -> [Tick] {
    func value(_ mantissa: Int) -> Double {
      exponent >= 0 ? Double(mantissa) * pow(10, Double(exponent)) : Double(mantissa) / pow(10, Double(-exponent))
    }
    let largest = mantissas.map { abs(value($0)) }.max() ?? 0
    let isPlain = largest < 1e6 && exponent >= -4 && exponent < 0
    return mantissas.map { mantissa in
      let number = value(mantissa)
      let label =
        isPlain ? NumberText.fixed(number, decimals: -exponent) : NumberText.decimal(mantissa, exponent: exponent)
      return Tick(number, label)
    }
  }

  /// Powers of ten with minor ticks between; over less than two decades also 2 and 5 times them; over less than half
  /// a decade the ticks of a linear axis.
  static func logarithmic(_ range: ClosedRange<Double>, _ count: Int) -> [Tick] {
    guard range.lowerBound > 0 else { return [] }
    let low = log10(range.lowerBound)
    let high = log10(range.upperBound)
    if high - low < 0.7 { return linear(range, count) }
    let lowest = Int(low.rounded(.down))
    let highest = Int(high.rounded(.up))
    let decades = high - low
    let labelled =
      decades < 1.05 && count >= 5 ? [1, 2, 3, 5] : decades * 3 <= Double(count) ? [1, 2, 5] : [1]
    let every = max(1, Int((Double(highest - lowest) / Double(max(count, 1))).rounded(.up)))
    var ticks: [Tick] = []
    for exponent in lowest...highest {
      let power = pow(10, Double(exponent))
      for factor in 1...9 where every == 1 || factor == 1 {
        let value = Double(factor) * power
        guard value >= range.lowerBound * (1 - 1e-9) && value <= range.upperBound * (1 + 1e-9) else { continue }
        var label = ""
        if labelled.contains(factor) && exponent % every == 0 {
          label =
            labelled.count > 1 && abs(exponent) <= 3
            ? NumberText.decimal(factor, exponent: exponent)
            : factor == 1
              ? NumberText.powerOfTen(exponent) : NumberText.decimal(factor, exponent: exponent)
        }
        ticks.append(Tick(value, label))
      }
    }
    return ticks
  }

  /// Zero, the linear threshold and the powers of ten beyond it on both sides.
  private static func symmetric(_ range: ClosedRange<Double>, _ threshold: Double, _ count: Int) -> [Tick] {
    let start = log10(threshold)
    let reach = max(abs(range.lowerBound), abs(range.upperBound))
    guard reach > threshold else { return linear(range, count) }
    let highest = Int(log10(reach).rounded(.down))
    let lowest = Int(start.rounded(.up))
    guard lowest <= highest else { return linear(range, count) }
    let sides = range.lowerBound < -threshold && range.upperBound > threshold ? 2 : 1
    let every = max(1, Int((Double((highest - lowest + 1) * sides + 1) / Double(max(count, 1))).rounded(.up)))
    var ticks = [Tick(0, "0")]
    for exponent in lowest...highest {
      let value = pow(10, Double(exponent))
      let label = (highest - exponent) % every == 0 ? NumberText.powerOfTen(exponent) : ""
      ticks.append(Tick(value, label))
      ticks.append(Tick(-value, label.isEmpty ? "" : "−" + label))
    }
    return ticks.filter { range.contains($0.value) }.sorted { $0.value < $1.value }
  }
}
