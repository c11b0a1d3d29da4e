internal import TensorKernels

/// What computes: for programs that report how they were run.
///
/// Both are chosen by the environment when the process starts: `WABE_ENGINE` (`portable`, the default, or `onednn`)
/// and `WABE_THREADS` (as many as there are processors unless it is set). Results are the same bits for any number of
/// threads; engines and processors differ in rounding.
public enum Engine {
  /// Who computes large products: `portable`, our own kernels, or `onednn`.
  public static var name: String { wabe_engine() == WABE_ONEDNN ? "onednn" : "portable" }

  /// The number of threads that share large operations.
  public static var threads: Int { Int(wabe_threads()) }

  /// How many parts of large operations other threads have done for the one that asked, since the process started.
  ///
  /// Zero with one thread; above zero it proves that operations were large enough to be divided, and were.
  public static var helpedParts: Int { Int(wabe_helped_parts()) }

  /// The instructions that products are computed with: `AVX-512`, `AVX2`, or `baseline` for any processor.
  public static var instructions: String {
    switch Int(wabe_instruction_set()) {
    case WABE_AVX512: "AVX-512"
    case WABE_AVX2: "AVX2"
    default: "baseline"
    }
  }
}
