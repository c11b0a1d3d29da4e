internal import Checkpoints
internal import Files
internal import Glibc
internal import Tensors

extension OnnxUse {
  /// Translations of operations on each element.
  var elementwiseRules: [OnnxTranslationRule] {
    if let function = Self.unary[operation] { return [.simple(function.name) { function.evaluate($0[0]) }] }
    if let function = Self.binary[operation] {
      if all.inputs.count == 2 { return [.simple(function.name) { function.evaluate($0[0], $0[1]) }] }
      return numberRules(function.name, function.evaluate)
    }
    switch operation {
    case "square":
      return [
        OnnxTranslationRule(evaluate: { $0[0] * $0[0] }) { emitter, names, output in
          emitter.add("Mul", [names[0], names[0]], as: output)
        }
      ]
    case "rsqrt":
      return [
        OnnxTranslationRule(evaluate: { 1 / sqrt($0[0]) }) { emitter, names, output in
          let root = emitter.add("Sqrt", names)
          emitter.add("Reciprocal", [root], as: output)
        }
      ]
    case "expm1":
      return [
        OnnxTranslationRule(evaluate: { expm1($0[0]) }) { [dtype = all.output.dtype] emitter, names, output in
          let power = emitter.add("Exp", names)
          emitter.add("Sub", [power, emitter.constant(Tensor.ones([], dtype: dtype))], as: output)
        }
      ]
    case "log1p":
      return [
        OnnxTranslationRule(evaluate: { log1p($0[0]) }) { [dtype = all.output.dtype] emitter, names, output in
          let sum = emitter.add("Add", [names[0], emitter.constant(Tensor.ones([], dtype: dtype))])
          emitter.add("Log", [sum], as: output)
        }
      ]
    case "cast":
      return [
        OnnxTranslationRule(evaluate: { [dtype = all.output.dtype] in $0[0].cast(to: dtype) }) {
          [type = ElementType(all.output.dtype)] emitter, names, output in
          emitter.add("Cast", names, as: output, [("to", .integer(type.onnxNumber))])
        }
      ]
    case "where": return choiceRules
    case "clamped": return clampRules
    default: return []
    }
  }

  private static let unary: [String: (name: String, evaluate: @Sendable (Tensor) -> Tensor)] = [
    "relu": ("Relu", { relu($0) }), "tanh": ("Tanh", { tanh($0) }), "sigmoid": ("Sigmoid", { sigmoid($0) }),
    "softplus": ("Softplus", { softplus($0) }), "exp": ("Exp", { exp($0) }), "log": ("Log", { log($0) }),
    "sqrt": ("Sqrt", { sqrt($0) }), "abs": ("Abs", { abs($0) }), "negate": ("Neg", { -$0 }),
    "sin": ("Sin", { sin($0) }), "cos": ("Cos", { cos($0) }), "erf": ("Erf", { erf($0) }),
    "reciprocal": ("Reciprocal", { 1 / $0 }),
  ]

  private static let binary: [String: (name: String, evaluate: @Sendable (Tensor, Tensor) -> Tensor)] = [
    "add": ("Add", { $0 + $1 }), "subtract": ("Sub", { $0 - $1 }), "multiply": ("Mul", { $0 * $1 }),
    "divide": ("Div", { $0 / $1 }), "pow": ("Pow", { pow($0, $1) }),
    "maximum": ("Max", { maximum($0, $1) }), "minimum": ("Min", { minimum($0, $1) }),
  ]

  // MARK: - One number

  /// Translations of `f(x, c)` and `f(c, x)`, where the trace holds x and the result only.
  private func numberRules(
    _ name: String, _ function: @escaping (Tensor, Tensor) -> Tensor
  ) -> [OnnxTranslationRule] {
    numberCandidates.flatMap { number -> [OnnxTranslationRule] in
      let constant = Tensor(number).cast(to: all.output.dtype)
      return [true, false].map { isSecond in
        OnnxTranslationRule(
          evaluate: { isSecond ? function($0[0], constant) : function(constant, $0[0]) },
          emit: { emitter, names, output in
            let value = emitter.constant(constant, named: "number")
            emitter.add(name, isSecond ? [names[0], value] : [value, names[0]], as: output)
          })
      }
    }
  }

