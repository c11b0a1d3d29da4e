import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

struct PredictDigits: Experiment {
  let id = "nnti07.7.4.predict"
  let title = "From probabilities to a prediction"
  let question = "Write the function that turns the outputs of the network into predicted classes."
  let parameters = DigitTraining.parameters
  let isLong = true

  let trained: TrainedNetworks

  func run(in run: inout Run) throws {
    run.say(
      "The prediction is the class with the largest probability. The softmax keeps the order of the logits, so it can "
        + "be left out: the largest logit names the same class.")
    run.formula("ŷᵢ = argmaxⱼ Pᵢⱼ = argmaxⱼ Z₂,ᵢⱼ")
    let training = try DigitTraining(&run)
    let net = try trained.network(of: training, run) ?? train(training, run)
    let (images, names) = (training.images.test, training.images.classNames)
    let pass = net.forward(images.inputs)
    let guesses = net.predict(images.inputs)
    let confusion = Confusion(of: pass.probabilities, against: images.targets)

    run.check("as many predictions as images", Double(guesses.count), equals: Double(images.count))
    run.check(
      "argmax of P and of Z₂ agree", guesses.cast(to: .float64), equals: pass.z2.argMax(axis: 1).cast(to: .float64))
    let small = Tensor([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]], dtype: .float64)
    run.check("argmax by hand", small.argMax(axis: 1).cast(to: .float64), equals: Tensor([1, 0], dtype: .float64))
    let right = (guesses .== images.targets).cast(to: .float64).mean().scalar
    run.check(
      "accuracy from predictions and from the confusion matrix", right, equals: confusion.accuracy, within: 1e-15)

    let pairs = confusions(confusion, names)
    run.say(
      "After the training of the part before, the network is right about \((100 * right).fixed(2)) % of "
        + "\(images.count) test images. The most frequent confusions: \(pairs).")
    let sure = pass.probabilities.max(axis: 1)
    let isRight = (guesses .== images.targets).cast(to: sure.dtype)
    let whenRight = ((sure * isRight).sum() / isRight.sum()).scalar
    let whenWrong = ((sure * (1 - isRight)).sum() / max((1 - isRight).sum().scalar, 1)).scalar
    run.say(
      "It also knows when it does not know: where it is right, its largest probability is \(whenRight.text(3)) on "
        + "average, where it is wrong, \(whenWrong.text(3)).")
    run.expect("surer where it is right", holds: whenRight > whenWrong, source: "Swift, 43 seeds")
    let expected = training.expectedAccuracy
    run.expect("test accuracy", right, atLeast: expected.bound, source: expected.source)

    try run.figure("confusion", caption: "Which digit was taken for which: rows are the truth, columns the prediction.")
    {
      ConfusionMatrix(confusion.counts, names: names)
    }
    try run.figure(
      "digits", caption: "The first test image of each class, with what the network says and how sure it is."
    ) {
      let labels = images.targets.scalars(as: Int.self)
      let said = guesses.scalars(as: Int.self)
      let certainty = sure.scalars
      var figure = Figure(rows: 2, columns: 5, width: 860, height: 400, title: "Ten test images")
      for (place, name) in names.enumerated().prefix(10) {
        guard let index = labels.firstIndex(of: place) else { continue }
        figure[place / 5, place % 5].image(Image(gray: images.inputs[index].scalars, width: ImageSet.side))
        figure[place / 5, place % 5].title =
          "\(name): says \(names[said[index]]), \((100 * certainty[index]).fixed(0)) %"
      }
      return figure
    }
  }

  /// Trains where nobody has done it yet.
  private func train(_ training: DigitTraining, _ run: Run) throws -> TwoLayerNetwork {
    var net = training.net
    for epoch in 1...max(training.epochs, 1) {
      let loss = training.epoch(&net)
      try run.report(epoch, of: training.epochs, in: "training", note: "loss \(loss.text(4))")
    }
    trained.keep(net, of: training, run)
    return net
  }

  /// The three pairs that were confused most often, in words.
  private func confusions(_ confusion: Confusion, _ names: [String]) -> String {
    var pairs: [(count: Int, text: String)] = []
    for (truth, row) in confusion.counts.enumerated() {
      for (guess, count) in row.enumerated() where guess != truth && count > 0 {
        pairs.append((count, "\(names[truth]) for \(names[guess]) (\(count) times)"))
      }
    }
    let first = pairs.sorted { $0.count > $1.count }.prefix(3).map(\.text)
    return first.isEmpty ? "none" : first.joined(separator: ", ")
  }
}
