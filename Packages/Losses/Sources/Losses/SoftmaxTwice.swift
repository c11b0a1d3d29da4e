internal import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Warns, once in a run, that a loss which normalizes its logits itself was given probabilities.
///
/// The network still trains, only slowly and badly, which is why nobody notices.
enum SoftmaxTwice {
  /// What should not have been applied to logits.
  enum Normalization: String {
    case softmax
    case sigmoid
  }

  /// Warns if the logits were made by `operation`, as far as their recording tells.
  static func warn(ifMadeBy operation: Normalization, _ logits: Tensor) {
    guard let trace = logits.trace, trace.recorder.operationName(at: trace.index) == operation.rawValue else { return }
    switch operation {
    case .softmax: softmaxWarning
    case .sigmoid: sigmoidWarning
    }
  }

  // A `static let` is computed the first time it is used, and only then: exactly what "once" needs.
  private static let softmaxWarning: Void = say("crossEntropy(logits:)", "softmax")
  private static let sigmoidWarning: Void = say("binaryCrossEntropy(logits:)", "sigmoid")

  private static func say(_ loss: String, _ operation: String) {
    let text = "warning: \(loss) applies \(operation) itself, but its logits come from \(operation): leave one out\n"
    // By its number: `stderr` is a global variable, which Swift cannot know to be safe.
    let bytes = Array(text.utf8)
    _ = write(2, bytes, bytes.count)
  }
}
