import Visualization
import Wabe

/// What the hidden units of a net do to their sums.
enum Bend: String, CaseIterable, Sendable {
  case relu, leaky, abs, tanh, sigmoid

  /// The activation.
  func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .relu: Wabe.relu(x)
    case .leaky: leakyReLU(x)
    case .abs: Wabe.abs(x)
    case .tanh: Wabe.tanh(x)
    case .sigmoid: Wabe.sigmoid(x)
    }
  }

  /// What it is called in tables and titles.
  var name: String {
    switch self {
    case .relu: "ReLU"
    case .leaky: "leaky ReLU"
    case .abs: "|x|"
    case .tanh: "tanh"
    case .sigmoid: "σ"
    }
  }

  /// The same for nets whose boundary can be computed exactly; nil for smooth activations.
  var exact: PlaneNetwork.Activation? {
    switch self {
    case .relu: .relu
    case .leaky: .leakyRelu(slope: 0.01)
    case .abs: .absolute
    case .tanh, .sigmoid: nil
    }
  }

  /// The angle that units pointing into different directions share: |z| bends on both sides of its line alike.
  var turn: Double { self == .abs ? 180 : 360 }
}
