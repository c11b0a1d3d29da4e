// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Losses",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Losses", targets: ["Losses"])],
  dependencies: [.package(path: "../Tensors")],
  targets: [
    .target(name: "Losses", dependencies: [.product(name: "Tensors", package: "Tensors")], swiftSettings: settings)
  ]
)
