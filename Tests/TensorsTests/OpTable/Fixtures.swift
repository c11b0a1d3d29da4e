import Foundation
import TestSupport

/// Where the golden data and the sources lie, found from this file: the tests run from a checkout.
enum Fixtures {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The golden data that `Scripts/fixtures/tensors.py` made, or what is wrong with them.
  static let golden = Result { try Golden(folder: root.appending(path: "Tests/Fixtures/Tensors")) }
}
