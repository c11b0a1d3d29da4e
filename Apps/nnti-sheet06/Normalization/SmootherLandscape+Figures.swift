import Drawing
import Experiments
import Plotting
import Wabe

extension SmootherLandscape {
  /// The three bands of the paper's figure 4.
  func draw(_ plain: LandscapeTraining, _ normal: LandscapeTraining, in run: inout Run) throws {
    let caption =
      "The landscape along the gradient, after figure 4 of the paper: the range of the loss (left), the range of the change of the "
      + "gradient (middle) and the effective β (right) over steps of half to four times the learning rate. With "
      + "normalization all three are smaller and steadier."
    try run.figure("landscape", caption: caption) {
      var figure = Figure(rows: 1, columns: 3, width: 1180, height: 380)
      for (name, training) in [("plain", plain), ("normalized", normal)] {
        let points = training.points
        let x = points.map { Double($0.step) }
        let losses = points.map(\.losses)
        let changes = points.map(\.changes)
        figure[0, 0].add(band(x, losses, figure[0, 0].nextColor(), name))
        figure[0, 1].add(band(x, changes, figure[0, 1].nextColor(), name))
        figure[0, 2].line(x, points.map(\.smoothness), label: name, width: 1.4)
      }
      figure[0, 0].title = "Loss along the gradient"
      figure[0, 0].y = Axis(label: "loss", scale: .logarithmic)
      figure[0, 1].title = "Change of the gradient"
      figure[0, 1].y = Axis(label: "‖∇L(θ − η∇L) − ∇L(θ)‖", scale: .logarithmic)
      figure[0, 2].title = "Effective β-smoothness"
      figure[0, 2].y.label = "largest change per distance"
      for column in 0...2 { figure[0, column].x.label = "step" }
      return figure
    }
  }

  private func band(_ x: [Double], _ ranges: [ClosedRange<Double>], _ color: Color, _ name: String) -> Band {
    Band(x, low: ranges.map(\.lowerBound), high: ranges.map(\.upperBound), color: color.opacity(0.45), label: name)
  }

  /// Trains both networks with learning rates of three orders of magnitude.
  func sweep(_ images: SmallDigits, in run: inout Run) throws {
    run.heading("What it buys: larger learning rates")
    let rates = [0.01, 0.03, 0.1, 0.3, 1]
    let steps = run.isQuick ? 50 : 150
    let losses = [false, true].map { isNormalized in
      rates.map { rate in
        train(images, isNormalized: isNormalized, steps: steps, rate: rate, interval: 0, run).finalLoss
      }
    }
    run.table(
      "Loss of the last 20 of \(steps) batches", columns: ["learning rate", "plain", "normalized"],
      rows: rates.indices.map { [rates[$0].text(2), losses[0][$0].text(3), losses[1][$0].text(3)] })
    run.say(
      "At a learning rate of 1 the normalized network reaches \(losses[1][4].text(2)), while the plain one ends at "
        + "\(losses[0][4].text(3)); guessing costs ln 10 = \(log(Tensor([10.0])).scalar.text(3)).")
    run.expect("rate 1: normalized", losses[1][4], atMost: 0.6)
    run.expect("rate 1: plain", losses[0][4], atLeast: 1.5)
    let caption =
      "The training loss after \(steps) steps against the learning rate. The plain network has one good range; the normalized one "
      + "trains at all of these rates."
    try run.figure("rates", caption: caption) {
      Figure(width: 600, height: 400) { axes in
        axes.title = "The final loss against the learning rate"
        axes.x = Axis(label: "learning rate", scale: .logarithmic)
        axes.y = Axis(label: "loss", scale: .logarithmic)
        axes.line(rates, losses[0], label: "plain", marker: .circle)
        axes.line(rates, losses[1], label: "normalized", marker: .square)
        axes.horizontalLine(at: log(Tensor([10.0])).scalar, label: "guessing, ln 10")
      }
    }
  }
}
