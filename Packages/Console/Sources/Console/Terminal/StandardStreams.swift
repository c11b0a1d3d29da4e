#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import Synchronization

/// The first error of a standard stream. It belongs to the process, like the streams themselves.
private enum StandardStreams {
  static let failure = Atomic<Int32>(0)
}

/// Writes all of the text to a standard stream, after what `print` still holds back.
func writeAll(_ text: String, to descriptor: Int32) {
  // `print` collects what goes to a file or pipe; the order of the lines is kept by sending that first.
  if fflush(nil) != 0 { note(errno, of: STDOUT_FILENO) }
  var text = text
  text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      #if canImport(Glibc)
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #else
      let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN {
        // A descriptor shared with a program that made it non-blocking: wait until it takes more.
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
      } else if errno != EINTR {
        return note(errno, of: descriptor)
      }
    }
  }
}

/// Sends what `print` holds back and says what has gone wrong with standard output so far, apart from a closed pipe.
func standardOutputFailure() -> String? {
  if fflush(nil) != 0 { note(errno, of: STDOUT_FILENO) }
  let code = StandardStreams.failure.load(ordering: .relaxed)
  return code == 0 ? nil : String(cString: strerror(code))
}

/// Remembers a failure of standard output. What happens to complaints on standard error can be told to nobody.
private func note(_ code: Int32, of descriptor: Int32) {
  guard descriptor == STDOUT_FILENO else { return }
  if code == EPIPE {
    Interruption.outputWasClosed()
  } else {
    _ = StandardStreams.failure.compareExchange(expected: 0, desired: code, ordering: .relaxed)
  }
}
