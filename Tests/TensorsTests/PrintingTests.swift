import Tensors
import Testing

@Suite("Printing")
struct PrintingTests {
  /// The layout is the one that `numpy.array2string` gives, with our own rule for decimals.
  @Test(
    "tensors print as aligned rows with shape and type in front",
    arguments: [
      (Tensor(3.5), "Tensor float32 []: 3.5"),
      (Tensor([1, 2, 3]), "Tensor float32 [3]\n[1.  2.  3.]"),
      (Tensor([[1.5, -2], [0.25, 100]]), "Tensor float32 [2, 2]\n[[  1.50   -2.00]\n [  0.25  100.00]]"),
      (Tensor.zeros([0, 3]), "Tensor float32 [0, 3]: empty"),
      (Tensor([[true, false]]), "Tensor bool [1, 2]\n[[ true  false]]"),
      (Tensor([1, -20, 300], dtype: .int64), "Tensor int64 [3]\n[  1  -20  300]"),
      (Tensor([1, 255], dtype: .uint8), "Tensor uint8 [2]\n[  1  255]"),
      (Tensor([0.001, 0.0002]), "Tensor float32 [2]\n[0.0010  0.0002]"),
      (Tensor([1e20, -1]), "Tensor float32 [2]\n[ 1.000e+20  -1.000e+00]"),
      (Tensor([9.9999, 0.00001]), "Tensor float32 [2]\n[1.000e+01  1.000e-05]"),
      (
        Tensor([Double.leastNonzeroMagnitude * 10, 1.7e308, -0.0] as [Double]),
        "Tensor float64 [3]\n[4.941e-323  1.700e+308  -0.000e+00]"
      ),
      (Tensor([Double.nan, -.infinity, 1.25]), "Tensor float64 [3]\n[ nan  -inf  1.25]"),
      (
        Tensor([[[1], [2]], [[3], [4]]]),
        "Tensor float32 [2, 2, 1]\n[[[1.]\n  [2.]]\n\n [[3.]\n  [4.]]]"
      ),
    ])
  func layout(tensor: Tensor, text: String) {
    #expect(tensor.description == text)
  }

  @Test("tensors of more than 1000 elements are shown by their corners")
  func corners() {
    #expect(Tensor.arange(1000).description.contains("500."))
    #expect(
      Tensor.arange(1001).description
        == "Tensor float32 [1001]\n[   0.     1.     2.  …   998.   999.  1000.]")
    let table = Tensor.arange(10_000, dtype: .int32).reshaped(to: [100, 100]).description
    #expect(
      table == """
        Tensor int32 [100, 100]
        [[   0     1     2  …    97    98    99]
         [ 100   101   102  …   197   198   199]
         [ 200   201   202  …   297   298   299]
         …
         [9700  9701  9702  …  9797  9798  9799]
         [9800  9801  9802  …  9897  9898  9899]
         [9900  9901  9902  …  9997  9998  9999]]
        """)
  }

  @Test("no line is longer than 80 characters")
  func lines() {
    var random = RandomSource(seed: 3)
    let text = Tensor.normal([7, 40], using: &random).description
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("a format of one's own changes digits and edges")
  func ownFormat() {
    var format = TensorFormat()
    format.digits = 8
    format.threshold = 4
    format.edge = 1
    #expect(
      Tensor([0.123456789, 1, 2, 3, 0.5], dtype: .float64).described(with: format)
        == "Tensor float64 [5]\n[0.12345679  …  0.50000000]")
  }
}
