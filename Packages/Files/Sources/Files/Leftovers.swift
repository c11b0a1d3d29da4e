internal import Glibc

/// Removes the unfinished files that killed processes left in a folder, and says how many.
///
/// Touched are only regular files of this user whose name says that an `AtomicWriter` made them, whose process is gone,
/// that are older than `minimumAge` seconds, and whose target `isOwn`.
public func removeLeftovers(
  in folder: String, minimumAge: Int = 60, operations: any FileOperations = SystemFiles(),
  where isOwn: (_ target: String) -> Bool
) throws(SaveError) -> Int {
  let directory: Int32
  do throws(SystemError) { directory = try operations.openDirectory(folder) } catch {
    throw SaveError(error, path: folder)
  }
  defer { try? operations.close(directory) }
  let names: [String]
  do throws(SystemError) { names = try operations.names(in: directory) } catch {
    throw SaveError(error, path: folder)
  }
  var removed = 0
  for name in names {
    guard let temporary = TemporaryName(name), isOwn(temporary.target), !isAlive(temporary.process) else { continue }
    guard let status = try? operations.status(of: name, in: directory) else { continue }
    guard status.kind == .file, status.owner == geteuid(), time(nil) - status.modified >= minimumAge else { continue }
    // Another process may sweep at the same time; what is gone is gone.
    if (try? operations.remove(name, in: directory)) != nil { removed += 1 }
  }
  return removed
}

// Signal 0 only asks; "not permitted" means that somebody else's process has the number.
private func isAlive(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno != ESRCH }
