#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
import Drawing
import Plotting

let help = """
  Usage: gallery [FOLDER] [PART-OF-A-NAME] [--dpi NUMBER]

  Draws every kind of plot, light and dark, into FOLDER (default: Results/gallery), or those whose names contain the
  given part. The resolution is 96 dots per inch unless said otherwise.
  """

/// Ends the program with one sentence about its arguments.
func stop(_ sentence: String) -> Never {
  let message = "gallery: \(sentence); --help shows all\n"
  write(STDERR_FILENO, message, message.utf8.count)
  exit(2)
}

var folder = "Results/gallery"
var filter = ""
var dpi = 96.0
var words = CommandLine.arguments.dropFirst().makeIterator()
var plain: [String] = []
while let word = words.next() {
  switch word {
  case "--help", "-h":
    print(help)
    exit(0)
  case "--dpi":
    guard let number = words.next().flatMap(Double.init), (10...2400).contains(number) else {
      stop("--dpi needs a number from 10 to 2400")
    }
    dpi = number
  case let option where option.hasPrefix("-"): stop("unknown option \(option)")
  default: plain.append(word)
  }
}
if let first = plain.first { folder = first }
if plain.count > 1 { filter = plain[1] }

var path = ""
for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
  path += part + "/"
  if !part.isEmpty { mkdir(path, 0o755) }
}

do {
  for (themeName, theme) in [("light", Theme.light), ("dark", Theme.dark)] {
    for exhibit in exhibits where filter.isEmpty || exhibit.name.contains(filter) {
      let picture = try exhibit.make(theme)
      let provenance = Provenance(title: exhibit.name, experiment: "gallery", commandLine: "gallery \(folder)")
      try picture.write(to: "\(folder)/\(exhibit.name)-\(themeName).png", dpi: dpi, provenance: provenance)
      print("\(folder)/\(exhibit.name)-\(themeName).png")
    }
  }
} catch {
  let message = "gallery: \(error)\n"
  write(STDERR_FILENO, message, message.utf8.count)
  exit(1)
}
