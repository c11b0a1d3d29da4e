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

/// The pure-C target `name` of `package`, linked against `libraries`.
func kernels(_ name: String, in package: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Packages/\(package)/Sources/\(name)")
}

let package = Package(
  name: "Wabe",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Tensors", targets: ["Tensors"]),
    .library(name: "Drawing", targets: ["Drawing"]),
    .library(name: "Plotting", targets: ["Plotting"]),
    .library(name: "Visualization", targets: ["Visualization"]),
    .executable(name: "gallery", targets: ["gallery"]),
  ],
  targets: [
    // Tensors
    .systemLibrary(
      name: "COneDNN", path: "Packages/Tensors/Sources/COneDNN", providers: [.apt(["libdnnl-dev"])]),
    kernels("TensorKernels", in: "Tensors", [.target(name: "COneDNN", condition: .when(platforms: [.linux]))]),
    module("Tensors", ["TensorKernels"]),
    tests(of: "Tensors", ["Tensors"]),

    // Visualization
    .systemLibrary(
      name: "CCairo", path: "Packages/Visualization/Sources/CCairo", pkgConfig: "cairo",
      providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .target(
      name: "CPNG", path: "Packages/Visualization/Sources/CPNG",
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("z")]),
    module("Drawing", in: "Visualization", ["CCairo", "CPNG"]),
    module("Plotting", in: "Visualization", ["Drawing"]),
    module("Visualization", ["Drawing", "Plotting"]),
    tests(of: "Visualization", ["Drawing", "Plotting", "Visualization"]),

    // Apps
    app("benchmark", ["Tensors"]),
    app("gallery", ["Drawing", "Plotting", "Visualization"]),
  ]
)
