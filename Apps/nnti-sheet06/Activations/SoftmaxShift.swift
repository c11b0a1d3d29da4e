import Experiments
import Plotting
import Wabe

/// 6.1.4: softmax does not notice a constant, and that saves it from overflow.
struct SoftmaxShift: Experiment {
  let id = "nnti06.6.1.4"
  let title = "Softmax does not change when a constant is added"
  let question =
    "Why does adding the same c to all inputs leave the softmax unchanged? What goes wrong in floating point, and how does "
    + "this property prevent it?"

  /// Softmax as the formula is written, without any care.
  static func naive(_ z: Tensor) -> Tensor {
    let powers = exp(z)
    return powers / powers.sum(axis: -1, keepDims: true)
  }

  /// softmax(2, 1, 0), to 16 digits.
  private static let truth = Tensor([0.6652409557748218, 0.24472847105479764, 0.09003057317038046], dtype: .float64)

  func run(in run: inout Run) throws {
    run.heading("Derivation")
    run.formula(
      "softmax(y + c)ᵢ = e^(yᵢ + c) / Σⱼ e^(yⱼ + c)",
      "                = eᶜ e^yᵢ / (eᶜ Σⱼ e^yⱼ)  =  softmax(y)ᵢ")
    run.say(
      "The common factor eᶜ ≠ 0 cancels. So a softmax depends on differences of its inputs only, and of K inputs just "
        + "K − 1 count.")
    try measureInvariance(in: &run)
    showOverflow(in: &run)
    showUnderflow(in: &run)
    showLogarithm(in: &run)
  }

