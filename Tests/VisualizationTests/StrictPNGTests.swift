import Drawing
import Foundation
import Plotting
import Testing

@Suite("Written PNG files, checked chunk by chunk")
struct StrictPNGTests {
  private static let palette = Sketch(40, 30) { $0.clear(.white) }
  private static let manyColors = Figure(width: 200, height: 150) { axes in
    axes.heatMap(Grid(x: -1...1, y: -1...1, columns: 20, rows: 20) { $0 * $1 })
    axes.heatMap(Grid(x: 0...1, y: 0...1, columns: 20, rows: 20) { $0 + $1 }, map: .ember)
  }
  private static let provenance = Provenance(
    title: "Äpfel ⬡", experiment: "rgnn01.1", seed: 7, commandLine: "rgnn-sheet01 --seed 7")

  @Test("every kind of storage, at every level", arguments: [PNG.Storage.automatic, .rgb, .rgba], [0, 2, 9])
  func storage(_ storage: PNG.Storage, _ level: Int) throws {
    for image in try [StrictPNGTests.palette.image(), StrictPNGTests.manyColors.image()] {
      let bytes = try PNG.encode(image, dpi: 300, provenance: StrictPNGTests.provenance, storage: storage, level: level)
      let names = try StrictPNG(bytes).names
      #expect(names.contains("pHYs") && names.contains("sRGB") && names.contains("iTXt"))
    }
  }

  @Test("an animation")
  func animation() throws {
    var animation = Animation()
    for x in [5.0, 10, 15] {
      try animation.append(
        Sketch(40, 30) { canvas in
          canvas.clear(.white)
          canvas.fill(Path(circle: Point(x, 15), radius: 4), .black)
        })
    }
    _ = try StrictPNG(animation.png())
  }

  @Test("every picture of the gallery is sound, and its size fits its resolution")
  func gallery() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "wabe-gallery-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
      path: "gallery")
    process.arguments = [folder.path, "--dpi", "48"]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".png") }
    #expect(names.count > 60 && names.count { $0.hasSuffix("-dark.png") } == names.count / 2)
    for name in names {
      let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
      _ = try StrictPNG(bytes)
      let picture = try PNG.decode(bytes)
      #expect(picture.dpi.map { abs($0 - 48) < 0.1 } == true, "\(name)")
      #expect(picture.image.width >= 100 && picture["Title"] == name.replacing(/-(light|dark)\.png$/, with: ""))
      #expect(Set(picture.image.pixels).count > 10, "\(name) is empty")
    }
  }
}
