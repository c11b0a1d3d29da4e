import Synchronization
public import Tensors

/// The smallest recorder that can find gradients: a list of what was done, gone through backwards once.
///
/// Tests of operations use it in place of Autograd's tape, so that the rules are checked by something that shares no
/// line with it.
public final class SweepRecorder: Recorder {
  private struct Record: Sendable {
    let name: String
    let inputs: InputRecords
    let output: Tensor
    var rule: Rule?
  }

  private let records = Mutex<[Record]>([])

  /// Whether rules keep traces, so that the way back is recorded, too.
  public let keepsTraces: Bool

  /// A recorder that has noted nothing yet.
  public init(keepsTraces: Bool = false) { self.keepsTraces = keepsTraces }

  public var isRecording: Bool { true }

  /// The same tensor, from now on recorded.
  public func watch(_ tensor: Tensor) -> Tensor {
    var watched = tensor.detached
    let record = Record(name: "", inputs: InputRecords(), output: tensor.detached, rule: nil)
    watched.trace = Trace(recorder: self, index: append(record))
    return watched
  }

  public func record(
    _ name: String, inputs: InputRecords, output: borrowing Tensor, operands: () -> [Tensor],
    rule: (_ traced: Int?) -> Rule
  ) -> Int? {
    let copy = copy output
    let index = append(
      Record(name: name, inputs: inputs, output: copy.detached, rule: keepsTraces ? nil : rule(nil)))
    if keepsTraces {
      let rule = rule(index)
      records.withLock { $0[index].rule = rule }
    }
    return index
  }

  private func append(_ record: Record) -> Int {
    records.withLock { records in
      records.append(record)
      return records.count - 1
    }
  }

  /// The names of the operations that were recorded, in order.
  public var names: [String] {
    records.withLock { records in records.compactMap { $0.rule == nil ? nil : $0.name } }
  }

  /// The gradients of what was watched, in the order of watching, where the result has the given gradient.
  ///
  /// A tensor that the result does not depend on has the gradient nil. A rule whose gradient differs from its input
  /// in shape or type of element is reported through `complain`.
  public func gradients(of result: Tensor, seed: Tensor, complain: (String) -> Void) -> [Tensor?] {
    let all = records.withLock { $0 }
    guard let last = result.trace?.index else { return all.filter { $0.rule == nil }.map { _ in nil } }
    var gradients = [Tensor?](repeating: nil, count: all.count)
    gradients[last] = seed
    for index in stride(from: last, through: 0, by: -1) {
      guard let gradient = gradients[index], let rule = all[index].rule else { continue }
      let inputs = all[index].inputs
      let needed = (0..<inputs.count).compactMap { place in inputs[place].map { (place, $0) } }
      let parts: [(record: Int, gradient: Tensor)] =
        switch rule {
        case .each(let rule): needed.map { place, record in (record, rule(gradient, place)) }
        case .all(let rule): Self.pick(needed, from: rule(gradient))
        }
      for (record, part) in parts {
        let output = all[record].output
        if part.shape != output.shape || part.dtype != output.dtype {
          complain(
            "\(all[index].name): the gradient is \(part.dtype)\(part.shape), the input \(output.dtype)\(output.shape)")
          continue
        }
        gradients[record] = gradients[record].map { $0 + part } ?? part
      }
    }
    return all.indices.filter { all[$0].rule == nil }.map { gradients[$0] }
  }

  private static func pick(
    _ needed: [(Int, Int)], from gradients: [Tensor?]
  ) -> [(record: Int, gradient: Tensor)] {
    needed.compactMap { place, record in gradients[place].map { (record, $0) } }
  }
}
