internal import CHDF5
public import Files

extension HDF5Content {
  /// Reads the arrays of a file that somebody else wrote: compressed, in pieces and big-endian ones too.
  ///
  /// libhdf5 is not hardened against hostile bytes: call this only in a process of its own that may die (the program
  /// `wabe-h5read`). Links to elsewhere, storage in other files and virtual arrays are refused; attributes are left out.
  ///
  /// - Parameter budget: the most bytes that all arrays together may take.
  public init(leniently file: FileBytes, budget: Int) throws(HDF5Error) {
    self = try file.withBytes { bytes throws(HDF5Error) in
      try Library.use { driver throws(HDF5Error) in
        try withFile(over: bytes, driver: driver) { id throws(HDF5Error) in
          var reader = LenientReader(budget: budget)
          try reader.walk(id, path: "", depth: 0)
          return reader.content
        }
      }
    }
  }
}

private struct LenientReader {
  var content = HDF5Content()
  private var budget: Int
  private var objects = 0

  init(budget: Int) { self.budget = budget }

  mutating func walk(_ group: hid_t, path: String, depth: Int) throws(HDF5Error) {
    let shown = path.isEmpty ? "/" : path
    if depth > HDF5Content.Limits.depth { throw .forbidden(object: shown, feature: "a group so deep") }
    for name in try linkNames(in: group, path: shown, accepting: isPrintableName) {
      let inner = path.isEmpty ? name : "\(path)/\(name)"
      objects += 1
      if objects > HDF5Content.Limits.objects { throw .forbidden(object: inner, feature: "so many objects") }
      let object = try Handle(H5Oopen(group, name, wabe_h5p_default()), close: H5Oclose, "open", inner)
      switch H5Iget_type(object.id) {
      case H5I_GROUP:
        content.groups.append(inner)
        try walk(object.id, path: inner, depth: depth + 1)
      case H5I_DATASET: try readArray(object.id, path: inner)
      default: throw .forbidden(object: inner, feature: "an object that is neither group nor array")
      }
    }
  }

  private mutating func readArray(_ dataset: hid_t, path: String) throws(HDF5Error) {
    let list = try Handle(H5Dget_create_plist(dataset), close: H5Pclose, "inspect", path)
    let external = try check(H5Pget_external_count(list.id), "inspect", path)
    if external != 0 { throw .forbidden(object: path, feature: "storage in another file") }
    guard [H5D_CONTIGUOUS, H5D_CHUNKED, H5D_COMPACT].contains(H5Pget_layout(list.id)) else {
      throw .forbidden(object: path, feature: "an array that lies in other files")
    }
    let shape = try readShape(of: dataset, path: path, mayGrow: true)
    let type = try readType(of: dataset, path: path)
    guard let count = type.byteCount(of: shape), count <= budget else {
      throw .forbidden(object: path, feature: "\(type.rawValue) \(shape), more than the budget of \(budget) bytes,")
    }
    budget -= count
    var numbers = [UInt8](repeating: 0, count: count)
    if count > 0 {
      // libhdf5 converts byte order and width on the way.
      let target = try elementType(type, path)
      try check(
        H5Dread(dataset, target, wabe_h5s_all(), wabe_h5s_all(), wabe_h5p_default(), &numbers), "read", path)
    }
    content.arrays.append(NamedArray(name: path, type: type, shape: shape, bytes: ByteArray(numbers)))
  }

  /// The narrowest of our types that holds every number of the stored type.
  private func readType(of dataset: hid_t, path: String) throws(HDF5Error) -> ElementType {
    let type = try Handle(H5Dget_type(dataset), close: H5Tclose, "inspect the numbers", path)
    let (size, isSigned) = (H5Tget_size(type.id), H5Tget_sign(type.id) == H5T_SGN_2)
    switch (H5Tget_class(type.id), size) {
    case (H5T_FLOAT, 1...4): return .float32
    case (H5T_FLOAT, 5...8): return .float64
    case (H5T_INTEGER, 1) where !isSigned: return .uint8
    case (H5T_INTEGER, 1...4) where isSigned, (H5T_INTEGER, 1...2): return .int32
    case (H5T_INTEGER, 5...8) where isSigned, (H5T_INTEGER, 3...4): return .int64
    default: throw .forbidden(object: path, feature: "this type of numbers")
    }
  }
}

/// Names of others may have colons and spaces, as `kernel:0` in old Keras files, but nothing invisible.
private func isPrintableName(_ name: String) -> Bool {
  (1...200).contains(name.utf8.count) && name != "." && name != ".."
    && name.utf8.allSatisfy { (0x20..<0x7f).contains($0) && $0 != UInt8(ascii: "/") }
}
