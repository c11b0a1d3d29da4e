public import Modules
public import Tensors

/// Newton's method and its two remedies for saddle points, with the exact Hessian H.
///
/// Newton steps by −H⁻¹ g, which lands on the next critical point of whatever kind: a minimum of a quadratic in one step,
/// but the saddle if one is near. Damped Newton steps by −(H + λ 1)⁻¹ g, which is downhill once λ is above the most
/// negative eigenvalue. Saddle-free Newton steps by −(|H| + λ 1)⁻¹ g, where |H| has the absolute eigenvalues: it leaves a
/// saddle along its downhill directions as fast as it approaches along the others (Dauphin, Pascanu et al. 2014).
///
/// The Hessian of n numbers costs n ways back and n³ operations: this is for small models in float64.
public struct Newton: Sendable {
  /// The damping λ of each trial; the step with the lowest loss is taken.
  public var dampings: [Double]
  /// Whether eigenvalues count by their absolute value, as saddle-free Newton has it.
  public var isSaddleFree: Bool
  /// What the step is multiplied with.
  public var learningRate: Double
  /// Along curvatures below this share of the largest there is no step, as if they were 0: the pseudo-inverse of H.
  ///
  /// Networks have many such directions: whatever does not change the output has no curvature. An inverse would turn
  /// rounding errors along them into long steps.
  public var cutoff = 0.0

  /// Powers of ten from 1 to 10⁻⁶.
  public static let usualDampings = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6]

  private init(dampings: [Double], isSaddleFree: Bool, learningRate: Double) {
    require(!dampings.isEmpty, "Newton: give at least one damping to try")
    self.dampings = dampings
    self.isSaddleFree = isSaddleFree
    self.learningRate = learningRate
  }

  /// The pure method, with a pseudo-inverse if a cutoff is given.
  public init(learningRate: Double = 1, cutoff: Double = 0) {
    self.init(dampings: [0], isSaddleFree: false, learningRate: learningRate)
    require(cutoff >= 0 && cutoff < 1, "Newton: a cutoff of \(cutoff) is no share of the largest curvature")
    self.cutoff = cutoff
  }

  /// The damped method, which tries several dampings and keeps the best.
  public static func damped(_ dampings: [Double] = usualDampings, learningRate: Double = 1) -> Newton {
    Newton(dampings: dampings, isSaddleFree: false, learningRate: learningRate)
  }

  /// The saddle-free method, which tries several dampings and keeps the best.
  public static func saddleFree(_ dampings: [Double] = usualDampings, learningRate: Double = 1) -> Newton {
    Newton(dampings: dampings, isSaddleFree: true, learningRate: learningRate)
  }

  /// What one step found and did.
  public struct Report: Sendable {
    /// The loss before the step.
    public let loss: Double
    /// The length of the gradient before the step.
    public let gradientNorm: Double
    /// The eigenvalues of the Hessian before the step, in ascending order.
    public let eigenvalues: [Double]
    /// The damping of the step that was taken.
    public let damping: Double

    /// The share of negative eigenvalues: 0 at a minimum, 1 at a maximum.
    public var index: Double {
      Double(eigenvalues.count { $0 < 0 }) / Double(Swift.max(eigenvalues.count, 1))
    }
  }

  /// Moves the parameters of a model by one step.
  ///
  /// - Throws: If the Hessian cannot be inverted without damping, or has no eigenvalues because it is not finite.
  @discardableResult
  public func update<Model: Module>(
    _ model: inout Model, mode: Mode = .training, loss: (inout Model) -> Tensor
  ) throws(LinearAlgebraError) -> Report {
    require(
      model.state.allSatisfy { !$0.isParameter || $0.value.dtype == .float64 },
      "Newton: second derivatives need float64: train model.cast(to: .float64)")
    let (value, gradients) = valueWithGradient(at: &model, mode: mode, of: loss)
    let gradient = gradients.flattened
    let (eigenvalues, vectors) = try hessian(at: &model, mode: mode, of: loss).eigenSymmetric()
    let point = model.parameterVector()
    // The gradient in the directions of the eigenvectors, where every method is a division.
    let components = gradient.matmul(vectors)
    var best: (loss: Double, point: Tensor, damping: Double)?
    for damping in dampings {
      let curvatures = (isSaddleFree ? abs(eigenvalues) : eigenvalues) + damping
      let sizes = abs(curvatures)
      // Where there is no curvature to speak of, the step is divided by infinity.
      let divisors = Tensor.where(sizes .< cutoff * (sizes.scalars.max() ?? 0), .infinity, curvatures)
      guard divisors.scalars.allSatisfy({ $0 != 0 }) else { continue }
      let trial = point - vectors.matmul(components / divisors) * learningRate
      guard dampings.count > 1 else {
        best = (0, trial, damping)
        break
      }
      model.setParameters(to: trial)
      let reached = Mode.$current.withValue(mode) { loss(&model) }.scalar
      if reached.isFinite, reached < best?.loss ?? .infinity { best = (reached, trial, damping) }
    }
    model.setParameters(to: best?.point ?? point)
    guard let best else {
      let rank = eigenvalues.scalars.count { $0 != 0 }
      throw .singular(operation: "Newton", size: eigenvalues.count, rank: rank)
    }
    return Report(
      loss: value.scalar, gradientNorm: gradient.norm().scalar, eigenvalues: eigenvalues.scalars, damping: best.damping)
  }
}
