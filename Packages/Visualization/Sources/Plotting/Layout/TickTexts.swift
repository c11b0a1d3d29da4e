internal import Drawing

/// The ticks of an axis and their labels, as many as fit without touching.
struct TickTexts {
  var ticks: [Tick]
  var texts: [PlacedText]

  private static let distance = 7.0

  /// Below the plot; names that would touch are turned.
  static func below(
    _ axis: Axis, _ limits: ClosedRange<Double>, _ frame: PlotFrame, _ style: TextStyle, _ fonts: Fonts
  ) -> TickTexts {
    let y = frame.area.bottom + distance
    func texts(_ ticks: [Tick]) -> [PlacedText] {
      ticks.filter(\.isMajor).map { tick in
        PlacedText(tick.label, at: Point(frame.x(tick.value), y), style, Anchor(.center, .top), fonts)
      }
    }
    let result = fitting(axis, limits, atMost: max(2, min(9, Int(frame.area.width / 32))), texts) { a, b in
      a.right + 14 <= b.x
    }
    guard case .at = axis.ticks, touching(result.texts, { a, b in a.right + 4 <= b.x }) else { return result }
    let turned = result.ticks.filter(\.isMajor).map { tick in
      PlacedText(
        tick.label, at: Point(frame.x(tick.value) + style.size * 0.3, y + 2), style, Anchor(.right, .middle),
        rotation: -.pi / 4, fonts)
    }
    return TickTexts(ticks: result.ticks, texts: turned)
  }

  /// Left of the plot.
  static func beside(
    _ axis: Axis, _ limits: ClosedRange<Double>, _ frame: PlotFrame, _ style: TextStyle, _ fonts: Fonts
  ) -> TickTexts {
    let x = frame.area.x - distance
    // Powers of ten on both sides of zero need more room than round numbers.
    let most = if case .symmetricLogarithmic = axis.scale { 15 } else { 10 }
    return fitting(axis, limits, atMost: max(2, min(most, Int(frame.area.height / 24)))) { ticks in
      ticks.filter(\.isMajor).map { tick in
        PlacedText(tick.label, at: Point(x, frame.y(tick.value)), style, Anchor(.right, .middle), fonts)
      }
    } apart: { a, b in
      b.bottom + 10 <= a.y
    }
  }

  /// Fewer and fewer ticks until no two labels touch.
  private static func fitting(
    _ axis: Axis, _ limits: ClosedRange<Double>, atMost count: Int, _ texts: ([Tick]) -> [PlacedText],
    apart: (Rectangle, Rectangle) -> Bool
  ) -> TickTexts {
    switch axis.ticks {
    case .none: return TickTexts(ticks: [], texts: [])
    case .at(let ticks):
      let inside = ticks.filter { limits.contains($0.value) }
      return TickTexts(ticks: inside, texts: texts(inside))
    case .automatic:
      var result = TickTexts(ticks: [], texts: [])
      for count in stride(from: count, through: 1, by: -1) {
        let ticks = TickChoice.ticks(in: limits, scale: axis.scale, atMost: count)
        result = TickTexts(ticks: ticks, texts: texts(ticks))
        if !touching(result.texts, axis.isReversed ? { apart($1, $0) } : apart) { break }
      }
      return result
    }
  }

  private static func touching(_ texts: [PlacedText], _ apart: (Rectangle, Rectangle) -> Bool) -> Bool {
    !zip(texts, texts.dropFirst()).allSatisfy { apart($0.box, $1.box) }
  }
}