  /// How much the result changes when c is added in floating point.
  private func measureInvariance(in run: inout Run) throws {
    run.heading("The invariance in floating point")
    var random = run.random
    let wide = Tensor.normal([10_000, 10], dtype: .float64, using: &random)
    let shifts = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]
    let errors = [DType.float32, .float64].map { dtype in
      let z = wide.cast(to: dtype)
      let plain = softmax(z)
      return shifts.map { abs(softmax(z + $0) - plain).max().scalar }
    }
    run.table(
      "Largest change of the softmax of 10,000 × 10 normal numbers", columns: ["c", "float32", "float64"],
      rows: shifts.indices.map { [shifts[$0].text(3), errors[0][$0].scientific(1), errors[1][$0].scientific(1)] })
    for (shift, error) in zip(shifts, errors[1]) where shift <= 100 {
      run.check("float64, c = \(shift.text(3)): largest change", error, atMost: 1e-14, source: "about ε c")
    }
    run.check("float32, c = 100: largest change", errors[0][2], atMost: 1e-5, source: "NumPy: 1.4e-6")
    run.check("float64, c = 10⁶: largest change", errors[1][6], between: 1e-12, and: 1e-9, source: "NumPy: 2.2e-11")
    let sums = abs(softmax(wide).sum(axis: -1) - 1).max().scalar
    run.check("float64: the sums differ from 1 by", sums, atMost: 1e-15, source: "10 terms of ½ ε at most")
    run.say(
      "The change grows like ε c. It is not softmax that loses digits but the sum y + c itself: a number of size c has no "
        + "room for the digits of y that lie below ε c. At c = 10⁸ float32 cannot tell the inputs apart any more.")
    let caption =
      "The largest change of a softmax when c is added to its inputs. On paper it is 0; here it is the rounding of y + c, "
      + "about ε c / 4 (dashed), until float32 knows nothing of y any more."
    try run.figure("shift", caption: caption) {
      Figure(width: 640, height: 430) { axes in
        axes.title = "softmax(y + c) against softmax(y)"
        axes.x = Axis(label: "c", scale: .logarithmic)
        axes.y = Axis(label: "largest change", scale: .logarithmic)
        axes.line(shifts, errors[0], label: "float32", marker: .circle)
        axes.line(shifts, errors[1], label: "float64", marker: .square)
        for (index, dtype) in [DType.float32, .float64].enumerated() {
          axes.line(
            shifts, shifts.map { min(dtype.epsilon * $0 / 4, 1) }, label: index == 0 ? "ε c / 4" : nil,
            color: axes.theme.softInk, width: 1.2, dash: [5, 4])
        }
      }
    }
  }

  /// Inputs so large that eᶻ is infinite.
  private func showOverflow(in run: inout Run) {
    run.heading("Too large: overflow")
    let limits: [(dtype: DType, fits: Double, overflows: Double, limit: Double, tolerance: Double)] = [
      (.float32, 88, 89, 88.72284, 1e-6), (.float64, 709, 710, 709.7827128933841, 1e-15),
    ]
    var rows: [[String]] = []
    for row in limits {
      let z = Tensor([row.overflows, row.overflows - 1, row.overflows - 2]).cast(to: row.dtype)
      let (naive, stable) = (SoftmaxShift.naive(z), softmax(z))
      rows.append(["\(row.dtype)", text(z), text(naive), text(stable)])
      run.check(
        "\(row.dtype): the formula gives NaN at z = \(row.overflows.text(3))", holds: naive.isNaN.any().scalar == 1)
      let below = SoftmaxShift.naive(z - (row.overflows - row.fits))
      run.check(
        "\(row.dtype): it is finite still at z = \(row.fits.text(3))", holds: below.isFinite.all().scalar == 1)
      run.check(
        "\(row.dtype): stable softmax at z = \(row.overflows.text(3))", stable, equals: SoftmaxShift.truth,
        within: row.tolerance,
        source: "softmax(2, 1, 0), mpmath")
    }
    run.table(
      "Three inputs just above the largest that has an exponential",
      columns: ["precision", "inputs", "as written", "stable"], rows: rows)
    run.say(
      "The logarithm of the largest number is \(limits[0].limit.text(6)) in float32 and \(limits[1].limit.text(6)) in "
        + "float64. A single input above it is enough: e⁸⁹ is no float32 any more, and ∞ / ∞ is NaN, which then spreads through all "
        + "weights. The remedy is the property just shown, with c = −max y: the largest exponent becomes 0, so no power "
        + "exceeds 1, and the sum lies between 1 and K.")
    run.formula("softmax(y)ᵢ = e^(yᵢ − m) / Σⱼ e^(yⱼ − m),     m = maxⱼ yⱼ")
  }

  /// Inputs so small that all eᶻ vanish.
  private func showUnderflow(in run: inout Run) {
    run.heading("Too small: underflow")
    var rows: [[String]] = []
    for (dtype, top, tolerance) in [(DType.float32, -104.0, 1e-6), (.float64, -746.0, 1e-15)] {
      let z = Tensor([top, top - 1, top - 2]).cast(to: dtype)
      let (naive, stable) = (SoftmaxShift.naive(z), softmax(z))
      rows.append(["\(dtype)", text(z), text(naive), text(stable)])
      run.check("\(dtype): the formula gives NaN at z = \(top.text(3))", holds: naive.isNaN.any().scalar == 1)
      run.check(
        "\(dtype): stable softmax at z = \(top.text(3))", stable, equals: SoftmaxShift.truth, within: tolerance,
        source: "softmax(2, 1, 0), mpmath")
    }
    let early = Tensor([-100, -101, -102], dtype: .float32)
    rows.append(["float32", text(early), text(SoftmaxShift.naive(early)), text(softmax(early))])
    let isWrong = !SoftmaxShift.naive(early).cast(to: .float64).isClose(
      to: SoftmaxShift.truth, relative: 1e-3, absolute: 0)
    run.check("float32: the formula is wrong already at z = −100", holds: isWrong, source: "below the normal numbers")
    run.table(
      "All inputs very negative", columns: ["precision", "inputs", "as written", "stable"], rows: rows)
    run.say(
      "Here every power is rounded to 0 and the formula divides 0 by 0. Even before that it is wrong: around −100 the "
        + "powers of float32 lie below its normal numbers, where digits get lost or the result is 0. Subtracting the "
        + "maximum cures this as well, since the largest power is then exactly 1.")
  }

  /// The logarithm of a softmax, as the cross-entropy needs it.
  private func showLogarithm(in run: inout Run) {
    run.heading("The logarithm of a softmax")
    let z = Tensor([0, -800], dtype: .float64)
    let (naive, stable) = (log(softmax(z)), logSoftmax(z))
    run.formula("log softmax(y)ᵢ = yᵢ − m − log Σⱼ e^(yⱼ − m)")
    run.say(
      "The cross-entropy needs log pᵢ, and a p that has been rounded to 0 has none. For y = (0, −800) the logarithm of "
        + "the stable softmax is \(naive.scalars[1].text(4)), the formula above gives \(stable.scalars[1].text(6)). "
        + "So the loss takes the inputs of the softmax, not its outputs.")
    run.check("log of softmax(0, −800)₂ taken in two steps is −∞", holds: naive.scalars[1] == -.infinity)
    run.check("log softmax(0, −800)₂ in one", stable.scalars[1], equals: -800, source: "−800 − log(1 + e⁻⁸⁰⁰)")
  }

  private func text(_ values: Tensor) -> String { values.scalars.map { $0.text(4) }.joined(separator: ", ") }
}
