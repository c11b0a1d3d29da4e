import Drawing
import Foundation
import Plotting
import Testing

/// Pictures must look like those in Tests/Fixtures/Pictures, which this project drew itself.
///
/// After a change that is meant to be seen, `WABE_RECORD_PICTURES=1 swift test --filter GoldenTests` draws the files
/// anew; look at each of them before you commit it.
@Suite("Golden pictures")
struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../Fixtures/Pictures")
  private static let records = ProcessInfo.processInfo.environment["WABE_RECORD_PICTURES"] != nil

  @Test("a picture looks like the one that was approved", arguments: GoldenPicture.all)
  func golden(_ golden: GoldenPicture) throws {
    let path = GoldenTests.folder.appending(path: "\(golden.name).png").path
    if GoldenTests.records {
      try FileManager.default.createDirectory(at: GoldenTests.folder, withIntermediateDirectories: true)
      try Data(PNG.encode(golden.make().image(), level: 9)).write(to: URL(filePath: path))
    }
    let difference = try PictureDifference(golden.make().image(), PNG.read(path).image)
    #expect(difference.isInvisible, "\(difference.visible) pixels look different, by up to \(difference.largest)")
  }

  // MARK: The comparison itself

  /// A plot with one property changed.
  private func plot(noteAt x: Double = 0.5, lines: Int = 2, color: Color = Color(0x384698)) throws -> Image {
    try Figure(width: 300, height: 220) { axes in
      axes.title = "A plot"
      axes.x.limits = 0...1
      axes.y.limits = 0...1
      axes.line([0, 1], [0.1, 0.8], color: color)
      if lines > 1 { axes.line([0, 1], [0.9, 0.6], color: Color(0xe37b1c), width: 1) }
      axes.note("here", x: x, y: 0.2)
    }.image()
  }

  @Test("other coverage of edges is not seen")
  func antialiasing() throws {
    let image = try plot()
    let edges = Image(width: image.width, height: image.height) { column, row in
      let own = image.color(column, row)
      let near = [(-1, 0), (1, 0), (0, -1), (0, 1)].map { dx, dy in
        image.color(min(max(column + dx, 0), image.width - 1), min(max(row + dy, 0), image.height - 1))
      }
      func softened(_ channel: KeyPath<Color, Double>) -> Double {
        0.85 * own[keyPath: channel] + 0.15 * near.map { $0[keyPath: channel] }.reduce(0, +) / 4
      }
      return Color(red: softened(\.red), green: softened(\.green), blue: softened(\.blue))
    }
    #expect(edges != image)
    let difference = PictureDifference(image, edges)
    #expect(difference.isInvisible, "\(difference.visible) pixels look different, by up to \(difference.largest)")
  }

  @Test("a label that moved by two pixels is seen")
  func moved() throws { #expect(try !PictureDifference(plot(), plot(noteAt: 0.508)).isInvisible) }

  @Test("a missing line is seen")
  func missing() throws { #expect(try !PictureDifference(plot(), plot(lines: 1)).isInvisible) }

  @Test("another colour is seen")
  func recoloured() throws { #expect(try !PictureDifference(plot(), plot(color: Color(0x3e8b6e))).isInvisible) }

  @Test("another size is seen")
  func resized() throws {
    #expect(!PictureDifference(Image(width: 2, height: 2), Image(width: 2, height: 3)).isInvisible)
  }
}
