/// The candidate that was probably meant by a misspelt word, if one is near enough.
public func nearest(to word: String, among candidates: [String]) -> String? {
  let typed = Array(word.lowercased())
  guard !typed.isEmpty else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let letters = Array(candidate.lowercased())
    let isBeginning = typed.count >= 3 && letters.starts(with: typed)
    let distance = isBeginning ? 1 : editDistance(typed, letters)
    let shorter = min(typed.count, letters.count)
    guard distance < shorter, distance <= max(1, shorter / 3) else { continue }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// How many letters have to be inserted, removed, replaced or swapped with their neighbour to make one word the other.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var twoAbove = [Int](repeating: 0, count: b.count + 1)
  var above = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var row = [i + 1]
    for (j, other) in b.enumerated() {
      var least = min(row[j] + 1, above[j + 1] + 1, above[j] + (letter == other ? 0 : 1))
      if i > 0, j > 0, letter == b[j - 1], other == a[i - 1] { least = min(least, twoAbove[j - 1] + 1) }
      row.append(least)
    }
    (twoAbove, above) = (above, row)
  }
  return above[b.count]
}

/// A word from outside in quotes, so that neither its spaces nor its control characters mislead.
func quoted(_ word: String) -> String {
  "\"\(printable(word))\""
}

/// The text with its control characters written out: what a file name contains must not steer the terminal.
func printable(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: result += scalar.escaped(asASCII: true)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
