internal import CHDF5
internal import CHDF5Memory
public import Files

/// A finished HDF5 file whose arrays still lie where they were: libhdf5 decides where everything goes and writes the
/// description; the numbers go from their own memory straight to the disk.
///
/// The same content gives the same bytes: nothing depends on the time or the process.
public struct HDF5Layout: Sendable {
  /// The length of the file.
  public let byteCount: Int
  private let pages: [(address: Int, bytes: [UInt8])]
  private let extents: [(address: Int, array: NamedArray)]

  /// Lays out a file.
  public init(_ content: HDF5Content) throws(HDF5Error) {
    self = try Library.use { driver throws(HDF5Error) in
      guard let image = wabe_image_create() else {
        throw .library(operation: "create", object: "/", text: "no memory")
      }
      defer { wabe_image_free(image) }
      let extents = try describe(content, on: image, driver: driver)
      return HDF5Layout(image: image, extents: extents)
    }
  }

  private init(image: OpaquePointer, extents: [(address: Int, array: NamedArray)]) {
    byteCount = Int(wabe_image_end(image))
    self.extents = extents.sorted { $0.address < $1.address }
    pages = (0..<wabe_image_page_count(image)).map { index in
      var bytes: UnsafePointer<UInt8>?
      var count = 0
      let address = wabe_image_page(image, index, &bytes, &count)
      return (Int(address), Array(UnsafeBufferPointer(start: bytes, count: count)))
    }
  }

  /// Writes the whole file, or stops at the first array that must be finite and is not.
  public func write(
    into sink: inout FileSink, requiringFinite isRequired: (NamedArray) -> Bool = { _ in false }
  ) throws(SaveError) {
    for part in pieces {
      switch part {
      case .description(let bytes): try sink.append(bytes)
      case .array(let array):
        let count = try sink.append(counting: array)
        if count > 0, isRequired(array) { throw .nonFinite(path: sink.path, name: array.name, count: count) }
      }
    }
  }

  /// The file in order: descriptions and arrays by turns.
  public var parts: [any ByteSource] {
    pieces.map { piece in
      switch piece {
      case .description(let bytes): bytes
      case .array(let array): array.bytes
      }
    }
  }

  private enum Piece {
    case description(ByteArray)
    case array(NamedArray)
  }

  private var pieces: [Piece] {
    var pieces: [Piece] = []
    var end = 0
    for (address, array) in extents {
      if address > end { pieces.append(.description(ByteArray(description(of: end..<address)))) }
      pieces.append(.array(array))
      end = address + array.bytes.byteCount
    }
    if byteCount > end { pieces.append(.description(ByteArray(description(of: end..<byteCount)))) }
    return pieces
  }

  // What libhdf5 wrote into this part of the file; zeros where it wrote nothing.
  private func description(of range: Range<Int>) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: range.count)
    for (address, bytes) in pages {
      let shared = range.clamped(to: address..<address + bytes.count)
      for position in shared { result[position - range.lowerBound] = bytes[position - address] }
    }
    return result
  }
}

private func describe(
  _ content: HDF5Content, on image: OpaquePointer, driver: hid_t
) throws(HDF5Error) -> [(address: Int, array: NamedArray)] {
  let lists = try PropertyLists(image: image, driver: driver)
  let file = try Handle(
    H5Fcreate("memory", wabe_h5f_create(), lists.fileCreation.id, lists.access.id), close: H5Fclose, "create", "/")
  var tree = TreeWriter(file: file.id, groupCreation: lists.group.id)
  for group in content.groups.sorted() { try tree.makeGroups(group) }
  var extents: [(address: Int, array: NamedArray)] = []
  for array in content.arrays.sorted(by: { $0.name < $1.name }) {
    let address = try tree.makeArray(array, creation: lists.array.id)
    if array.bytes.byteCount > 0 { extents.append((address, array)) }
  }
  for attribute in content.attributes { try tree.note(attribute) }
  try check(H5Fflush(file.id, H5F_SCOPE_GLOBAL), "flush", "/")
  let open = try check(H5Fget_obj_count(file.id, wabe_h5f_all_objects()), "count open objects", "/")
  if open != 1 { throw .inconsistent(object: "/", text: "\(open - 1) objects stayed open") }
  try file.end("/")
  return extents
}

/// The property lists of a reproducible file: no times, contiguous arrays whose space is reserved but not filled.
private struct PropertyLists: ~Copyable {
  let access, fileCreation, group, array: Handle

  init(image: OpaquePointer, driver: hid_t) throws(HDF5Error) {
    let access = try Handle(H5Pcreate(wabe_h5p_file_access()), close: H5Pclose, "create", "access list")
    let fileCreation = try Handle(H5Pcreate(wabe_h5p_file_create()), close: H5Pclose, "create", "file list")
    let group = try Handle(H5Pcreate(wabe_h5p_group_create()), close: H5Pclose, "create", "group list")
    let array = try Handle(H5Pcreate(wabe_h5p_dataset_create()), close: H5Pclose, "create", "array list")
    if !wabe_image_use(access.id, driver, image) {
      throw .library(operation: "choose the memory driver", object: "/", text: "refused")
    }
    // Checksummed descriptions that every HDF5 since 1.8 (2008) reads.
    try check(H5Pset_libver_bounds(access.id, H5F_LIBVER_V18, H5F_LIBVER_V110), "choose the version", "/")
    for list in [fileCreation.id, group.id, array.id] {
      try check(H5Pset_obj_track_times(list, false), "leave times out", "/")
    }
    try check(H5Pset_layout(array.id, H5D_CONTIGUOUS), "choose the layout", "/")
    try check(H5Pset_alloc_time(array.id, H5D_ALLOC_TIME_EARLY), "reserve space", "/")
    try check(H5Pset_fill_time(array.id, H5D_FILL_TIME_NEVER), "leave space unfilled", "/")
    // Last and together: a half-made value of non-copyable parts could not be taken apart when a call above throws.
    self.access = access
    self.fileCreation = fileCreation
    self.group = group
    self.array = array
  }
}
