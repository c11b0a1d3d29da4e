/// The bytes of an integer, lowest first.
func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}

/// The integer in `count` bytes at `start`, lowest first; nil beyond the end or when it does not fit an `Int`.
func integer(_ bytes: UnsafeRawBufferPointer, at start: Int, count: Int) -> Int? {
  guard start >= 0, count <= 8, start <= bytes.count - count else { return nil }
  var result: UInt64 = 0
  for offset in (0..<count).reversed() { result = result << 8 | UInt64(bytes[start + offset]) }
  return Int(exactly: result)
}
