// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let used = ["Tensors", "Console", "Files", "Modules", "Datasets", "Training", "Checkpoints", "Exporters"]

let package = Package(
  name: "Experiments",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Experiments", targets: ["Experiments"])],
  dependencies: (used + ["Visualization"]).map { .package(path: "../\($0)") },
  targets: [
    .target(
      name: "Experiments",
      dependencies: used.map { .product(name: $0, package: $0) } + [
        .product(name: "Drawing", package: "Visualization")
      ],
      swiftSettings: settings)
  ]
)
