internal import CHDF5

/// An open object of libhdf5, closed exactly once.
struct Handle: ~Copyable {
  typealias Close = @convention(c) (hid_t) -> herr_t

  let id: hid_t
  private let close: Close

  /// Takes what a call returned; throws when the call failed.
  init(_ id: hid_t, close: @escaping Close, _ operation: String, _ object: String) throws(HDF5Error) {
    self.id = try check(id, operation, object)
    self.close = close
  }

  // On the way out of an error there is nobody left to tell about a second one.
  deinit { _ = close(id) }

  /// Closes now and throws when that fails: libhdf5 reports many errors of writing only here.
  consuming func end(_ object: String) throws(HDF5Error) {
    let (id, close) = (self.id, self.close)
    discard self
    try check(close(id), "close", object)
  }
}
