import Foundation

// house manifests|arrows <root folder>: the checks behind Scripts/checks/manifests and Scripts/checks/arrows. Both read
// the manifests as SwiftPM dumped them to .build/check/dumps.

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
  default:
    throw Complaint(text: "house knows 'manifests' and 'arrows', not '\(check)'")
  }
}

do {
  guard CommandLine.arguments.count == 3 else { throw Complaint(text: "usage: house manifests|arrows <root folder>") }
  let found = try complaints(of: CommandLine.arguments[1], at: CommandLine.arguments[2])
  for complaint in found { print(complaint.replacing(CommandLine.arguments[2] + "/", with: "")) }
  exit(found.isEmpty ? 0 : 1)
} catch let complaint as Complaint {
  print(complaint.text)
  exit(2)
}
