public import Datasets

/// Small gray pictures in ten classes, in the form the sheets use them: flat rows of numbers from 0 to 1.
///
/// inputs [count, 784], float32 → targets [count], int64 class indices.
public struct ImageSet: Sendable {
  /// What the pictures show.
  public enum Kind: String, Sendable, CaseIterable {
    /// Handwritten digits, as in MNIST.
    case digits
    /// Pieces of clothing, as in Fashion-MNIST.
    case clothes
  }

  /// Where the pictures come from; thresholds are measured for each of these.
  public enum Source: String, Sendable, CaseIterable {
    /// All of MNIST: 60,000 digits to learn from and 10,000 to judge by.
    case mnist
    /// The test half of MNIST alone, divided at random into 8,000 and 2,000 digits.
    case mnistTestHalf
    /// All of Fashion-MNIST: 60,000 pieces to learn from and 10,000 to judge by.
    case fashionMNIST
    /// A sheet of 900 pieces of Fashion-MNIST, divided at random into 700 and 200, equally many of each class.
    case fashionSprite
    /// Drawn digits, 4,800 to learn from and 1,200 to judge by; no file is needed for them.
    case glyphs
  }

  /// What was asked for.
  public let kind: Kind
  /// Where the pictures come from.
  public let source: Source
  /// The pictures to learn from.
  public let train: Samples
  /// The pictures to judge by.
  public let test: Samples

  /// The number of rows, and of columns, of a picture.
  public static let side = 28
  /// The number of pixels of a picture.
  public static let pixelCount = side * side

  /// The number of classes.
  public var classCount: Int { classNames.count }

  /// What the classes are called. Drawn digits stand in for clothes too, and keep their own names.
  public var classNames: [String] { source == .glyphs ? Kind.digits.classNames : kind.classNames }

  init(_ kind: Kind, _ source: Source, train: Samples, test: Samples) {
    self.kind = kind
    self.source = source
    self.train = train
    self.test = test
  }

  /// Where the pictures come from and how many there are, in a sentence.
  public var sentence: String {
    let counts = "\(train.count) to learn from and \(test.count) to judge by"
    return switch source {
    case .mnist: "The pictures are the digits of MNIST: \(counts)."
    case .mnistTestHalf: "The pictures are the digits of MNIST's test half, divided at random: \(counts)."
    case .fashionMNIST: "The pictures are the clothes of Fashion-MNIST: \(counts)."
    case .fashionSprite:
      "The pictures are \(train.count + test.count) clothes of Fashion-MNIST, divided at random: \(counts)."
    case .glyphs:
      "No folder with data was named (`--data`, or the variable `WABE_DATA`), so the pictures are digits that the "
        + "program draws itself, each turned, sheared, shifted and noisy in its own way: \(counts)."
    }
  }
}

extension ImageSet.Kind {
  /// What the classes are called, in the order of their numbers.
  public var classNames: [String] {
    switch self {
    case .digits: (0...9).map(String.init)
    case .clothes:
      ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
    }
  }

  /// The folder inside the data folder that belongs to this kind alone.
  var folderName: String {
    switch self {
    case .digits: "mnist"
    case .clothes: "fashion"
    }
  }

  /// How often each class occurs in the test half of the original: both data sets have files of the same names, and
  /// this tells them apart.
  var testCounts: [Int] {
    switch self {
    case .digits: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    case .clothes: Array(repeating: 1000, count: 10)
    }
  }
}
