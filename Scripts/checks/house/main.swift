import Foundation

// house manifests|arrows|documented <root folder>: the checks behind the scripts of the same names. The first two read
// the manifests as SwiftPM dumped them to .build/check/dumps, the third the symbol graphs in .build/alone/symbols.

/// The complaints of one check about the repository in `folder`.
func complaints(of check: String, at folder: String) throws -> [String] {
  let dumps = folder + "/.build/check/dumps"
  let root = try Manifest(ofFolder: folder, dump: dumps + "/root.json")
  switch check {
  case "manifests":
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/Packages").sorted()
    return try names.flatMap { name in
      let home = "\(folder)/Packages/\(name)"
      let package = try Manifest(ofFolder: home, dump: "\(dumps)/\(name).json")
      return try disagreements(root: root, package: package, name: name) + lengthComplaint(home, name: name)
    }
  case "arrows":
    return try arrowComplaints(root: root, at: folder, arrows: Arrows(file: folder + "/Scripts/arrows.txt"))
  case "documented":
    return try undocumented(in: folder + "/.build/alone/symbols", root: folder)
  default:
    throw Complaint(text: "house has no check '\(check)'")
  }
}

do {
  guard CommandLine.arguments.count == 3 else { throw Complaint(text: "usage: house <check> <root folder>") }
  let found = try complaints(of: CommandLine.arguments[1], at: CommandLine.arguments[2])
  for complaint in found { print(complaint.replacing(CommandLine.arguments[2] + "/", with: "")) }
  exit(found.isEmpty ? 0 : 1)
} catch let complaint as Complaint {
  print(complaint.text)
  exit(2)
}
