"""Reads what `interop-files` wrote with the formats' own readers, compares, and writes files for it to read.

Usage: python check.py <folder>
"""

import csv
import glob
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "numpy")
os.environ.setdefault("JAX_PLATFORMS", "cpu")  # what Keras convolves with

import h5py
import keras
import numpy as np
import onnx
import onnxruntime
import safetensors.numpy
import state_dicts

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
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return float(np.max(np.abs(a - b))) if a.shape == b.shape else float("inf")


def run_onnx(name, inputs):
    model = onnx.load(path(name))
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path(name), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: inputs})[0]


def arrays():
    """Arrays and checkpoints, and an ONNX graph that was put together by hand."""
    weights = safetensors.numpy.load_file(path("mlp.safetensors"))
    x = random.standard_normal((100, 4)).astype(np.float32)
    expected = state_dicts.perceptron(x, weights)
    report("safetensors", 0.0 if set(weights) == {"0.weight", "0.bias", "2.weight", "2.bias"} else 1.0)
    archive = np.load(path("mlp.npz"))
    report("npz", max(difference(archive[name], weights[name]) for name in weights), 0)
    report("npy", difference(np.load(path("weight.npy")), weights["0.weight"]), 0)
    report("onnx mlp", difference(run_onnx("mlp.onnx", x), expected))
    with h5py.File(path("checkpoint.h5")) as file:
        report("checkpoint", max(difference(file["model"][name], weights[name]) for name in weights), 0)
        notes = file.attrs["format"].decode() == "wabe ⬡" and file.attrs["version"] == 1
        report("checkpoint notes", 0.0 if notes else 1.0)


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
        data = np.load(archive)
        scale = max(1.0, float(np.abs(data["output"]).max()))
        report("onnx " + name, difference(run_onnx(name + ".onnx", data["input"]), data["output"]) / scale)
        few = run_onnx(name + ".onnx", data["input"][:3])
        report(f"onnx {name}, 3 rows", difference(few, data["output"][:3]) / scale)


def networks():
    """Networks with the weights of a safetensors file, and safetensors files for the same networks."""
    for name, (shapes, compute) in state_dicts.networks.items():
        weights, data = safetensors.numpy.load_file(path(name + ".safetensors")), np.load(path(name + ".traced.npz"))
        found = {key: value.shape for key, value in weights.items()}
        report(f"safetensors names, {name}", 0.0 if found == shapes else 1.0, 0)
        report(f"safetensors {name}", difference(compute(data["input"], weights), data["output"]))
        weights = state_dicts.numbers(shapes, random)
        safetensors.numpy.save_file(weights, path(name + ".back.safetensors"))
        output = compute(data["input"], weights).astype(np.float32)
        np.savez(path(name + ".back.safetensors.npz"), input=data["input"], output=output)


def keras_networks():
    """Keras models and weights, and weights that Keras wrote for the same networks."""
    for name in state_dicts.networks:
        data = np.load(path(name + ".traced.npz"))
        x = data["input"]
        there = np.moveaxis(x, 1, -1) if x.ndim == 4 else x
        model = keras.saving.load_model(path(name + ".keras"))
        report(f"keras {name}", difference(model.predict(there, verbose=0), data["output"]))
        model.set_weights([np.zeros_like(weight) for weight in model.get_weights()])
        model.load_weights(path(name + ".weights.h5"))
        report(f"keras weights {name}", difference(model.predict(there, verbose=0), data["output"]))
        for weight in model.weights:
            values = random.uniform(-0.3, 0.3, weight.shape)
            weight.assign(values + 1 if "variance" in weight.path else values)
        model.save_weights(path(name + ".back.weights.h5"))
        output = model.predict(there, verbose=0).astype(np.float32)
        np.savez(path(name + ".back.weights.h5.npz"), input=x, output=output)


arrays()
events()
traced()
networks()
keras_networks()
sys.exit(1 if failures else 0)
