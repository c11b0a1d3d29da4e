/// A module whose tensors are shaped by the parameters of another one, such as the memory of an optimizer.
///
/// Before the state of such a module is loaded from a file, it must take its shape; `prepare(for:)` does that without
/// waiting for the first training step.
public protocol Companion: Module {
  /// Takes the shape that belongs to a model, unless it already has it.
  mutating func prepare<Model: Module>(for model: inout Model)
}
