#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
import Drawing
import Plotting

// Draws every kind of plot, light and dark: `gallery <folder> [part of a name] [--dpi 300]`.

var folder = "Results/gallery"
var filter = ""
var dpi = 96.0
var words = CommandLine.arguments.dropFirst().makeIterator()
var plain: [String] = []
while let word = words.next() {
  if word == "--dpi" { dpi = words.next().flatMap(Double.init) ?? 96 } else { plain.append(word) }
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
