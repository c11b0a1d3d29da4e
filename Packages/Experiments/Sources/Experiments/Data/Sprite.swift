internal import Datasets
internal import Drawing
internal import Tensors

/// A sheet of 900 pictures of clothes: 30 rows of 30, three rows for each class.
enum Sprite {
  static let fileName = "fashion-mnist-sprite.png"
  /// The number of pictures along each edge.
  static let tiles = 30

  /// The pictures row by row, inputs [900, 784] from 0 to 1.
  static func read(_ path: String) throws(DataError) -> Samples {
    let extent = tiles * ImageSet.side
    let image: Image
    do throws(DrawingError) { image = try PNG.read(path, pixelLimit: 4 * extent * extent).image } catch {
      if case .cannotRead(let error) = error { throw .file(error) }
      throw .format(path: path, expected: "a PNG file of \(extent) × \(extent) pixels", found: "\(error)")
    }
    guard image.width == extent, image.height == extent else {
      throw .format(
        path: path, expected: "\(extent) × \(extent) pixels", found: "\(image.width) × \(image.height)")
    }
    let side = ImageSet.side
    let sheet = Tensor(image.gray, shape: [tiles, side, tiles, side]).cast(to: .float32) / 255
    let pictures = sheet.swappingAxes(1, 2).reshaped(to: [tiles * tiles, ImageSet.pixelCount])
    let classes = (0..<tiles * tiles).map { Int64($0 / (3 * tiles)) }
    return Samples(inputs: pictures, targets: Tensor(classes))
  }
}
