/// The number with so many digits after the point.
func fixed(_ number: Double, digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = (number.magnitude * scale).rounded()
  guard scaled < 1e15 else { return number.description }
  let whole = Int(scaled) / Int(scale)
  let sign = number < 0 && scaled > 0 ? "-" : ""
  if digits == 0 { return "\(sign)\(whole)" }
  let fraction = String(Int(scaled) % Int(scale))
  return "\(sign)\(whole)." + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// The duration as a clock shows it: `0:42`, `12:03`, `1:02:03`.
func clockText(_ duration: Duration) -> String {
  let seconds = max(0, Int((duration / .seconds(1)).rounded()))
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let (minutes, hours) = (seconds / 60 % 60, seconds / 3600)
  return hours > 0 ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
}

/// How fast it goes, in `unit` per second, or in seconds for each when it is slow.
func rateText(_ perSecond: Double, unit: String) -> String {
  switch perSecond {
  case ..<1: "\(fixed(1 / perSecond, digits: 1)) s each"
  case ..<100: "\(fixed(perSecond, digits: 1)) \(unit)/s"
  default: "\(fixed(perSecond, digits: 0)) \(unit)/s"
  }
}
