// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Console",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Console", targets: ["Console"])],
  targets: [.target(name: "Console", swiftSettings: settings)]
)
