public import Drawing
internal import Exporters
internal import Files
public import Modules
public import Tensors

extension Run {
  /// Adds a figure to the answer and writes it as PNG into the run folder.
  ///
  /// The picture is not even made where nothing is written, so put its data into the closure where they are costly.
  public mutating func figure(
    _ name: String, caption: String, _ picture: () throws -> some Picture
  ) throws {
    guard let folder else { return }
    let picture = try picture()
    let file = "\(name).png"
    var provenance = Provenance(software: Software.text, title: caption, experiment: experiment.id, seed: seed)
    provenance.commandLine = settings.command.isEmpty ? nil : settings.command
    try folder.make()
    try picture.write(to: folder.file(file), dpi: settings.resolution, provenance: provenance)
    note(file: file)
    blocks.append(
      .figure(
        file: file, caption: caption, width: Int(picture.size.width.rounded()),
        height: Int(picture.size.height.rounded())))
  }

  /// Writes a trained model for other programs: as safetensors, and as ONNX with the shapes of an example.
  ///
  /// The example has one row per input and at least two rows.
  public mutating func export(_ name: String, _ model: some Layer, example: Tensor) throws {
    guard let folder else { return }
    try folder.make()
    let metadata = ["software": Software.text, "experiment": experiment.id, "seed": String(seed)]
    try SafetensorsFile(model, metadata: metadata).write(to: folder.file("\(name).safetensors"))
    note(file: "\(name).safetensors")
    try OnnxModel(tracing: model, on: example, name: name, metadata: metadata).write(to: folder.file("\(name).onnx"))
    note(file: "\(name).onnx")
  }

  /// Writes numbers in named columns as CSV.
  public mutating func write(_ name: String, columns: [String], rows: [[Double]]) throws {
    guard let folder else { return }
    var table = NumberTable(columns: columns)
    for row in rows { table.append(row) }
    try folder.make()
    try table.write(csv: folder.file("\(name).csv"))
    note(file: "\(name).csv")
  }

  mutating func note(file: String) {
    if !files.contains(file) { files.append(file) }
  }
}
