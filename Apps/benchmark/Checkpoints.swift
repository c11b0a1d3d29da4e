internal import Checkpoints
internal import Modules
internal import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Saving and loading 25 float32 tensors of 1024 × 1024 with everything that makes it safe: digest, synchronization of
/// file and folder, renaming; verification of every byte before anything is loaded.
var checkpointWorkloads: [Workload] {
  [
    Workload(name: "checkpoint-100MB-save", unit: .microseconds, work: "save and synchronize 100 MB") {
      let model = Matrices()
      return { save(model) }
    },
    Workload(name: "checkpoint-100MB-load", unit: .microseconds, work: "verify and load 100 MB") {
      var model = Matrices()
      save(model)
      return {
        do { try Checkpoint.load(checkpointPath, into: &model) } catch { stop("\(error)") }
      }
    },
  ]
}

/// Where the file is written: on the disk that programs use for such files.
private var checkpointPath: String {
  "\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/wabe-benchmark-\(getpid()).h5"
}

/// Removes what the workloads wrote.
func removeCheckpoint() { unlink(checkpointPath) }

private func save(_ model: Matrices) {
  do { try Checkpoint.save(model, to: checkpointPath) } catch { stop("\(error)") }
}

/// A model of 100 MB.
private struct Matrices: Module {
  var matrices = (0..<25).map { _ in scattered([1024, 1024]) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    for index in matrices.indices { visitor.parameter("\(index)", &matrices[index]) }
  }
}
