import Exporters
import FileFaults
import Files
import Testing

@Suite struct EventLogTests {
  /// Splits a log into its events, checking both sums of every record.
  private func events(_ bytes: [UInt8]) throws -> [[UInt8]] {
    func mask(_ part: ArraySlice<UInt8>) -> UInt32 {
      let crc = part.withUnsafeBytes { crc32c($0) }
      return (crc >> 15 | crc << 17) &+ 0xa282_ead8
    }
    func number(_ part: ArraySlice<UInt8>) -> UInt64 { part.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    var (rest, events) = (bytes[...], [[UInt8]]())
    while !rest.isEmpty {
      let length = rest.prefix(8)
      let count = Int(number(length))
      try #require(rest.count >= count + 16)
      #expect(UInt64(mask(length)) == number(rest.dropFirst(8).prefix(4)))
      let event = rest.dropFirst(12).prefix(count)
      #expect(UInt64(mask(event)) == number(rest.dropFirst(12 + count).prefix(4)))
      events.append(Array(event))
      rest = rest.dropFirst(16 + count)
    }
    return events
  }

  @Test("the first record names the version, and a scalar's bytes are those of the format's definition")
  func scalar() throws {
    var log = EventLog(time: 1)
    log.add(scalar: 0.5, tag: "loss", step: 300, time: 2)
    let events = try events(log.bytes)
    let version: [UInt8] = [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x10, 0, 0x1a, 13] + Array("brain.Event:2".utf8)
    // wall_time 2.0, step 300, summary { value { tag "loss" simple_value 0.5 } }
    let scalar: [UInt8] =
      [0x09, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x10, 0xac, 0x02, 0x2a, 13, 0x0a, 11, 0x0a, 4] + Array("loss".utf8)
      + [0x15, 0, 0, 0, 0x3f]
    #expect(events == [version, scalar])
  }

  @Test("a histogram of nothing finite adds no record, every other one does")
  func histogram() throws {
    var log = EventLog(time: 1)
    log.add(histogram: [.nan, .infinity], tag: "w", step: 1, time: 1)
    #expect(try events(log.bytes).count == 1)
    log.add(histogram: [1, 1, 1], tag: "w", step: 1, time: 1)
    log.add(histogram: [-1, 0, .nan, 1], bins: 4, tag: "w", step: 2, time: 1)
    #expect(try events(log.bytes).count == 3)
  }
}

@Suite struct NumberTableTests {
  @Test("a table is written as CSV and as JSON, with empty cells and exact numbers")
  func formats() {
    var table = NumberTable(columns: ["epoch", "loss", "a \"b\", c"])
    table.append([1, 0.1, nil])
    table.append([2, 1.0 / 3, .nan])
    #expect(
      table.csv == """
        epoch,loss,"a ""b"", c"
        1,0.1,
        2,0.3333333333333333,nan

        """)
    #expect(
      table.json.text == #"{"epoch":[1,2],"loss":[0.1,0.3333333333333333],"a \"b\", c":[null,"NaN"]}"#)
  }
}
