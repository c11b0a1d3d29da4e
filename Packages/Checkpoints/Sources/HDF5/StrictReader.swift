internal import CHDF5
internal import CHDF5Memory
public import Files

extension HDF5Content {
  /// The bounds of what is accepted from a file.
  enum Limits {
    static let depth = 16
    static let objects = 20_000
    static let axes = 8
    static let attributes = 64
    static let attributeBytes = 1 << 20
  }

  /// Reads an HDF5 file that is in memory, accepting only groups and plain arrays without filters, links or references.
  ///
  /// The arrays share the file's memory. Call it only with bytes whose digest was checked: libhdf5 is not hardened
  /// against arbitrary bytes.
  public init(strictly file: FileBytes) throws(HDF5Error) {
    self = try file.withBytes { bytes throws(HDF5Error) in
      try Library.use { driver throws(HDF5Error) in
        try withFile(over: bytes, driver: driver) { id throws(HDF5Error) in
          var reader = StrictReader(file: file)
          try reader.walk(id, path: "", depth: 0)
          return reader.content
        }
      }
    }
  }
}

/// Opens a file on memory for the duration of `body`.
func withFile<Result>(
  over bytes: UnsafeRawBufferPointer, driver: hid_t, _ body: (hid_t) throws(HDF5Error) -> Result
) throws(HDF5Error) -> Result {
  guard let image = wabe_image_over(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count) else {
    throw .library(operation: "open", object: "/", text: "no memory")
  }
  defer { wabe_image_free(image) }
  let access = try Handle(H5Pcreate(wabe_h5p_file_access()), close: H5Pclose, "create", "access list")
  if !wabe_image_use(access.id, driver, image) {
    throw .library(operation: "choose the memory driver", object: "/", text: "refused")
  }
  let file = try Handle(H5Fopen("memory", wabe_h5f_read(), access.id), close: H5Fclose, "open", "/")
  let result = try body(file.id)
  try file.end("/")
  return result
}

/// The one door for arrays in our own files (RELIABILITY's allow-list).
private struct StrictReader {
  let file: FileBytes
  var content = HDF5Content()
  private var seen: Set<UInt> = []
  private var total = 0

  init(file: FileBytes) { self.file = file }

  /// Reads a group, or the file itself, and everything below.
  mutating func walk(_ group: hid_t, path: String, depth: Int) throws(HDF5Error) {
    let shown = path.isEmpty ? "/" : path
    if depth > HDF5Content.Limits.depth { throw .forbidden(object: shown, feature: "a group so deep") }
    try readAttributes(of: group, path: path)
    for name in try linkNames(in: group, path: shown) {
      let inner = path.isEmpty ? name : "\(path)/\(name)"
      let object = try Handle(H5Oopen(group, name, wabe_h5p_default()), close: H5Oclose, "open", inner)
      var information = H5O_info_t()
      try check(H5Oget_info1(object.id, &information), "inspect", inner)
      if information.rc != 1 { throw .forbidden(object: inner, feature: "an object under several names") }
      guard seen.insert(UInt(information.addr)).inserted else {
        throw .forbidden(object: inner, feature: "an object under several names")
      }
      if seen.count > HDF5Content.Limits.objects { throw .forbidden(object: inner, feature: "so many objects") }
      switch information.type {
      case H5O_TYPE_GROUP:
        content.groups.append(inner)
        try walk(object.id, path: inner, depth: depth + 1)
      case H5O_TYPE_DATASET:
        try readArray(object.id, path: inner)
        try readAttributes(of: object.id, path: inner)
      default: throw .forbidden(object: inner, feature: "an object that is neither group nor array")
      }
    }
  }

  private mutating func readArray(_ dataset: hid_t, path: String) throws(HDF5Error) {
    try checkStorage(of: dataset, path: path)
    let shape = try readShape(of: dataset, path: path)
    let type = try readType(of: dataset, path: path)
    guard let count = type.byteCount(of: shape), Int(exactly: H5Dget_storage_size(dataset)) == count else {
      throw .inconsistent(object: path, text: "the space does not fit the shape \(shape)")
    }
    total += count
    let start = count == 0 ? 0 : Int(exactly: H5Dget_offset(dataset)) ?? -1
    guard total <= file.byteCount, start >= 0, start <= file.byteCount - count,
      let bytes = file.part(start..<start + count)
    else { throw .inconsistent(object: path, text: "the numbers lie outside the file") }
    content.arrays.append(NamedArray(name: path, type: type, shape: shape, bytes: bytes))
  }

  private func checkStorage(of dataset: hid_t, path: String) throws(HDF5Error) {
    let list = try Handle(H5Dget_create_plist(dataset), close: H5Pclose, "inspect", path)
    if H5Pget_layout(list.id) != H5D_CONTIGUOUS { throw .forbidden(object: path, feature: "a layout in pieces") }
    let filters = try check(H5Pget_nfilters(list.id), "inspect", path)
    if filters != 0 { throw .forbidden(object: path, feature: "a filter") }
    let external = try check(H5Pget_external_count(list.id), "inspect", path)
    if external != 0 { throw .forbidden(object: path, feature: "storage in another file") }
  }

  private func readType(of dataset: hid_t, path: String) throws(HDF5Error) -> ElementType {
    let type = try Handle(H5Dget_type(dataset), close: H5Tclose, "inspect the numbers", path)
    let accepted: [ElementType] = [.float32, .float64, .int32, .int64, .uint8]
    for candidate in accepted {
      let equal = try check(H5Tequal(type.id, try elementType(candidate, path)), "compare types", path)
      if equal > 0 { return candidate }
    }
    throw .forbidden(object: path, feature: "this type of numbers")
  }

  private mutating func readAttributes(of object: hid_t, path: String) throws(HDF5Error) {
    let shown = path.isEmpty ? "/" : path
    var information = H5O_info_t()
    try check(H5Oget_info1(object, &information), "inspect", shown)
    if information.num_attrs > HDF5Content.Limits.attributes {
      throw .forbidden(object: shown, feature: "more than \(HDF5Content.Limits.attributes) notes")
    }
    for index in 0..<information.num_attrs {
      content.attributes.append(try readAttribute(UInt64(index), of: object, path: path))
    }
  }
}
