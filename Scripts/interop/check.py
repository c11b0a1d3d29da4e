"""Reads what `interop-files` wrote with the formats' own readers and compares. Usage: python check.py <folder>"""

import csv
import glob
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "numpy")

import h5py
import keras
import numpy as np
import onnx
import onnxruntime
import safetensors.numpy

folder = sys.argv[1]
random = np.random.default_rng(1)
failures = 0


def path(name):
    return os.path.join(folder, name)


def report(name, worst, limit=1e-6):
    global failures
    good = worst <= limit
    failures += not good
    print(f"INTEROP {name} worst={worst:.2g} {'ok' if good else 'FAILED'}")


def difference(a, b):
    return float(np.max(np.abs(np.asarray(a, dtype=np.float64) - np.asarray(b, dtype=np.float64))))


def run_onnx(name, inputs):
    model = onnx.load(path(name))
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path(name), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: inputs})[0]


def perceptron():
    weights = safetensors.numpy.load_file(path("mlp.safetensors"))
    x = random.standard_normal((100, 4)).astype(np.float32)
    hidden = np.tanh(x @ weights["0.weight"].T + weights["0.bias"])
    logits = hidden @ weights["2.weight"].T + weights["2.bias"]
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    report("safetensors", 0.0 if set(weights) == {"0.weight", "0.bias", "2.weight", "2.bias"} else 1.0)
    archive = np.load(path("mlp.npz"))
    report("npz", max(difference(archive[name], weights[name]) for name in weights), 0)
    report("npy", difference(np.load(path("weight.npy")), weights["0.weight"]), 0)
    report("onnx mlp", difference(run_onnx("mlp.onnx", x), expected))
    model = keras.saving.load_model(path("mlp.keras"))
    report("keras model", difference(model.predict(x, verbose=0), expected))
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(3, activation="softmax")]
    )
    model.load_weights(path("mlp.weights.h5"))
    report("keras weights", difference(model.predict(x, verbose=0), expected))
    with h5py.File(path("checkpoint.h5")) as file:
        report("checkpoint", max(difference(file["model"][name], weights[name]) for name in weights), 0)
        report("checkpoint notes", 0.0 if file.attrs["format"].decode() == "wabe ⬡" and file.attrs["version"] == 1 else 1.0)


def events():
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    accumulator = EventAccumulator(glob.glob(path("events.out.tfevents.*"))[0], size_guidance={"histograms": 0})
    accumulator.Reload()
    scalars = [event.value for event in accumulator.Scalars("loss")]
    report("tensorboard scalars", difference(scalars, [1 / epoch for epoch in range(1, 11)]))
    histograms = accumulator.Histograms("weights")
    report("tensorboard histograms", 0.0 if [h.histogram_value.num for h in histograms] == [100.0] * 10 else 1.0)
    with open(path("history.csv")) as file:
        rows = list(csv.DictReader(file))
    losses = json.load(open(path("history.json")))["loss"]
    report("history", difference([float(row["loss"]) for row in rows], losses), 0)


def traced():
    """Models that were exported by following what they do, with the outputs they had."""
    for archive in sorted(glob.glob(path("*.traced.npz"))):
        name = os.path.basename(archive)[: -len(".traced.npz")]
        arrays = np.load(archive)
        output = run_onnx(name + ".onnx", arrays["input"])
        report("onnx " + name, difference(output, arrays["output"]) / max(1.0, float(np.abs(arrays["output"]).max())))
        few = run_onnx(name + ".onnx", arrays["input"][:3])
        report(f"onnx {name}, 3 rows", difference(few, arrays["output"][:3]))


perceptron()
events()
traced()
sys.exit(1 if failures else 0)
