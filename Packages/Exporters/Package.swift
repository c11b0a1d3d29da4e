// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let files = Target.Dependency.product(name: "Files", package: "Files")
let hdf5 = Target.Dependency.product(name: "HDF5", package: "Checkpoints")

let package = Package(
  name: "Exporters",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Exporters", targets: ["Exporters"]), .executable(name: "wabe-h5read", targets: ["wabe-h5read"]),
  ],
  dependencies: ["Files", "Checkpoints", "Layers", "Modules", "Tensors"].map { .package(path: "../\($0)") },
  targets: [
    .target(name: "CSandbox"),
    .target(
      name: "Exporters",
      dependencies: [
        "CSandbox", files, hdf5, .product(name: "Checkpoints", package: "Checkpoints"),
        .product(name: "Layers", package: "Layers"),
        .product(name: "Modules", package: "Modules"), .product(name: "Tensors", package: "Tensors"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "wabe-h5read", dependencies: ["CSandbox", "Exporters", files, hdf5], swiftSettings: settings),
  ]
)
