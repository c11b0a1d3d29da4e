internal import CCairo

/// Something that can be drawn and written as PNG, SVG or PDF.
public protocol Picture {
  /// The extents in units of 1/96 inch.
  var size: Size { get }

  /// Draws everything onto a canvas of that size.
  func draw(on canvas: Canvas) throws(DrawingError)
}

extension Picture {
  /// The picture as pixels: `scale` of them per unit.
  public func image(scale: Double = 1) throws(DrawingError) -> Image {
    let width = (size.width * scale).rounded()
    let height = (size.height * scale).rounded()
    guard width >= 1 && height >= 1 && width <= 32_767 && height <= 32_767 else {
      throw .badSize(width: width, height: height)
    }
    // Cairo draws straight into the array; a picture has megabytes, which are worth writing only once.
    var pixels = [UInt32](repeating: 0, count: Int(width) * Int(height))
    try pixels.withUnsafeMutableBufferPointer { memory throws(DrawingError) in
      let bytes = UnsafeMutableRawPointer(memory.baseAddress)?.assumingMemoryBound(to: UInt8.self)
      guard
        let surface = cairo_image_surface_create_for_data(
          bytes, CAIRO_FORMAT_ARGB32, Int32(width), Int32(height), 4 * Int32(width))
      else { throw DrawingError.drawing(reason: "no memory for the surface") }
      // The array's memory may move afterwards, whoever still holds the canvas.
      cairo_surface_reference(surface)
      defer {
        cairo_surface_finish(surface)
        cairo_surface_destroy(surface)
      }
      let canvas = try Canvas(surface: surface, size: size, scale: scale, isRaster: true, fonts: Fonts())
      try draw(on: canvas)
      cairo_surface_flush(surface)
      try canvas.check()
    }
    return Image(width: Int(width), height: Int(height), pixels: pixels)
  }

  /// The picture as a PNG file at a resolution in dots per inch: 96 for screens, 300 for print.
  public func png(dpi: Double = 96, provenance: Provenance = Provenance()) throws(DrawingError) -> [UInt8] {
    try PNG.encode(image(scale: dpi / 96), dpi: dpi, provenance: provenance)
  }

  /// The picture as an SVG file.
  public func svg() throws(DrawingError) -> [UInt8] {
    let bytes = try vector { bytes in
      cairo_svg_surface_create_for_stream(collect, bytes, size.width * 0.75, size.height * 0.75)
    }
    return StableSVG.renumbered(bytes)
  }

  /// The picture as a PDF file.
  public func pdf(provenance: Provenance = Provenance()) throws(DrawingError) -> [UInt8] {
    try vector { bytes in
      let surface = cairo_pdf_surface_create_for_stream(collect, bytes, size.width * 0.75, size.height * 0.75)
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, provenance.software)
      // Cairo writes the time of day unless told otherwise; a fixed one keeps equal pictures equal.
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
      if let title = provenance.title {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
      }
      let keywords = provenance.entries.map { "\($0.keyword): \($0.text)" }.joined(separator: ", ")
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, keywords)
      return surface
    }
  }

  /// Writes the picture to a file; the ending of the name says whether as PNG, SVG or PDF. A reader never sees a
  /// half-written file.
  public func write(
    to path: String, dpi: Double = 96, provenance: Provenance = Provenance()
  ) throws(DrawingError) {
    let bytes =
      switch path.split(separator: ".", omittingEmptySubsequences: false).last?.lowercased() {
      case "png": try png(dpi: dpi, provenance: provenance)
      case "svg": try svg()
      case "pdf": try pdf(provenance: provenance)
      default: throw .unknownFormat(path: path)
      }
    try PictureFile.write(bytes, to: path)
  }

  /// Draws onto a surface that sends its file to memory. Both formats count in points of 1/72 inch.
  private func vector(
    _ surface: (UnsafeMutableRawPointer) throws(DrawingError) -> OpaquePointer?
  ) throws(DrawingError) -> [UInt8] {
    guard size.width >= 1 && size.height >= 1 && size.width <= 32_767 && size.height <= 32_767 else {
      throw .badSize(width: size.width, height: size.height)
    }
    let collected = Collected()
    guard let surface = try surface(Unmanaged.passUnretained(collected).toOpaque()) else {
      throw .drawing(reason: "no memory for the surface")
    }
    let canvas = try Canvas(surface: surface, size: size, scale: 0.75, isRaster: false, fonts: Fonts())
    try draw(on: canvas)
    cairo_surface_finish(surface)
    try canvas.check()
    return withExtendedLifetime(collected) { collected.bytes }
  }
}

/// The bytes Cairo has sent so far; a class, because Cairo holds a pointer to it.
private final class Collected {
  var bytes: [UInt8] = []
}

private let collect: cairo_write_func_t = { closure, data, count in
  guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
  let collected = Unmanaged<Collected>.fromOpaque(closure).takeUnretainedValue()
  collected.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
  return CAIRO_STATUS_SUCCESS
}
