// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Modules",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Modules", targets: ["Modules"])],
  dependencies: [.package(path: "../Autograd"), .package(path: "../Tensors")],
  targets: [
    .target(
      name: "Modules",
      dependencies: [
        .product(name: "Autograd", package: "Autograd"), .product(name: "Tensors", package: "Tensors"),
      ],
      swiftSettings: settings)
  ]
)
