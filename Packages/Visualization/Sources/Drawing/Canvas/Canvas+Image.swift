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
    guard let source = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(image.width), Int32(image.height)) else {
      return
    }
    defer { cairo_surface_destroy(source) }
    guard cairo_surface_status(source) == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(source) else {
      return
    }
    // Rows of 32-bit pixels have no padding, so the words can be copied in one go.
    image.pixels.withUnsafeBytes {
      UnsafeMutableRawPointer(data).copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(data), byteCount: $0.count)
    }
    cairo_surface_mark_dirty(source)
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
