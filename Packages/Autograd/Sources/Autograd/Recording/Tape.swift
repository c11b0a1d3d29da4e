internal import Synchronization
public import Tensors

/// The list of everything that was computed from watched tensors, in order.
///
/// Going through it backwards gives every gradient. It is an array of records and not a graph of objects: it is in
/// topological order by construction, a chain of a million operations is freed without recursion, and it is the
/// computation graph that can be drawn. `valueWithGradient` makes and ends one; a program rarely sees it.
public final class Tape: Recorder {
  /// One operation, or one watched tensor.
  struct Record: Sendable {
    let name: String
    let inputs: InputRecords
    /// Which of the tape's shapes the result has.
    let shape: Int32
    let dtype: DType
    /// Whether this is a derivative that was found to be constant, so that its own derivative is rightly zero.
    var isConstantDerivative = false
    /// Nil for a watched tensor, and once it has been used.
    var rule: Rule?
  }

  /// What a record is besides its rule, kept only for drawing.
  struct Details: Sendable {
    var label: String?
    let value: Tensor
    let operands: [Tensor]
  }

  struct Contents: Sendable {
    var records: [Record] = []
    /// The shapes of the results. Neighbours mostly share one, so they are stored once per run of equal shapes.
    var shapes: [Shape] = []
    var details: [Details] = []
  }

  let contents: Mutex<Contents>
  /// Whether values and operands are kept, for drawing.
  let keepsDetails: Bool
  private let recording = Atomic<Bool>(true)
  /// How many differentiations run inside the outermost one, so that their backward passes are recorded.
  private let depth = Atomic<Int>(0)

  init(keepingDetails: Bool = false) {
    keepsDetails = keepingDetails
    var contents = Contents()
    contents.records.reserveCapacity(16)
    contents.shapes.reserveCapacity(8)
    self.contents = Mutex(contents)
  }

  public var isRecording: Bool { recording.load(ordering: .relaxed) }

  public var keepsTraces: Bool { depth.load(ordering: .relaxed) > 0 }

  public func record(
    _ name: String, inputs: InputRecords, output: borrowing Tensor, operands: () -> [Tensor], rule: (Int) -> Rule
  ) -> Int {
    // Made outside the lock: making a rule may compute something, and that may be recorded as well. Only a rule that
    // keeps the trace of its own result must know the record's number beforehand.
    guard keepsTraces else { return append(name, inputs, output, operands, rule: rule(-1)) }
    let index = append(name, inputs, output, operands)
    let rule = rule(index)
    contents.withLock { if index < $0.records.count { $0.records[index].rule = rule } }
    return index
  }

  public func operationName(at index: Int) -> String? {
    contents.withLock { $0.records.indices.contains(index) ? $0.records[index].name : nil }
  }

  func append(
    _ name: String, _ inputs: InputRecords, _ output: borrowing Tensor, _ operands: () -> [Tensor], rule: Rule? = nil
  ) -> Int {
    let shape = output.shape
    let dtype = output.dtype
    let details = keepsDetails ? Details(label: nil, value: output.detached, operands: operands()) : nil
    return contents.withLock { contents in
      if contents.shapes.last != shape { contents.shapes.append(shape) }
      let shapeNumber = Int32(truncatingIfNeeded: contents.shapes.count - 1)
      contents.records.append(Record(name: name, inputs: inputs, shape: shapeNumber, dtype: dtype, rule: rule))
      if let details { contents.details.append(details) }
      return contents.records.count - 1
    }
  }
}

// MARK: - Beginning and end

extension Tape {
  /// The tape of the differentiation that is running, if one is.
  @TaskLocal static var current: Tape?

  /// Makes the rules that follow keep traces, because the backward pass over them will be recorded.
  func beginInner() { depth.wrappingAdd(1, ordering: .relaxed) }

  func endInner() { depth.wrappingSubtract(1, ordering: .relaxed) }

  /// Notes nothing from now on, and hands over what was noted.
  ///
  /// Tensors that still refer to this tape then hold an empty list, so neither memory nor a reference cycle remains.
  @discardableResult
  func end() -> Contents {
    recording.store(false, ordering: .relaxed)
    return contents.withLock { contents in
      let all = contents
      contents = Contents()
      return all
    }
  }

  /// A copy of the records from `start` on, with all shapes.
  func copy(from start: Int) -> Contents {
    contents.withLock { contents in
      Contents(records: Array(contents.records[start...]), shapes: contents.shapes)
    }
  }
}
