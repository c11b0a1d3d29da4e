import Wabe

/// The expression of exercise 7.2 as a recorded computation: z = (a + b)(c − d), L = ½ z².
func expression(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> ComputationGraph {
  ComputationGraph { tape in
    let a = tape.watch(Tensor(a), as: "a")
    let b = tape.watch(Tensor(b), as: "b")
    let c = tape.watch(Tensor(c), as: "c")
    let d = tape.watch(Tensor(d), as: "d")
    let u = (a + b).named("u")
    let v = (c - d).named("v")
    let z = (u * v).named("z")
    return (square(z).named("z²") * 0.5).named("L")
  }
}

extension ComputationGraph {
  /// The value of a node that holds a single number.
  func value(_ name: String) -> Double { node(name).value.scalar }

  /// The gradient of the result by such a node.
  func gradient(_ name: String) -> Double { node(name).gradient?.scalar ?? .nan }
}
