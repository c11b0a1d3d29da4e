// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Layers",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Layers", targets: ["Layers"])],
  dependencies: [.package(path: "../Modules"), .package(path: "../Tensors")],
  targets: [
    .target(
      name: "Layers",
      dependencies: [
        .product(name: "Modules", package: "Modules"), .product(name: "Tensors", package: "Tensors"),
      ],
      swiftSettings: settings)
  ]
)
