public import Drawing
public import Plotting

/// A ready-made figure from numbers. `figure` can be changed further before it is written.
public protocol Chart: Picture {
  /// The figure with everything drawn into it.
  var figure: Figure { get }
}

extension Chart {
  /// The extents of the figure.
  public var size: Size { figure.size }

  /// Draws the figure.
  public func draw(on canvas: Canvas) throws(DrawingError) { try figure.draw(on: canvas) }
}
