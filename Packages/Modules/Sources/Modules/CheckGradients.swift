public import Autograd
public import Tensors

/// Compares the gradients of a model's loss with central differences, for every parameter.
///
/// A copy of the model is computed in float64, whatever its own type, so the loss must take its data in float64. The
/// mode is inference unless another one is given, because dropout would make every evaluation differ. The `input` of a
/// finding counts the parameters in the order of `visit`.
public func checkGradients<Model: Module>(
  at model: inout Model, mode: Mode = .inference, skippingKinks: Bool = false, of loss: (inout Model) -> Tensor
) -> GradientCheck {
  var wide = model.cast(to: .float64)
  var collected = CollectParameters()
  wide.visit(&collected)
  return checkGradients(
    of: { (parameters: [Tensor]) in
      var copy = wide
      var exchange = ExchangeParameters(values: parameters)
      copy.visit(&exchange)
      return inMode(mode, &copy, loss)
    }, at: collected.values, skippingKinks: skippingKinks)
}
