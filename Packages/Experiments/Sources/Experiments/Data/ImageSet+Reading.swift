public import Datasets
internal import Files
public import Tensors

extension ImageSet {
  /// Reads the pictures from a folder, or draws digits where none is named.
  ///
  /// The files lie in the folder itself, or in `mnist` or `fashion` inside it: the four IDX files of the data set, plain
  /// or packed by gzip; for digits the two `t10k` files are enough; for clothes a sheet of 30 × 30 pictures will do,
  /// named `fashion-mnist-sprite.png`. A folder without any of these is an error. Nothing is ever downloaded.
  public init(_ kind: Kind, in folder: String?, using random: inout RandomSource) throws(DataError) {
    guard let folder else {
      let glyphs = Glyphs(count: 6_000, using: &random).mapInputs { $0.reshaped(to: [-1, Self.pixelCount]) }
      self.init(kind, .glyphs, train: glyphs[0..<4_800], test: glyphs[4_800..<6_000])
      return
    }
    do throws(LoadError) { _ = try Folder(folder).names } catch { throw .file(error) }
    for place in [Folder(folder).file(kind.folderName), folder] {
      let names = Set((try? Folder(place).names) ?? [])
      if let set = try ImageSet(kind, at: place, names, using: &random) {
        self = set
        return
      }
    }
    throw .missing(folder: folder, files: kind.lookedFor)
  }

  /// The set in one folder; nil where the folder has none of its files.
  private init?(
    _ kind: Kind, at place: String, _ names: Set<String>, using random: inout RandomSource
  ) throws(DataError) {
    func has(_ part: IDXFolder.Part) -> Bool {
      names.contains { $0.hasPrefix("\(part.rawValue)-") && $0.contains("-ubyte") }
    }
    if has(.training) {
      let test = try IDXFolder(.test, in: place).flat(in: place, as: kind)
      let train = try IDXFolder(.training, in: place).flat(in: place, as: kind)
      self.init(kind, kind == .digits ? .mnist : .fashionMNIST, train: train, test: test)
    } else if kind == .digits && has(.test) {
      let all = try IDXFolder(.test, in: place).flat(in: place, as: kind)
      let (train, test) = all.split(0.8, using: &random)
      self.init(kind, .mnistTestHalf, train: train, test: test)
    } else if kind == .clothes && names.contains(Sprite.fileName) {
      let (train, test) = try Sprite.read(Folder(place).file(Sprite.fileName))
        .split(7 / 9, stratified: true, using: &random)
      self.init(kind, .fashionSprite, train: train, test: test)
    } else {
      return nil
    }
  }
}

extension IDXFolder {
  /// The pictures as rows, if they are of the right size and not of the other data set.
  fileprivate func flat(in place: String, as kind: ImageSet.Kind) throws(DataError) -> Samples {
    guard inputs.shape[1] == ImageSet.side, inputs.shape[2] == ImageSet.side else {
      throw .format(
        path: place, expected: "pictures of \(ImageSet.side) × \(ImageSet.side) pixels",
        found: "\(inputs.shape[1]) × \(inputs.shape[2])")
    }
    let counts = targets.oneHot(classes: 10, dtype: .int64).sum(axis: 0).scalars(as: Int.self)
    if let other = ImageSet.Kind.allCases.first(where: { $0 != kind && $0.testCounts == counts }) {
      throw .format(
        path: place, expected: "\(kind.rawValue)",
        found: "\(other.rawValue): as many of each class as in the test half of that data set")
    }
    return mapInputs { $0.reshaped(to: [-1, ImageSet.pixelCount]) }
  }
}

extension ImageSet.Kind {
  /// The files that are looked for, as an error lists them.
  fileprivate var lookedFor: [String] {
    let places = "here or in \(folderName)/"
    let test = "t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte"
    return switch self {
    case .digits: ["\(test), with or without the two files that begin with train (\(places))"]
    case .clothes: ["\(test) and the two that begin with train, or \(Sprite.fileName) (\(places))"]
    }
  }
}
