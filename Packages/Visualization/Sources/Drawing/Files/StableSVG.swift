/// Makes the names inside an SVG file independent of what was drawn before.
///
/// Cairo numbers surfaces and images through the life of the program, so the same picture drawn twice has other names
/// in it. Here they are numbered anew in the order of their first use.
enum StableSVG {
  static func renumbered(_ bytes: [UInt8]) -> [UInt8] {
    let words = ["image", "surface", "source", "mask"].map { Array($0.utf8) }
    var numbers: [[UInt8]: Int] = [:]
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      output.append(bytes[at])
      at += 1
      // Names stand behind a quotation mark where they are given and behind # where they are used; the data of images
      // holds neither.
      guard output.last == UInt8(ascii: "\"") || output.last == UInt8(ascii: "#") else { continue }
      guard let word = words.first(where: { bytes[at...].starts(with: $0) }) else { continue }
      let digits = bytes[(at + word.count)...].prefix { (48...57).contains($0) }
      guard !digits.isEmpty else { continue }
      let name = word + digits
      let number = numbers[name] ?? numbers.count
      numbers[name] = number
      output += word
      output += Array(String(number).utf8)
      at += name.count
    }
    return output
  }
}
