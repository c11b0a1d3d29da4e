// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Autograd",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Autograd", targets: ["Autograd"])],
  dependencies: [.package(path: "../Tensors")],
  targets: [
    .target(
      name: "Autograd", dependencies: [.product(name: "Tensors", package: "Tensors")], swiftSettings: settings)
  ]
)
