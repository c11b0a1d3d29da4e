internal import CHDF5

/// The names of the links in a group, all of them hard and of accepted names.
func linkNames(
  in group: hid_t, path: String, accepting isAccepted: (String) -> Bool = { isAcceptedName($0) }
) throws(HDF5Error) -> [String] {
  var information = H5G_info_t()
  try check(H5Gget_info(group, &information), "list", path)
  if information.nlinks > HDF5Content.Limits.objects { throw .forbidden(object: path, feature: "so many objects") }
  var names: [String] = []
  for index in 0..<information.nlinks {
    var link = H5L_info_t()
    let list = wabe_h5p_default()
    try check(
      H5Lget_info_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, index, &link, list), "inspect a link of", path)
    if link.type != H5L_TYPE_HARD { throw .forbidden(object: path, feature: "a link to elsewhere") }
    var buffer = [CChar](repeating: 0, count: 256)
    let length = try check(
      H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, index, &buffer, buffer.count, list),
      "name a link of", path)
    names.append(try acceptedName(buffer, length: length, path: path, isAccepted))
  }
  return names
}

/// The sizes of the axes of an array.
func readShape(of dataset: hid_t, path: String, mayGrow: Bool = false) throws(HDF5Error) -> [Int] {
  let space = try Handle(H5Dget_space(dataset), close: H5Sclose, "inspect the shape", path)
  let kind = H5Sget_simple_extent_type(space.id)
  if kind == H5S_SCALAR { return [] }
  if kind != H5S_SIMPLE { throw .forbidden(object: path, feature: "an array without a shape") }
  let rank = Int(try check(H5Sget_simple_extent_ndims(space.id), "inspect the shape", path))
  if rank > HDF5Content.Limits.axes { throw .forbidden(object: path, feature: "an array of \(rank) axes") }
  var sizes = [hsize_t](repeating: 0, count: max(rank, 1))
  var largest = sizes
  try check(H5Sget_simple_extent_dims(space.id, &sizes, &largest), "inspect the shape", path)
  if !mayGrow, sizes != largest { throw .forbidden(object: path, feature: "an array that can grow") }
  var shape: [Int] = []
  for size in sizes.prefix(rank) {
    guard let size = Int(exactly: size) else { throw .forbidden(object: path, feature: "an axis of \(size)") }
    shape.append(size)
  }
  return shape
}

/// One note of an object, by its place in the alphabetical order.
func readAttribute(_ index: UInt64, of object: hid_t, path: String) throws(HDF5Error) -> HDF5Content.Attribute {
  let shown = path.isEmpty ? "/" : path
  let list = wabe_h5p_default()
  let id = H5Aopen_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, hsize_t(index), list, list)
  let attribute = try Handle(id, close: H5Aclose, "open a note of", shown)
  var buffer = [CChar](repeating: 0, count: 256)
  let length = try check(H5Aget_name(attribute.id, buffer.count, &buffer), "name a note of", shown)
  let name = try acceptedName(buffer, length: length, path: shown)
  let space = try Handle(H5Aget_space(attribute.id), close: H5Sclose, "inspect a note of", shown)
  let type = try Handle(H5Aget_type(attribute.id), close: H5Tclose, "inspect a note of", shown)
  let size = H5Tget_size(type.id)
  guard H5Sget_simple_extent_type(space.id) == H5S_SCALAR, (1...HDF5Content.Limits.attributeBytes).contains(size) else {
    throw .forbidden(object: shown, feature: "a note that is not one short value")
  }
  let value = try readValue(of: attribute.id, type: type.id, size: size, path: shown)
  return HDF5Content.Attribute(on: path, name, value)
}

private func readValue(
  of attribute: hid_t, type: hid_t, size: Int, path: String
) throws(HDF5Error) -> HDF5Content.Value {
  switch H5Tget_class(type) {
  case H5T_STRING:
    if try check(H5Tis_variable_str(type), "inspect a note of", path) != 0 {
      throw .forbidden(object: path, feature: "a text of variable length")
    }
    var bytes = [UInt8](repeating: 0, count: size)
    try check(H5Aread(attribute, type, &bytes), "read a note of", path)
    return .text(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
  case H5T_INTEGER where size <= 8:
    var number: Int64 = 0
    try check(H5Aread(attribute, wabe_h5t_int64(), &number), "read a note of", path)
    return .integer(number)
  case H5T_FLOAT where size <= 8:
    var number: Double = 0
    try check(H5Aread(attribute, wabe_h5t_float64(), &number), "read a note of", path)
    return .number(number)
  default: throw .forbidden(object: path, feature: "a note of this type")
  }
}

private func acceptedName(
  _ buffer: [CChar], length: Int, path: String, _ isAccepted: (String) -> Bool = { isAcceptedName($0) }
) throws(HDF5Error) -> String {
  let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  let name = String(decoding: bytes, as: UTF8.self)
  guard length == bytes.count, isAccepted(name) else {
    throw .forbidden(object: path, feature: "an object with an unusual name")
  }
  return name
}
