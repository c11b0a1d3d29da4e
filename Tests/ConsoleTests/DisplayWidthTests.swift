import Console
import Testing

// Wide and combining ones: East Asian Width and general category of Unicode 14, read with Python's unicodedata;
// the others are plain. Sequences: as terminals draw them.
@Test(
  "text takes as many columns as a terminal gives it",
  arguments: [
    ("", 0),
    ("loss 0.25", 9),
    ("α·x₁ + β² ≤ ∂L/∂θ", 17),
    ("naïve", 5),
    ("nai\u{308}ve", 5),  // a combining mark
    ("W\u{302}\u{331}", 1),  // two combining marks
    ("残差", 4),
    ("ネット", 6),
    ("ﾈｯﾄ", 3),  // half-width
    ("（ａ）", 6),  // full-width
    ("한국어", 6),
    ("\u{1112}\u{1161}\u{11AB}", 2),  // one syllable in three letters
    ("─━░█", 4),
    ("…–—", 3),
    ("\u{200B}\u{2060}", 0),  // nothing to see
    ("a\u{AD}b", 2),  // a soft hyphen is not shown
    ("\u{18D00}", 2),
    ("𠀀", 2),
    ("🐝", 2),
    ("👩‍🔬", 2),
    ("🇩🇪", 2),
    ("❤", 1),
    ("❤️", 2),
    ("\u{1B}[31m", 4),
  ])
func displayWidths(text: String, columns: Int) {
  #expect(displayWidth(text) == columns)
}

@Test(
  "text is wrapped between words, and a word that is too long is broken",
  arguments: [
    ("a bc def", 4, ["a bc", "def"]),
    ("a bc def", 8, ["a bc def"]),
    ("a bc def", 3, ["a", "bc", "def"]),
    ("abcdefg hi", 3, ["abc", "def", "g", "hi"]),
    ("one\n\ntwo three", 5, ["one", "", "two", "three"]),
    ("", 5, [""]),
    ("残差ネット", 5, ["残差", "ネッ", "ト"]),
    ("残", 1, ["残"]),
    ("a  b", 0, ["a", "b"]),
  ])
func wrapping(text: String, width: Int, lines: [String]) {
  #expect(wrapped(text, to: width) == lines)
}

@Test(
  "text that is cut ends in an ellipsis and fits",
  arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("残差ネット", 6, "残差…"), ("残差ネット", 5, "残差…"), ("ab", 1, "…"),
    ("ab", 0, ""),
  ])
func shortening(text: String, width: Int, result: String) {
  #expect(shortened(text, to: width) == result)
}
