// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Training",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Training", targets: ["Training"])],
  dependencies: [
    .package(path: "../Tensors"),
    .package(path: "../Datasets"),
    .package(path: "../Modules"),
    .package(path: "../Optimizers"),
  ],
  targets: [
    .target(
      name: "Training",
      dependencies: [
        .product(name: "Modules", package: "Modules"),
        .product(name: "Optimizers", package: "Optimizers"),
        .product(name: "Datasets", package: "Datasets"),
        .product(name: "Tensors", package: "Tensors"),
      ],
      swiftSettings: settings)
  ]
)
