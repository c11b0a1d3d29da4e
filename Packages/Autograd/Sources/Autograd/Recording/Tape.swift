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
    /// What is kept of the result's shape, for a check of the gradient: the whole of it would cost more than the rest.
    let count: Int
    let rank: UInt8
    let dtype: DType
    /// Whether this is a derivative that was found to be constant, so that its own derivative is rightly zero.
    var isConstantDerivative = false
    /// Nil for a watched tensor, and once it has been used.
    var rule: Rule?

    init(name: String, inputs: InputRecords, count: Int, rank: Int, dtype: DType, rule: Rule?) {
      self.name = name
      self.inputs = inputs
      self.count = count
      self.rank = UInt8(truncatingIfNeeded: rank)
      self.dtype = dtype
      self.rule = rule
    }
  }

  /// What a record is besides its rule, kept only for drawing.
  struct Details: Sendable {
    var label: String?
    let value: Tensor
    let operands: [Tensor]
  }

  struct Contents: Sendable {
    var records: [Record] = []
    var details: [Details] = []

    init(records: [Record] = []) { self.records = records }

    init(capacity: Int) { records.reserveCapacity(capacity) }
  }

  let contents: Mutex<Contents>
  /// Whether values and operands are kept, for drawing.
  let keepsDetails: Bool
  private let recording = Atomic<Bool>(true)
  /// How many differentiations run inside the outermost one, so that their backward passes are recorded.
  private let depth = Atomic<Int>(0)

  init(keepingDetails: Bool = false) {
    keepsDetails = keepingDetails
    contents = Mutex(Contents(capacity: 64))
  }

  public var isRecording: Bool { recording.load(ordering: .relaxed) }

  public var keepsTraces: Bool { depth.load(ordering: .relaxed) > 0 }

  public func record(
    _ name: String, inputs: InputRecords, output: borrowing Tensor, operands: () -> [Tensor],
    rule: (_ traced: Int?) -> Rule
  ) -> Int? {
    guard isRecording else { return nil }
    let keepsTraces = keepsTraces
    let details = keepsDetails ? Details(label: nil, value: output.detached, operands: operands()) : nil
    let (count, rank, dtype) = (output.count, output.rank, output.dtype)
    // Moved into the list by way of `take`, not copied: copying it costs as much as making it.
    var made = keepsTraces ? nil : rule(nil)
    let index = contents.withLock { contents in
      contents.records.append(
        Record(name: name, inputs: inputs, count: count, rank: rank, dtype: dtype, rule: made.take()))
      if let details { contents.details.append(details) }
      return contents.records.count - 1
    }
    if keepsTraces {
      let rule = rule(index)
      contents.withLock { if index < $0.records.count { $0.records[index].rule = rule } }
    }
    return index
  }

  public func operationName(at index: Int) -> String? {
    contents.withLock { $0.records.indices.contains(index) ? $0.records[index].name : nil }
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

  /// A copy of the records from `start` on.
  func copy(from start: Int) -> Contents {
    contents.withLock { contents in
      Contents(records: Array(contents.records[start...]))
    }
  }
}
