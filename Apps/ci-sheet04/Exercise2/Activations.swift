import Experiments
import Wabe

/// The functions of hidden units that can be asked for by name.
enum Activations {
  static let names = ["relu", "tanh", "sigmoid", "softplus"]

  /// The function of a name; the list of choices admits no other.
  static func named(_ name: String) -> @Sendable (Tensor) -> Tensor {
    switch name {
    case "tanh": { tanh($0) }
    case "sigmoid": { sigmoid($0) }
    case "softplus": { softplus($0) }
    default: { relu($0) }
    }
  }
}
