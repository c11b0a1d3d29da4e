// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Visualization",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Drawing", targets: ["Drawing"]),
    .library(name: "Plotting", targets: ["Plotting"]),
    .library(name: "Visualization", targets: ["Visualization"]),
  ],
  dependencies: [
    .package(path: "../Autograd"), .package(path: "../Datasets"), .package(path: "../Files"),
    .package(path: "../Tensors"),
  ],
  targets: [
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("z")]),
    .target(
      name: "Drawing", dependencies: ["CCairo", "CPNG", .product(name: "Files", package: "Files")],
      swiftSettings: settings),
    .target(name: "Plotting", dependencies: ["Drawing"], swiftSettings: settings),
    .target(
      name: "Visualization",
      dependencies: [
        "Drawing", "Plotting", .product(name: "Autograd", package: "Autograd"),
        .product(name: "Datasets", package: "Datasets"), .product(name: "Tensors", package: "Tensors"),
      ],
      swiftSettings: settings),
  ]
)
