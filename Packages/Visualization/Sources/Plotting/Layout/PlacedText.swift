public import Drawing

/// A text with its final place on the picture.
public struct PlacedText: Sendable {
  /// The text.
  public let text: String
  /// The upright rectangle it covers.
  public let box: Rectangle

  let point: Point
  let style: TextStyle
  let anchor: Anchor
  let rotation: Double

  init(_ text: String, at point: Point, _ style: TextStyle, _ anchor: Anchor, rotation: Double = 0, _ fonts: Fonts) {
    self.text = text
    self.point = point
    self.style = style
    self.anchor = anchor
    self.rotation = rotation
    box = fonts.box(of: text, at: point, style, anchor, rotation: rotation)
  }

  func draw(on canvas: Canvas) { canvas.text(text, at: point, style, anchor, rotation: rotation) }
}

extension Fonts {
  /// The text with line breaks put between words so that no line is wider than `width`, if words allow it; the lines
  /// are made as equal as possible.
  func wrapped(_ text: String, _ style: TextStyle, width: Double) -> String {
    let full = broken(text, style, width: width)
    let lines = full.count { $0 == "\n" }
    guard lines > text.count(where: { $0 == "\n" }) else { return text }
    let narrower = [0.5, 0.6, 0.7, 0.8, 0.9].lazy.map { broken(text, style, width: width * $0) }
    return narrower.first { $0.count { $0 == "\n" } == lines } ?? full
  }

  private func broken(_ text: String, _ style: TextStyle, width: Double) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      var lines: [String] = []
      for word in line.split(separator: " ", omittingEmptySubsequences: false) {
        if let last = lines.last, size(of: last + " " + word, style).width <= width {
          lines[lines.count - 1] = last + " " + word
        } else {
          lines.append(String(word))
        }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

/// The room that labels need on the four sides of a plot.
struct Insets: Sendable {
  var left = 0.0
  var top = 0.0
  var right = 0.0
  var bottom = 0.0
}
