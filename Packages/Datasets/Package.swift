// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Datasets",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Datasets", targets: ["Datasets"])],
  dependencies: [
    .package(path: "../Tensors"),
    .package(path: "../Files"),
  ],
  targets: [
    .target(
      name: "Datasets",
      dependencies: [
        .product(name: "Files", package: "Files"),
        .product(name: "Tensors", package: "Tensors"),
      ],
      swiftSettings: settings)
  ]
)
