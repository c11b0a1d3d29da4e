// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Tensors",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Tensors", targets: ["Tensors"])],
  targets: [
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .target(
      name: "TensorKernels",
      dependencies: [.target(name: "COneDNN", condition: .when(platforms: [.linux]))],
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "Tensors", dependencies: ["TensorKernels"], swiftSettings: settings),
  ]
)
