internal import CHDF5
internal import CHDF5Memory
internal import Synchronization

/// The one libhdf5 of the process: prepared once, used by one thread at a time, never printing.
enum Library {
  private struct State {
    var driver: hid_t?
  }

  // The library keeps global state of its own, so its lock is necessarily one per process.
  private static let state = Mutex(State())

  /// Runs `body` with the library ready; `driver` opens files in memory.
  static func use<Result>(_ body: (_ driver: hid_t) throws(HDF5Error) -> Result) throws(HDF5Error) -> Result {
    var outcome: Swift.Result<Result, HDF5Error>?
    state.withLock { state in
      do throws(HDF5Error) {
        let driver = try prepare(&state)
        outcome = .success(try body(driver))
      } catch { outcome = .failure(error) }
    }
    guard let outcome else { fatalError("HDF5: the body of a locked section did not run") }
    return try outcome.get()
  }

  private static func prepare(_ state: inout State) throws(HDF5Error) -> hid_t {
    // Printing is a setting of each thread; a new thread would print.
    H5Eset_auto2(wabe_h5e_default(), nil, nil)
    if let driver = state.driver { return driver }
    // Without this, a process in which a write failed dies at exit. It must come before everything else.
    _ = H5dont_atexit()
    try check(H5open(), "start the library", "HDF5")
    H5Eset_auto2(wabe_h5e_default(), nil, nil)
    try check(H5PLset_loading_state(0), "turn plugins off", "HDF5")
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    try check(H5get_libversion(&major, &minor, &release), "ask for the version", "HDF5")
    if (major, minor) < (1, 10) {
      throw .library(
        operation: "use the library", object: "HDF5", text: "version \(major).\(minor) is older than 1.10")
    }
    let driver = try check(wabe_image_driver(), "register the memory driver", "HDF5")
    state.driver = driver
    return driver
  }
}

/// Passes a result of libhdf5 on, or throws with the library's explanation when it is negative.
@discardableResult
func check<Number: SignedInteger>(
  _ result: Number, _ operation: String, _ object: String
) throws(HDF5Error) -> Number {
  if result < 0 { throw .library(operation: operation, object: object, text: explanation()) }
  return result
}

// The library keeps its errors as a stack; the innermost entry comes last and says the most.
private func explanation() -> String {
  var text = ""
  withUnsafeMutablePointer(to: &text) { pointer in
    _ = H5Ewalk2(
      wabe_h5e_default(), H5E_WALK_DOWNWARD,
      { _, entry, context in
        guard let entry, let context, let words = entry.pointee.desc else { return 0 }
        let text = context.assumingMemoryBound(to: String.self)
        guard text.pointee.utf8.count < 4096 else { return 0 }
        if !text.pointee.isEmpty { text.pointee += "; " }
        text.pointee += String(cString: words)
        return 0
      }, pointer)
  }
  _ = H5Eclear2(wabe_h5e_default())
  return text.isEmpty ? "no explanation" : text
}
