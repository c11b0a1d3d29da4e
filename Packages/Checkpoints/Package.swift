// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let files = Target.Dependency.product(name: "Files", package: "Files")

let package = Package(
  name: "Checkpoints",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "HDF5", targets: ["HDF5"]),
    .library(name: "Checkpoints", targets: ["Checkpoints"]),
  ],
  dependencies: [.package(path: "../Files"), .package(path: "../Modules"), .package(path: "../Tensors")],
  targets: [
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .target(name: "CHDF5Memory", dependencies: ["CHDF5"]),
    .target(name: "HDF5", dependencies: ["CHDF5", "CHDF5Memory", files], swiftSettings: settings),
    .target(
      name: "Checkpoints",
      dependencies: [
        "HDF5", files, .product(name: "Modules", package: "Modules"), .product(name: "Tensors", package: "Tensors"),
      ],
      swiftSettings: settings),
  ]
)
