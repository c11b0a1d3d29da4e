// swift-tools-version: 6.2
import PackageDescription

// One manifest gives a user every product by one URL. Each package under Packages/ has a manifest of its own that
// declares the same targets, so that it builds alone; Scripts/check proves that the two agree.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift target that lives in `Packages/<package>/Sources/<name>`.
func module(_ name: String, in package: String? = nil, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Packages/\(package ?? name)/Sources/\(name)",
    swiftSettings: settings)
}

/// The tests of package `name`, in `Tests/<name>Tests`.
func tests(of name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests", swiftSettings: settings)
}

/// A program in `Apps/<name>`.
func app(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, path: "Apps/\(name)", swiftSettings: settings)
}

/// The C target `name` of `package`. A library it calls has to be named: a program without Foundation lacks even libm.
func kernels(
  _ name: String, in package: String, _ dependencies: [Target.Dependency] = [], linking libraries: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Packages/\(package)/Sources/\(name)",
    linkerSettings: libraries.map { .linkedLibrary($0, .when(platforms: [.linux])) })
}

/// What the programs of the exercise sheets are written with.
let sheetModules: [Target.Dependency] = ["Wabe", "Experiments", "Visualization", "Plotting", "Drawing"]

let package = Package(
  name: "Wabe",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Tensors", targets: ["Tensors"]),
    .library(name: "Autograd", targets: ["Autograd"]),
    .library(name: "Losses", targets: ["Losses"]),
    .library(name: "Modules", targets: ["Modules"]),
    .library(name: "Layers", targets: ["Layers"]),
    .library(name: "Optimizers", targets: ["Optimizers"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Training", targets: ["Training"]),
    .library(name: "Wabe", targets: ["Wabe"]),
    .library(name: "Console", targets: ["Console"]),
    .library(name: "Files", targets: ["Files"]),
    .library(name: "HDF5", targets: ["HDF5"]),
    .library(name: "Checkpoints", targets: ["Checkpoints"]),
    .library(name: "Exporters", targets: ["Exporters"]),
    .executable(name: "wabe-h5read", targets: ["wabe-h5read"]),
    .library(name: "Drawing", targets: ["Drawing"]),
    .library(name: "Plotting", targets: ["Plotting"]),
    .library(name: "Visualization", targets: ["Visualization"]),
    .executable(name: "gallery", targets: ["gallery"]),
    .library(name: "Experiments", targets: ["Experiments"]),
    .executable(name: "wabe", targets: ["wabe"]),
    .executable(name: "rgnn-sheet01", targets: ["rgnn-sheet01"]),
    .executable(name: "ci-sheet04", targets: ["ci-sheet04"]),
    .executable(name: "nnti-sheet06", targets: ["nnti-sheet06"]),
    .executable(name: "nnti-sheet07", targets: ["nnti-sheet07"]),
  ],
  targets: [
    // Tensors
    .systemLibrary(
      name: "COneDNN", path: "Packages/Tensors/Sources/COneDNN", providers: [.apt(["libdnnl-dev"])]),
    kernels(
      "TensorKernels", in: "Tensors", [.target(name: "COneDNN", condition: .when(platforms: [.linux]))],
      linking: ["m"]),
    module("Tensors", ["TensorKernels"]),
    .target(name: "TestSupport", dependencies: ["Tensors"], path: "Tests/TestSupport", swiftSettings: settings),
    tests(of: "Tensors", ["Tensors", "TensorKernels", "TestSupport"]),
    // Autograd
    module("Autograd", ["Tensors"]),
    tests(of: "Autograd", ["Autograd", "Tensors", "TestSupport"]),
    // Losses
    module("Losses", ["Tensors"]),
    tests(of: "Losses", ["Losses", "Autograd", "Tensors", "TestSupport"]),
    // Modules
    module("Modules", ["Autograd", "Tensors"]),
    tests(of: "Modules", ["Modules", "Autograd", "Tensors"]),
    // Layers
    module("Layers", ["Modules", "Tensors"]),
    tests(of: "Layers", ["Layers", "Losses", "Modules", "Autograd", "Tensors", "TestSupport"]),
    // Optimizers
    module("Optimizers", ["Modules", "Tensors"]),
    tests(of: "Optimizers", ["Optimizers", "Modules", "Tensors"]),
    // Datasets
    module("Datasets", ["Files", "Tensors"]),
    tests(of: "Datasets", ["Datasets", "FileFaults", "Files", "Tensors"]),
    // Training
    module("Training", ["Modules", "Optimizers", "Datasets", "Tensors"]),
    .executableTarget(
      name: "train-loop",
      dependencies: ["Training", "Layers", "Losses", "Modules", "Optimizers", "Datasets", "Tensors"],
      path: "Tests/TrainLoop", swiftSettings: settings),
    tests(of: "Training", ["Training", "Modules", "Optimizers", "Datasets", "Tensors", "train-loop"]),
    // Wabe
    module(
      "Wabe", ["Tensors", "Autograd", "Losses", "Datasets", "Modules", "Layers", "Optimizers", "Training"]),
    .target(name: "HeapCounts", path: "Tests/HeapCounts"),
    tests(of: "Wabe", ["Wabe", "HeapCounts"]),
    // Console
    module("Console"),
    .executableTarget(
      name: "console-probe", dependencies: ["Console"], path: "Tests/ConsoleProbe", swiftSettings: settings),
    tests(of: "Console", ["Console", "console-probe"]),
    // Files
    kernels("CDigest", in: "Files"),
    .systemLibrary(
      name: "CZlib", path: "Packages/Files/Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    module("Files", ["CDigest", "CZlib"]),
    .target(name: "FileFaults", dependencies: ["Files"], path: "Tests/FileFaults", swiftSettings: settings),
    tests(of: "Files", ["Files", "FileFaults"]),
    // Checkpoints
    .systemLibrary(
      name: "CHDF5", path: "Packages/Checkpoints/Sources/CHDF5", pkgConfig: "hdf5",
      providers: [.apt(["libhdf5-dev"])]),
    kernels("CHDF5Memory", in: "Checkpoints", ["CHDF5"]),
    module("HDF5", in: "Checkpoints", ["CHDF5", "CHDF5Memory", "Files"]),
    module("Checkpoints", ["HDF5", "Files", "Modules", "Tensors"]),
    .executableTarget(
      name: "save-loop", dependencies: ["Checkpoints", "HDF5", "Files"], path: "Tests/SaveLoop",
      swiftSettings: settings),
    .executableTarget(
      name: "resume-loop",
      dependencies: ["Checkpoints", "Datasets", "Files", "Layers", "Losses", "Modules", "Optimizers", "Tensors"],
      path: "Tests/ResumeLoop", swiftSettings: settings),
    tests(
      of: "Checkpoints",
      [
        "Checkpoints", "HDF5", "CHDF5", "Files", "FileFaults", "Modules", "Optimizers", "Tensors", "save-loop",
        "resume-loop",
      ]),
    // Exporters
    kernels("CSandbox", in: "Exporters"),
    module("Exporters", ["CSandbox", "Files", "HDF5", "Checkpoints", "Layers", "Modules", "Tensors"]),
    .executableTarget(
      name: "wabe-h5read", dependencies: ["CSandbox", "Exporters", "Files", "HDF5"],
      path: "Packages/Exporters/Sources/wabe-h5read", swiftSettings: settings),
    .executableTarget(
      name: "interop-files",
      dependencies: ["Exporters", "Checkpoints", "HDF5", "Files", "Layers", "Modules", "Tensors"],
      path: "Tests/InteropFiles", swiftSettings: settings),
    tests(
      of: "Exporters", ["Exporters", "Files", "FileFaults", "HDF5", "Layers", "Modules", "Tensors", "wabe-h5read"]),
    // Visualization
    .systemLibrary(
      name: "CCairo", path: "Packages/Visualization/Sources/CCairo", pkgConfig: "cairo",
      providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .target(
      name: "CPNG", path: "Packages/Visualization/Sources/CPNG",
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("z")]),
    module("Drawing", in: "Visualization", ["CCairo", "CPNG", "Files"]),
    module("Plotting", in: "Visualization", ["Drawing"]),
    module("Visualization", ["Drawing", "Plotting", "Autograd", "Datasets", "Tensors"]),
    tests(
      of: "Visualization", ["gallery", "Visualization", "Plotting", "Drawing", "Autograd", "Datasets", "Tensors"]),
    // Experiments
    module(
      "Experiments",
      [
        "Console", "Datasets", "Drawing", "Files", "Checkpoints", "Exporters", "Training", "Modules", "Tensors",
      ]),
    .executableTarget(
      name: "sample-sheet",
      dependencies: ["Experiments", "Plotting", "Layers", "Losses", "Modules", "Optimizers", "Tensors"],
      path: "Tests/SampleSheet", swiftSettings: settings),
    tests(
      of: "Experiments",
      [
        "sample-sheet", "Experiments", "Datasets", "Drawing", "FileFaults", "Files", "Plotting", "Layers", "Losses",
        "Modules", "Optimizers", "Tensors", "Training",
      ]),
    // Apps
    .target(name: "BenchmarkPeak", path: "Apps/benchmark-peak"),
    app(
      "benchmark",
      [
        "BenchmarkPeak", "Console", "Autograd", "Checkpoints", "Datasets", "Drawing", "Files", "Layers", "Losses",
        "Modules",
        "Optimizers", "Plotting", "Tensors", "Visualization",
      ]),
    app("wabe", ["Console", "Experiments", "Checkpoints", "Exporters", "HDF5", "Files"]),
    app("rgnn-sheet01", sheetModules),
    app("ci-sheet04", sheetModules),
    app("nnti-sheet06", sheetModules),
    app("nnti-sheet07", sheetModules),
    app("gallery", ["Console", "Visualization", "Plotting", "Drawing", "Files", "Autograd", "Tensors"]),
  ]
)
