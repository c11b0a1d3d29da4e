internal import Tensors

/// One function that was run on watched inputs, from whose records derivatives can be taken.
///
/// The outermost differentiation makes a tape, and ends it before the way back, which is then plain arithmetic. A
/// differentiation inside another one joins its tape, so that the way back is recorded like everything else.
struct Differentiation {
  private let tape: Tape
  private let isOutermost: Bool
  private var sweep: Sweep

  /// Runs `function` on watched copies of `inputs` and then `derive`, while the records are there.
  static func run<Value, Result, Failure: Error>(
    at inputs: [Tensor],
    _ function: ([Tensor]) throws(Failure) -> Value,
    derive: (Value, inout Differentiation) -> Result
  ) throws(Failure) -> Result {
    require(!inputs.isEmpty, "gradients: no tensor is given whose gradient could be computed")
    if let tape = Tape.current, tape.isRecording {
      return try runInside(tape, at: inputs, function, derive: derive)
    }
    let tape = Tape()
    // Whatever happens, nothing that escapes from the function keeps the records alive.
    defer { tape.end() }
    let watched = tape.watch(inputs)
    let outcome = Tape.$current.withValue(tape) { Outcome { () throws(Failure) in try function(watched) } }
    let value = try outcome.get()
    let contents = tape.end()
    var differentiation = Differentiation(
      tape: tape, isOutermost: true,
      sweep: Sweep(records: contents.records, shapes: contents.shapes, start: 0, inputCount: inputs.count))
    return derive(value, &differentiation)
  }

  private static func runInside<Value, Result, Failure: Error>(
    _ tape: Tape, at inputs: [Tensor],
    _ function: ([Tensor]) throws(Failure) -> Value,
    derive: (Value, inout Differentiation) -> Result
  ) throws(Failure) -> Result {
    tape.beginInner()
    let watched = tape.watch(inputs)
    let start = watched[0].trace?.index ?? 0
    let outcome = Outcome { () throws(Failure) in try function(watched) }
    tape.endInner()
    let value = try outcome.get()
    let contents = tape.copy(from: start)
    var differentiation = Differentiation(
      tape: tape, isOutermost: false,
      sweep: Sweep(records: contents.records, shapes: contents.shapes, start: start, inputCount: inputs.count))
    return derive(value, &differentiation)
  }
}

extension Differentiation {
  /// What a caller may keep of a value: its number, and inside another differentiation its trace too.
  func kept(_ value: Tensor) -> Tensor { isOutermost ? value.detached : value }

  /// The gradients of all inputs, given the gradient of `output`.
  ///
  /// An input that does not influence the output has a gradient of zeros.
  ///
  /// - Parameters:
  ///   - isLast: Whether this is the last time that the records are used.
  ///   - name: What `output` is called in messages.
  mutating func gradients(
    of output: Tensor, seed: Tensor, for inputs: [Tensor], isLast: Bool = true, called name: String = "the loss"
  ) -> [Tensor] {
    let last = record(of: output, called: name)
    sweep.freesRules = isOutermost && isLast
    let result = sweep.run(from: last, seed: seed)
    require(
      result.reachedInputs,
      "gradients: \(name) does not depend on any of the inputs: use the closure's arguments to compute it")
    return inputs.indices.map { position in
      let gradient = result.gradients[position] ?? inputs[position].filled(with: 0)
      return isOutermost ? gradient : tape.markingConstant(gradient)
    }
  }

  /// The record that made `output`, or an end with a sentence that says why there is none.
  private func record(of output: Tensor, called name: String) -> Int {
    require(
      output.dtype.isFloatingPoint,
      "gradients: \(name) is of type \(output.dtype), which has no derivatives: convert it with cast(to: .float32)")
    guard let trace = output.trace else {
      fatalError(
        "gradients: \(name) was not computed from the inputs, or only through detached tensors and operations "
          + "without derivative (comparisons, rounding, casts to integers): use the closure's arguments")
    }
    require(
      trace.recorder === tape,
      "gradients: \(name) belongs to a recording that has ended: compute it inside the closure")
    require(
      trace.index >= sweep.start,
      "gradients: \(name) was computed before the closure ran: use the closure's arguments to compute it")
    return trace.index
  }
}

/// The value or the error of a function, with the type of the error.
///
/// Task-local values take closures whose error type is lost; this carries it past them.
private enum Outcome<Value, Failure: Error> {
  case value(Value)
  case error(Failure)

  init(_ body: () throws(Failure) -> Value) {
    do { self = .value(try body()) } catch { self = .error(error) }
  }

  func get() throws(Failure) -> Value {
    switch self {
    case .value(let value): return value
    case .error(let error): throw error
    }
  }
}

extension Tensor {
  /// A tensor of this one's shape and type with one number everywhere.
  func filled(with number: Double) -> Tensor {
    let one: Tensor = dtype == .float32 ? Tensor([Float(number)], shape: []) : Tensor([number], shape: [])
    return one.broadcast(to: shape)
  }
}
