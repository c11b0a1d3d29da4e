public import Plotting

/// The size of the gradient in each layer of a network, for one or several networks: shows where it vanishes.
public struct LayerNorms: Chart, Sendable {
  /// Names of the networks and one number per layer.
  public var series: [(name: String, norms: [Double])]
  /// The names of the layers; numbers from 1 on if empty.
  public var layers: [String]
  /// The title.
  public var title: String
  /// The text along the y axis.
  public var label: String
  /// The colours and sizes.
  public var theme: Theme

  /// Norms by layer.
  public init(
    _ series: [(name: String, norms: [Double])], layers: [String] = [], title: String = "Gradient by layer",
    label: String = "‖∂L/∂W‖", theme: Theme = .light
  ) {
    self.series = series
    self.layers = layers
    self.title = title
    self.label = label
    self.theme = theme
  }

  public var figure: Figure {
    Figure(theme: theme) { axes in
      axes.title = title
      axes.x = layers.isEmpty ? Axis(label: "layer") : .categories(layers)
      axes.y = Axis(label: label, scale: .logarithmic)
      let shapes: [MarkerStyle.Shape] = [.circle, .square, .diamond, .triangle, .hexagon, .triangleDown]
      for (index, entry) in series.enumerated() {
        let x = entry.norms.indices.map { Double(layers.isEmpty ? $0 + 1 : $0) }
        axes.line(x, entry.norms, label: entry.name, marker: shapes[index % shapes.count])
      }
    }
  }
}
