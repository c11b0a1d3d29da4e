internal import Autograd
public import Tensors

/// The Hessian of a model's loss: all second derivatives by its parameters, as a symmetric matrix.
///
/// Rows and columns run through all parameters in the order of `visit`, each in row-major order, as
/// `Gradients.flattened` does. With n numbers it takes n ways back and n² numbers of memory: it is for small models.
public func hessian<Model: Module, Failure: Error>(
  at model: inout Model, mode: Mode = .training, of loss: (inout Model) throws(Failure) -> Tensor
) throws(Failure) -> Tensor {
  var collected = CollectParameters()
  model.visit(&collected)
  var exchange = ExchangeParameters()
  defer { exchange.undo(in: &model) }
  return try hessian(
    of: { (watched: [Tensor]) throws(Failure) in
      exchange.values = watched
      model.visit(&exchange)
      return try inMode(mode, &model, loss)
    }, at: collected.values)
}

/// How the gradients of a model's loss change along a direction: the Hessian times the direction.
///
/// It takes two ways back and never forms the Hessian. Parameters without a value in `direction` do not move.
public func hessianVectorProduct<Model: Module, Failure: Error>(
  at model: inout Model, along direction: Gradients<Model>, mode: Mode = .training,
  of loss: (inout Model) throws(Failure) -> Tensor
) throws(Failure) -> Gradients<Model> {
  var collected = CollectParameters()
  model.visit(&collected)
  require(
    collected.values.count == direction.values.count,
    "hessianVectorProduct: the model has \(collected.values.count) parameters and the direction "
      + "\(direction.values.count): take the direction from gradients of the same model")
  var exchange = ExchangeParameters()
  defer { exchange.undo(in: &model) }
  let directions = zip(direction.values, collected.values).map { $0 ?? $1 * 0 }
  let product = try hessianVectorProduct(
    of: { (watched: [Tensor]) throws(Failure) in
      exchange.values = watched
      model.visit(&exchange)
      return try inMode(mode, &model, loss)
    }, at: collected.values, along: directions)
  return Gradients(values: product, paths: collected.paths)
}
