public import Files

/// A chain of Keras layers with their weights, ready to be written for Keras 3.
///
/// Weights have Keras's orientation: a Dense kernel is [inputs, outputs].
public struct KerasModel: Sendable {
  /// A layer as Keras knows it.
  public struct Layer: Sendable {
    /// The name of the class, as `Dense`.
    public var className: String
    /// What its constructor takes.
    public var configuration: [(name: String, value: JSONValue)]
    /// The variables in Keras's order, by the attribute that holds them: empty for the layer itself, `cell` in an LSTM.
    public var variables: [(owner: String, arrays: [NamedArray])]

    /// A layer; most hold their variables themselves.
    public init(
      _ className: String, _ configuration: [(name: String, value: JSONValue)] = [], variables: [NamedArray] = [],
      of owner: String = ""
    ) {
      self.className = className
      self.configuration = configuration
      self.variables = variables.isEmpty ? [] : [(owner, variables)]
    }
  }

  /// The name of the model.
  public var name: String
  /// The sizes of one input, without the batch.
  public var inputShape: [Int]
  /// The layers, first to last.
  public var layers: [Layer]

  /// A chain of layers.
  public init(name: String = "sequential", inputShape: [Int], layers: [Layer]) {
    self.name = name
    self.inputShape = inputShape
    self.layers = layers
  }

  /// Keras's name of a group: the class in snake case, and a number from the second layer of the class on.
  static func groupNames(of layers: [Layer]) -> [String] {
    var used: [String: Int] = [:]
    return layers.map { layer in
      let name = snakeCase(layer.className)
      let count = used[name, default: 0]
      used[name] = count + 1
      return count == 0 ? name : "\(name)_\(count)"
    }
  }

  /// `BatchNormalization` as `batch_normalization`, `PReLU` as `p_re_lu`, `Conv2D` as `conv2d`.
  static func snakeCase(_ name: String) -> String {
    // First a mark before each capital that small letters follow, then between a small letter and a capital.
    let letters = Array(name)
    var marked: [Character] = []
    for (index, letter) in letters.enumerated() {
      let next = index + 1 < letters.count ? letters[index + 1] : nil
      if index > 0, letter.isUppercase, next?.isLowercase == true { marked.append("_") }
      marked.append(letter)
    }
    var result = ""
    for (index, letter) in marked.enumerated() {
      if index > 0, letter.isUppercase, marked[index - 1].isLowercase { result += "_" }
      result += letter.lowercased()
    }
    return result
  }
}
