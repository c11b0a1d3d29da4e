public import Datasets
internal import Tensors

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension Run {
  /// The pictures of this run, and a sentence in the answer that says which they are.
  ///
  /// They are read from the folder that the user named, or that the variable `WABE_DATA` names; where there is neither,
  /// digits are drawn. The same seed gives the same pictures to all experiments.
  public mutating func images(_ kind: ImageSet.Kind) throws(DataError) -> ImageSet {
    var random = RandomSource(seed: seed).stream("images")
    let set = try ImageSet(kind, in: settings.data ?? folderOfEnvironment, using: &random)
    say(set.sentence)
    return set
  }

  private var folderOfEnvironment: String? {
    getenv("WABE_DATA").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