  /// Numbers that could have been the other operand, computed where they show best.
  private var numberCandidates: [Double] {
    let pairs = zip(all.inputs[0].scalars, all.output.scalars).filter { $0.isFinite && $1.isFinite }
    guard let large = pairs.max(by: { abs($0.0) < abs($1.0) }), let small = pairs.min(by: { abs($0.0) < abs($1.0) })
    else { return [] }
    var candidates: [Double]
    switch operation {
    case "add": candidates = [small.1 - small.0]
    case "subtract": candidates = [small.0 - small.1, small.1 + small.0]
    case "multiply": candidates = Array((all.gradient(.ones(like: all.output))?.scalars ?? []).prefix(1))
    case "divide": candidates = large.1 == 0 ? [] : [large.0 / large.1, large.1 * large.0]
    // A limit shows only where it was reached.
    case "maximum": candidates = isChanged ? [all.output.scalars.min() ?? 0] : []
    case "minimum": candidates = isChanged ? [all.output.scalars.max() ?? 0] : []
    default:
      let power = Glibc.log(large.1) / Glibc.log(large.0)
      let base = Glibc.exp(Glibc.log(large.1) / large.0)
      candidates = [2, 3, 0.5, -1, -0.5, power, base].filter(\.isFinite)
    }
    // Numbers in programs are short; a short one that gives the same bits is the one that was written.
    let short = candidates.flatMap { number in [3, 5, 7].map { rounded(number, digits: $0) } }
    let exact = (short + candidates).filter(isExact)
    return exact.isEmpty ? candidates : exact
  }

  private var isChanged: Bool { !all.output.isSame(as: all.inputs[0]) }

  private func isExact(_ number: Double) -> Bool {
    guard let function = Self.binary[operation]?.evaluate else { return false }
    let constant = Tensor(number).cast(to: all.output.dtype)
    return function(all.inputs[0], constant).isSame(as: all.output)
      || function(constant, all.inputs[0]).isSame(as: all.output)
  }

  private func rounded(_ number: Double, digits: Int) -> Double {
    guard number.isFinite, number != 0 else { return number }
    var (scale, size) = (1.0, abs(number))
    while size >= 1 { (size, scale) = (size / 10, scale / 10) }
    while size < 0.1 { (size, scale) = (size * 10, scale * 10) }
    for _ in 0..<digits { scale *= 10 }
    return (number * scale).rounded() / scale
  }

  /// A choice by the sign of one of the two values: the condition itself is not on record.
  private var choiceRules: [OnnxTranslationRule] {
    [0, 1].map { position in
      OnnxTranslationRule(
        evaluate: { Tensor.where($0[position] .> 0, $0[0], $0[1]) },
        emit: { [dtype = all.output.dtype] emitter, names, output in
          let zero = emitter.constant(Tensor.zeros([], dtype: dtype), named: "zero")
          let condition = emitter.add("Greater", [names[position], zero])
          emitter.add("Where", [condition] + names, as: output)
        })
    }
  }

  private var clampRules: [OnnxTranslationRule] {
    let (low, high) = (all.output.scalars.min() ?? 0, all.output.scalars.max() ?? 0)
    // Only limits that the example reached can be seen; others are not invented.
    let isLow = all.inputs[0].scalars.contains { $0 < low }
    let isHigh = all.inputs[0].scalars.contains { $0 > high }
    guard isLow, isHigh else { return [] }
    return [
      OnnxTranslationRule(evaluate: { $0[0].clamped(min: low, max: high) }) {
        [dtype = all.output.dtype] emitter, names, output in
        let lower = emitter.constant(Tensor(low).cast(to: dtype), named: "low")
        let upper = emitter.constant(Tensor(high).cast(to: dtype), named: "high")
        emitter.add("Clip", [names[0], lower, upper], as: output)
      }
    ]
  }
}
