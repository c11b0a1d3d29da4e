// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Files",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Files", targets: ["Files"])],
  targets: [
    .target(name: "CDigest"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Files", dependencies: ["CDigest", "CZlib"], swiftSettings: settings),
  ]
)
