public import Files

/// What an HDF5 file holds, as plain values: arrays and short notes, under paths such as `model/hidden.weight`.
public struct HDF5Content: Sendable {
  /// A short note on a group or an array.
  public struct Attribute: Sendable, Equatable {
    /// The path of the object; empty for the file itself.
    public var object: String
    /// The name of the note.
    public var name: String
    /// What it says.
    public var value: Value

    /// A note on the object at path `object`.
    public init(on object: String = "", _ name: String, _ value: Value) {
      self.object = object
      self.name = name
      self.value = value
    }
  }

  /// What an attribute says.
  public enum Value: Sendable, Equatable {
    /// A text or a number.
    case text(String), integer(Int64), number(Double)
  }

  /// Arrays; the name is the path from the root, its parts divided by `/`.
  public var arrays: [NamedArray]
  /// Groups that exist even when no array lies in them.
  public var groups: [String]
  /// Notes on the file, its groups and its arrays.
  public var attributes: [Attribute]

  /// Collects the content of a file.
  public init(arrays: [NamedArray] = [], groups: [String] = [], attributes: [Attribute] = []) {
    self.arrays = arrays
    self.groups = groups
    self.attributes = attributes
  }
}

/// Whether this is accepted as the name of a group, array or attribute.
public func isAcceptedName(_ name: some StringProtocol) -> Bool {
  guard (1...200).contains(name.utf8.count), name != ".", name != ".." else { return false }
  return name.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
    default: false
    }
  }
}
