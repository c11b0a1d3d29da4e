internal import CCairo

/// How a raster picture is enlarged.
public enum Interpolation: Hashable, Sendable {
  /// Every pixel becomes a block of one colour.
  case nearest
  /// Colours change evenly between the centres of pixels.
  case bilinear
}

extension Canvas {
  /// Draws a raster picture into a rectangle, stretched to fill it.
  public func image(
    _ image: Image, in rectangle: Rectangle, _ interpolation: Interpolation = .bilinear, opacity: Double = 1
  ) {
    guard image.width > 0 && image.height > 0 && rectangle.width > 0 && rectangle.height > 0 else { return }
    // Cairo reads the pixels where they are; it copies those that a vector file needs later, when the source is finished.
    image.pixels.withUnsafeBufferPointer { pixels in
      let bytes = UnsafeMutableRawPointer(mutating: pixels.baseAddress)?.assumingMemoryBound(to: UInt8.self)
      let source = cairo_image_surface_create_for_data(
        bytes, CAIRO_FORMAT_ARGB32, Int32(image.width), Int32(image.height), 4 * Int32(image.width))
      paint(source, image, in: rectangle, interpolation, opacity)
      cairo_surface_finish(source)
      cairo_surface_destroy(source)
    }
  }

  private func paint(
    _ source: OpaquePointer?, _ image: Image, in rectangle: Rectangle, _ interpolation: Interpolation, _ opacity: Double
  ) {
    cairo_save(context)
    defer { cairo_restore(context) }
    trace(Path(rectangle))
    cairo_clip(context)
    cairo_translate(context, rectangle.x, rectangle.y)
    cairo_scale(context, rectangle.width / Double(image.width), rectangle.height / Double(image.height))
    cairo_set_source_surface(context, source, 0, 0)
    let pattern = cairo_get_source(context)
    cairo_pattern_set_filter(pattern, interpolation == .nearest ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BILINEAR)
    // Without padding the edges of enlarged pixels would fade out; in vector files it would turn the picture into a
    // pattern, which some viewers cannot show.
    if isRaster { cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD) }
    if opacity < 1 { cairo_paint_with_alpha(context, opacity) } else { cairo_paint(context) }
  }
}
