// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Optimizers",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Optimizers", targets: ["Optimizers"])],
  dependencies: [
    .package(path: "../Tensors"),
    .package(path: "../Modules"),
  ],
  targets: [
    .target(
      name: "Optimizers",
      dependencies: [
        .product(name: "Modules", package: "Modules"),
        .product(name: "Tensors", package: "Tensors"),
      ],
      swiftSettings: settings)
  ]
)
