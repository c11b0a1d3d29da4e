extension Tensor {
  /// Makes a tensor without axes that holds one value.
  ///
  /// The value's type decides the tensor's unless `dtype` is given; a number written as a literal gives float32.
  @_disfavoredOverload
  public init<Scalar: TensorScalar>(_ value: Scalar, dtype: DType? = nil) {
    let whole = Tensor([value], shape: [])
    self = dtype.map { whole.cast(to: $0) } ?? whole
  }

  /// Makes a matrix from an array of equally long rows.
  @_disfavoredOverload
  public init<Scalar: TensorScalar>(_ rows: [[Scalar]]) {
    let columns = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() {
      require(
        row.count == columns,
        "Tensor: the rows are ragged: row 0 has \(columns) elements and row \(index) has \(row.count)")
    }
    self.init(rows.flatMap { $0 }, shape: [rows.count, columns])
  }
}
