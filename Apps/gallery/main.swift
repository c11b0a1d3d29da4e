import Console
import Drawing
import Files
import Plotting

var command = Command("gallery", summary: "Draws every kind of plot, light and dark, as PNG files.")
let folder = command.argument("folder", default: "Results/gallery", help: "Where the pictures go.")
let only = command.option("only", default: [String](), help: "Exhibits whose names contain this.")
let dpi = command.option("dpi", default: 96.0, in: 10...2400, help: "Pixels per inch: 96 for screens, 300 for print.")
let list = command.flag("list", help: "Prints the names of the exhibits and draws nothing.")

command.main { values in
  let chosen = exhibits.filter { exhibit in
    values[only].isEmpty || values[only].contains { exhibit.name.contains($0) }
  }
  if let unknown = values[only].first(where: { part in !exhibits.contains { $0.name.contains(part) } }) {
    throw UsageError("no exhibit is called \(unknown): --list shows all")
  }
  let output = Terminal(.output, color: values.color)
  if values[list] {
    for exhibit in chosen { output.print(exhibit.name) }
    return
  }
  let pictures = Folder(values[folder])
  try pictures.make()
  for (themeName, theme) in [("light", Theme.light), ("dark", Theme.dark)] {
    for exhibit in chosen {
      let path = pictures.file("\(exhibit.name)-\(themeName).png")
      let provenance = Provenance(
        title: exhibit.name, experiment: "gallery", commandLine: (["gallery"] + values.arguments).joined(separator: " ")
      )
      try exhibit.make(theme).write(to: path, dpi: values[dpi], provenance: provenance)
      output.print(path)
    }
  }
}
