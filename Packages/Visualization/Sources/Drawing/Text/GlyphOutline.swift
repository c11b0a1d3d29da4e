extension TrueTypeFont {
  /// The outline of a glyph in font units, y pointing up; empty for a space or a damaged entry.
  func outline(_ glyph: Int) -> Path {
    var path = Path()
    append(glyph, to: &path, GlyphTransform(), depth: 0)
    return path
  }

  private func append(_ glyph: Int, to path: inout Path, _ transform: GlyphTransform, depth: Int) {
    guard glyph >= 0 && glyph < glyphs && depth < 6 else { return }
    let start = location(glyph)
    let end = location(glyph + 1)
    guard end - start >= 10 && outlines.lowerBound + end <= outlines.upperBound else { return }
    let at = outlines.lowerBound + start
    let contours = bytes.i16(at)
    if contours >= 0 {
      appendSimple(at + 10, contours: contours, to: &path, transform)
    } else {
      appendParts(at + 10, to: &path, transform, depth: depth)
    }
  }

  private func location(_ glyph: Int) -> Int {
    longLocations ? bytes.u32(locations.lowerBound + 4 * glyph) : 2 * bytes.u16(locations.lowerBound + 2 * glyph)
  }

  /// A glyph made of others, such as a letter and its accent.
  private func appendParts(_ start: Int, to path: inout Path, _ outer: GlyphTransform, depth: Int) {
    var at = start
    for _ in 0..<32 {
      let flags = bytes.u16(at)
      let part = bytes.u16(at + 2)
      let wide = flags & 1 != 0
      var inner = GlyphTransform()
      inner.x = Double(wide ? bytes.i16(at + 4) : signed(bytes.u16(at + 4) >> 8))
      inner.y = Double(wide ? bytes.i16(at + 6) : signed(bytes.u16(at + 4) & 255))
      at += wide ? 8 : 6
      func fraction() -> Double {
        defer { at += 2 }
        return Double(bytes.i16(at)) / 16384
      }
      if flags & 0x8 != 0 {
        inner.xx = fraction()
        inner.yy = inner.xx
      } else if flags & 0x40 != 0 {
        inner.xx = fraction()
        inner.yy = fraction()
      } else if flags & 0x80 != 0 {
        inner.xx = fraction()
        inner.xy = fraction()
        inner.yx = fraction()
        inner.yy = fraction()
      }
      append(part, to: &path, inner.then(outer), depth: depth + 1)
      if flags & 0x20 == 0 { return }
    }
  }

  private func signed(_ byte: Int) -> Int { byte >= 128 ? byte - 256 : byte }

  private func appendSimple(_ start: Int, contours: Int, to path: inout Path, _ transform: GlyphTransform) {
    guard contours > 0 else { return }
    let ends = (0..<contours).map { bytes.u16(start + 2 * $0) }
    let count = (ends.last ?? 0) + 1
    guard count > 1 && count < 10_000 else { return }
    var at = start + 2 * contours
    at += 2 + bytes.u16(at)
    var flags: [UInt8] = []
    while flags.count < count && at < bytes.count {
      let flag = bytes[at]
      at += 1
      flags.append(flag)
      if flag & 8 != 0 && at < bytes.count {
        for _ in 0..<bytes[at] { flags.append(flag) }
        at += 1
      }
    }
    guard flags.count >= count else { return }
    let xs = coordinates(flags, count, short: 2, same: 16, &at)
    let ys = coordinates(flags, count, short: 4, same: 32, &at)
    var first = 0
    for end in ends {
      guard end >= first && end < count else { return }
      let points = (first...end).map { index in
        (transform.apply(Double(xs[index]), Double(ys[index])), flags[index] & 1 != 0)
      }
      appendContour(points, to: &path)
      first = end + 1
    }
  }

  private func coordinates(_ flags: [UInt8], _ count: Int, short: UInt8, same: UInt8, _ at: inout Int) -> [Int] {
    var value = 0
    return (0..<count).map { index in
      let flag = flags[index]
      if flag & short != 0 {
        let step = at < bytes.count ? Int(bytes[at]) : 0
        value += flag & same != 0 ? step : -step
        at += 1
      } else if flag & same == 0 {
        value += bytes.i16(at)
        at += 2
      }
      return value
    }
  }

  /// Turns on-curve and control points into curves: between two neighbouring control points lies an implied point.
  private func appendContour(_ points: [(point: Point, onCurve: Bool)], to path: inout Path) {
    guard points.count > 1 else { return }
    func middle(_ a: Point, _ b: Point) -> Point { Point((a.x + b.x) / 2, (a.y + b.y) / 2) }
    let first = points[0]
    let last = points[points.count - 1]
    let start = first.onCurve ? first.point : last.onCurve ? last.point : middle(first.point, last.point)
    path.move(to: start)
    var current = start
    var control: Point?
    func arrive(_ end: Point, _ path: inout Path) {
      if let control {
        let a = Point(current.x + (control.x - current.x) * 2 / 3, current.y + (control.y - current.y) * 2 / 3)
        let b = Point(end.x + (control.x - end.x) * 2 / 3, end.y + (control.y - end.y) * 2 / 3)
        path.curve(a, b, to: end)
      } else if end != current {
        path.line(to: end)
      }
      current = end
    }
    for (point, onCurve) in points.dropFirst(first.onCurve ? 1 : 0) {
      if onCurve {
        arrive(point, &path)
        control = nil
      } else {
        if let before = control { arrive(middle(before, point), &path) }
        control = point
      }
    }
    arrive(start, &path)
    path.close()
  }
}

/// The placement of a glyph inside another.
private struct GlyphTransform {
  var xx = 1.0
  var xy = 0.0
  var yx = 0.0
  var yy = 1.0
  var x = 0.0
  var y = 0.0

  func apply(_ px: Double, _ py: Double) -> Point { Point(xx * px + yx * py + x, xy * px + yy * py + y) }

  func then(_ outer: GlyphTransform) -> GlyphTransform {
    var result = GlyphTransform()
    result.xx = outer.xx * xx + outer.yx * xy
    result.xy = outer.xy * xx + outer.yy * xy
    result.yx = outer.xx * yx + outer.yx * yy
    result.yy = outer.xy * yx + outer.yy * yy
    let origin = outer.apply(x, y)
    result.x = origin.x
    result.y = origin.y
    return result
  }
}
