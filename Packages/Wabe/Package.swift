// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let parts = ["Tensors", "Autograd", "Losses", "Datasets", "Modules", "Layers", "Optimizers", "Training"]

let package = Package(
  name: "Wabe",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Wabe", targets: ["Wabe"])],
  dependencies: parts.map { .package(path: "../\($0)") },
  targets: [
    .target(
      name: "Wabe", dependencies: parts.map { .product(name: $0, package: $0) }, swiftSettings: settings)
  ]
)
