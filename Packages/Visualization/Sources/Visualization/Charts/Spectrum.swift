public import Plotting
internal import Drawing

/// The eigenvalues of a matrix such as the Hessian: each as a tick over their histogram, zero marked.
public struct Spectrum: Chart, Sendable {
  /// The names and eigenvalues of one or several matrices.
  public var spectra: [(name: String, values: [Double])]
  /// The title.
  public var title: String
  /// The colours and sizes.
  public var theme: Theme

  /// The spectra of some matrices.
  public init(_ spectra: [(name: String, values: [Double])], title: String = "Eigenvalues", theme: Theme = .light) {
    self.spectra = spectra
    self.title = title
    self.theme = theme
  }

  /// The share of negative eigenvalues: the index of a critical point, divided by the dimension.
  public static func index(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : Double(values.count { $0 < 0 }) / Double(values.count)
  }

  public var figure: Figure {
    let all = spectra.flatMap(\.values).filter(\.isFinite)
    let low = min(all.min() ?? -1, 0)
    let high = max(all.max() ?? 1, 0)
    return Figure(theme: theme) { axes in
      axes.title = title
      axes.x.label = "eigenvalue λ"
      axes.y.label = "count"
      for spectrum in spectra {
        let share = NumberText.fixed(Spectrum.index(spectrum.values), decimals: 2)
        axes.histogram(
          spectrum.values, bins: 40, range: low...max(high, low + 1e-12), label: "\(spectrum.name) (index \(share))")
      }
      axes.verticalLine(at: 0)
    }
  }
}

/// Critical points of a loss: the share of negative curvatures against the loss (Dauphin and others 2014).
public struct IndexErrorPlot: Chart, Sendable {
  /// The shares of negative eigenvalues.
  public var indices: [Double]
  /// The losses.
  public var errors: [Double]
  /// The title.
  public var title: String
  /// The colours and sizes.
  public var theme: Theme

  /// A plot from as many indices as errors.
  public init(indices: [Double], errors: [Double], title: String = "Critical points", theme: Theme = .light) {
    self.indices = indices
    self.errors = errors
    self.title = title
    self.theme = theme
  }

  public var figure: Figure {
    Figure(theme: theme) { axes in
      axes.title = title
      axes.x.label = "index α (share of negative eigenvalues)"
      axes.y.label = "error ε"
      axes.scatter(indices, errors, color: theme.color(0).opacity(0.75), size: 7)
    }
  }
}

/// Results over two settings, such as learning rate and number of steps: one cell per pair with its number.
public struct SweepMap: Chart, Sendable {
  /// The results by row and column.
  public var values: [[Double]]
  /// The settings of the rows, top first.
  public var rows: [String]
  /// The settings of the columns.
  public var columns: [String]
  /// What the rows, the columns and the results are.
  public var labels: (rows: String, columns: String, values: String)
  /// Whether colours follow the logarithm of the results.
  public var isLogarithmic: Bool
  /// The title.
  public var title: String
  /// The colours and sizes.
  public var theme: Theme

  /// A map of results.
  public init(
    _ values: [[Double]], rows: [String], columns: [String],
    labels: (rows: String, columns: String, values: String), isLogarithmic: Bool = true, title: String = "",
    theme: Theme = .light
  ) {
    self.values = values
    self.rows = rows
    self.columns = columns
    self.labels = labels
    self.isLogarithmic = isLogarithmic
    self.title = title
    self.theme = theme
  }

  public var figure: Figure {
    let shown = values.joined().filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    let low = shown.min() ?? 0.1
    let high = max(shown.max() ?? 1, low * (isLogarithmic ? 1.01 : 1))
    return Figure(
      width: 220 + 62 * Double(columns.count), height: 150 + 34 * Double(rows.count), theme: theme
    ) { axes in
      axes.title = title
      axes.x = .categories(columns, label: labels.columns)
      axes.y = .categories(rows, label: labels.rows)
      let texts = values.map { $0.map { NumberText.short($0, digits: 2) } }
      axes.matrix(
        values, map: theme.sequential, limits: low...high, label: labels.values, texts: texts,
        isLogarithmic: isLogarithmic)
    }
  }
}
