import Glibc

/// Notices everything that happens to a folder and to the files in it, opening them included (Linux inotify).
public final class FolderWatch {
  private let queue: Int32

  /// Watches the folder at `path`; nil where the system does not offer it.
  public init?(_ path: String) {
    queue = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    let events = UInt32(
      IN_OPEN | IN_ACCESS | IN_MODIFY | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_MOVED_TO | IN_MOVED_FROM)
    if queue < 0 || inotify_add_watch(queue, path, events) < 0 { return nil }
  }

  deinit { close(queue) }

  /// Whether anything happened since the last time this was asked.
  public func happened() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    return read(queue, &buffer, buffer.count) > 0
  }
}
