internal import CHDF5
internal import Files

/// Creates groups, arrays and notes in an open file.
struct TreeWriter {
  let file: hid_t
  let groupCreation: hid_t
  private var made: Set<String> = []

  init(file: hid_t, groupCreation: hid_t) {
    self.file = file
    self.groupCreation = groupCreation
  }

  /// Creates the groups along a path that do not exist yet.
  mutating func makeGroups(_ path: some StringProtocol) throws(HDF5Error) {
    var current = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      guard isAcceptedName(part) else { throw .badName(String(path)) }
      current += current.isEmpty ? String(part) : "/" + part
      guard made.insert(current).inserted else { continue }
      let id = H5Gcreate2(file, current, wabe_h5p_default(), groupCreation, wabe_h5p_default())
      try Handle(id, close: H5Gclose, "create the group", current).end(current)
    }
  }

  /// Reserves the space of an array and returns where it lies in the file.
  mutating func makeArray(_ array: NamedArray, creation: hid_t) throws(HDF5Error) -> Int {
    let path = array.name
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard isAcceptedName(name) else { throw .badName(path) }
    let folder = path.dropLast(name.count)
    if !folder.isEmpty { try makeGroups(folder.dropLast()) }
    let space = try makeSpace(array.shape, path)
    let type = try elementType(array.type, path)
    let id = H5Dcreate2(file, path, type, space.id, wabe_h5p_default(), creation, wabe_h5p_default())
    let dataset = try Handle(id, close: H5Dclose, "create the array", path)
    let address = H5Dget_offset(dataset.id)
    if address == wabe_h5_no_address(), array.bytes.byteCount > 0 {
      throw .library(operation: "reserve space", object: path, text: "no address")
    }
    try dataset.end(path)
    try space.end(path)
    return array.bytes.byteCount > 0 ? Int(address) : 0
  }

  private func makeSpace(_ shape: [Int], _ path: String) throws(HDF5Error) -> Handle {
    if shape.count > 8 { throw .forbidden(object: path, feature: "an array of more than 8 axes") }
    if shape.isEmpty { return try Handle(H5Screate(H5S_SCALAR), close: H5Sclose, "describe the shape", path) }
    let sizes = shape.map(hsize_t.init)
    return try Handle(
      H5Screate_simple(Int32(sizes.count), sizes, nil), close: H5Sclose, "describe the shape", path)
  }

  /// Writes a note; texts are of fixed length, because variable-length texts are where libhdf5 meets hostile bytes worst.
  func note(_ attribute: HDF5Content.Attribute) throws(HDF5Error) {
    let path = attribute.object.isEmpty ? "/" : attribute.object
    guard isAcceptedName(attribute.name) else { throw .badName(attribute.name) }
    let object = try Handle(H5Oopen(file, path, wabe_h5p_default()), close: H5Oclose, "open", path)
    switch attribute.value {
    case .text(let text):
      let type = try Handle(H5Tcopy(wabe_h5t_string()), close: H5Tclose, "describe the text", path)
      let bytes = Array(text.utf8) + [0]
      try check(H5Tset_size(type.id, bytes.count), "describe the text", path)
      try check(H5Tset_cset(type.id, H5T_CSET_UTF8), "describe the text", path)
      try write(bytes, type: type.id, name: attribute.name, on: object.id, path)
      try type.end(path)
    case .integer(let number):
      try write([number], type: wabe_h5t_int64(), name: attribute.name, on: object.id, path)
    case .number(let number):
      try write([number], type: wabe_h5t_float64(), name: attribute.name, on: object.id, path)
    }
    try object.end(path)
  }

  private func write<Value: BitwiseCopyable>(
    _ values: [Value], type: hid_t, name: String, on object: hid_t, _ path: String
  ) throws(HDF5Error) {
    let space = try makeSpace([], path)
    let id = H5Acreate2(object, name, type, space.id, wabe_h5p_default(), wabe_h5p_default())
    let attribute = try Handle(id, close: H5Aclose, "create the note \(name)", path)
    try check(H5Awrite(attribute.id, type, values), "write the note \(name)", path)
    try attribute.end(path)
    try space.end(path)
  }
}

/// The type of libhdf5 for numbers in a file; truth values are stored as bytes.
func elementType(_ type: ElementType, _ path: String) throws(HDF5Error) -> hid_t {
  switch type {
  case .float32: wabe_h5t_float32()
  case .float64: wabe_h5t_float64()
  case .int32: wabe_h5t_int32()
  case .int64: wabe_h5t_int64()
  case .uint8, .bool: wabe_h5t_uint8()
  case .float16, .bfloat16: throw .forbidden(object: path, feature: "an array of \(type.rawValue)")
  }
}
