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

/// The C target `name` of `package`, linked against the mathematics library (a program without Foundation lacks it).
func kernels(_ name: String, in package: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Packages/\(package)/Sources/\(name)",
    linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))])
}

let package = Package(
  name: "Wabe",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Tensors", targets: ["Tensors"]),
    .library(name: "Files", targets: ["Files"]),
    .library(name: "HDF5", targets: ["HDF5"]),
    .library(name: "Checkpoints", targets: ["Checkpoints"]),
  ],
  targets: [
    // Tensors
    .systemLibrary(
      name: "COneDNN", path: "Packages/Tensors/Sources/COneDNN", providers: [.apt(["libdnnl-dev"])]),
    kernels("TensorKernels", in: "Tensors", [.target(name: "COneDNN", condition: .when(platforms: [.linux]))]),
    module("Tensors", ["TensorKernels"]),
    tests(of: "Tensors", ["Tensors", "TensorKernels"]),
    // Files
    kernels("CDigest", in: "Files"),
    module("Files", ["CDigest"]),
    .target(name: "FileFaults", dependencies: ["Files"], path: "Tests/FileFaults", swiftSettings: settings),
    tests(of: "Files", ["Files", "FileFaults"]),
    // Checkpoints
    .systemLibrary(
      name: "CHDF5", path: "Packages/Checkpoints/Sources/CHDF5", pkgConfig: "hdf5",
      providers: [.apt(["libhdf5-dev"])]),
    kernels("CHDF5Memory", in: "Checkpoints", ["CHDF5"]),
    module("HDF5", in: "Checkpoints", ["CHDF5", "CHDF5Memory", "Files"]),
    module("Checkpoints", ["HDF5", "Files"]),
    .executableTarget(
      name: "save-loop", dependencies: ["Checkpoints", "HDF5", "Files"], path: "Tests/SaveLoop",
      swiftSettings: settings),
    tests(of: "Checkpoints", ["Checkpoints", "HDF5", "CHDF5", "Files", "FileFaults", "save-loop"]),
    // Apps
    app("benchmark", ["Tensors"]),
  ]
)
