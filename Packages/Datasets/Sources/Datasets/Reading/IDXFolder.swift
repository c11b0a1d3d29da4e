internal import Files
internal import Glibc
public import Tensors

/// Pictures with labels from a folder of IDX files, as MNIST and Fashion-MNIST come.
///
/// inputs [count, rows, columns] from 0 to 1 → targets [count], int64 class indices. Nothing is ever downloaded.
public struct IDXFolder: Dataset {
  /// Which of the two halves of such a data set.
  public enum Part: String, Sendable, CaseIterable {
    /// The examples to learn from.
    case training = "train"
    /// The examples to judge by.
    case test = "t10k"
  }

  public let inputs: Tensor
  public let targets: Tensor
  /// The folder that was read.
  public let folder: String

  /// Reads one part of the data set.
  ///
  /// - Parameters:
  ///   - folder: Where the files are; nil takes the folder that the environment variable `WABE_DATA` names.
  ///   - classes: The number of classes; a label beyond is an error.
  ///   - limit: The most bytes of one unpacked file.
  public init(
    _ part: Part, in folder: String? = nil, classes: Int = 10, limit: Int = 2 << 30, dtype: DType = .float32
  ) throws(DataError) {
    let names = ["\(part.rawValue)-images-idx3-ubyte", "\(part.rawValue)-labels-idx1-ubyte"]
    guard let folder = folder ?? IDXFolder.folderOfEnvironment else { throw .missing(folder: nil, files: names) }
    let present = Set((try? Folder(folder).names) ?? [])
    func found(_ name: String) -> String? { [name, name + ".gz"].first(where: present.contains) }
    guard let imageName = found(names[0]), let labelName = found(names[1]) else {
      throw .missing(folder: folder, files: names.filter { found($0) == nil })
    }
    let (imagePath, labelPath) = (Folder(folder).file(imageName), Folder(folder).file(labelName))
    let images = try IDX.read(imagePath, limit: limit)
    let labels = try IDX.read(labelPath, limit: limit)
    guard images.dtype == .uint8, images.rank == 3 else {
      throw .format(
        path: imagePath, expected: "pictures: uint8 [count, rows, columns]", found: "\(images.dtype) \(images.shape)")
    }
    guard labels.dtype == .uint8, labels.shape == [images.shape[0]] else {
      throw .format(
        path: labelPath, expected: "one label per picture: uint8 [\(images.shape[0])]",
        found: "\(labels.dtype) \(labels.shape)")
    }
    if let wrong = labels.scalars(as: UInt8.self).first(where: { Int($0) >= classes }) {
      throw .format(path: labelPath, expected: "labels from 0 to \(classes - 1)", found: "\(wrong)")
    }
    inputs = images.cast(to: dtype) / 255
    targets = labels.cast(to: .int64)
    self.folder = folder
  }

  private static var folderOfEnvironment: String? {
    getenv("WABE_DATA").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
