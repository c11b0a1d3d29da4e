// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Exporters",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Exporters", targets: ["Exporters"])],
  dependencies: [.package(path: "../Files"), .package(path: "../Checkpoints")],
  targets: [
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "Exporters",
      dependencies: [
        "CZlib", .product(name: "Files", package: "Files"), .product(name: "HDF5", package: "Checkpoints"),
      ],
      swiftSettings: settings),
  ]
)
