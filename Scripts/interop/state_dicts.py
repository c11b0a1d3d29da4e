"""The networks of `interop-files` in NumPy, from parameters as PyTorch names and stores them.

PyTorch itself is too large to be fetched for every check; torch_check.py does the same with it where it is installed.
"""

import numpy as np


def linear(x, p, place):
    y = x @ p[f"{place}.weight"].T
    return y + p[f"{place}.bias"] if f"{place}.bias" in p else y


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def erf(x):
    from math import erf as exact

    return np.vectorize(exact)(x)


def gelu(x):
    return x * 0.5 * (1 + erf(x / np.sqrt(2)))


def batch_norm(x, p, place):
    shape = (1, -1) + (1,) * (x.ndim - 2)
    mean, variance = p[f"{place}.running_mean"].reshape(shape), p[f"{place}.running_var"].reshape(shape)
    return (x - mean) / np.sqrt(variance + 1e-5) * p[f"{place}.weight"].reshape(shape) + p[f"{place}.bias"].reshape(shape)


def layer_norm(x, p, place):
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    return centred / spread * p[f"{place}.weight"] + p[f"{place}.bias"]


def windows(x, height, width, stride):
    seen = np.lib.stride_tricks.sliding_window_view(x, (height, width), axis=(2, 3))
    return seen[:, :, ::stride, ::stride]


def convolution(x, p, place, padding=0):
    weight = p[f"{place}.weight"]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    y = np.einsum("nchwij,ocij->nohw", windows(x, *weight.shape[2:], 1), weight)
    return y + p[f"{place}.bias"].reshape(1, -1, 1, 1) if f"{place}.bias" in p else y


def lstm_step(x, h, c, recurrent, bias):
    i, f, g, o = np.split(x + h @ recurrent.T + bias, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def gru_step(x, h, c, recurrent, bias):
    (r, z, n), (hr, hz, hn) = np.split(x, 3, axis=1), np.split(h @ recurrent.T + bias, 3, axis=1)
    z = sigmoid(z + hz)
    return (1 - z) * np.tanh(n + sigmoid(r + hr) * hn) + z * h, c


def rnn_step(x, h, c, recurrent, bias):
    return np.tanh(x + h @ recurrent.T + bias), c


def recurrent(x, p, step, layers=1, both=False):
    for layer in range(layers):
        outputs = []
        for ending in [f"l{layer}"] + ([f"l{layer}_reverse"] if both else []):
            w = {name: p[f"0.{name}_{ending}"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
            h = c = np.zeros((len(x), w["weight_hh"].shape[1]))
            times = range(x.shape[1])
            found = {}
            for t in reversed(times) if "reverse" in ending else times:
                h, c = step(x[:, t] @ w["weight_ih"].T + w["bias_ih"], h, c, w["weight_hh"], w["bias_hh"])
                found[t] = h
            outputs.append(np.stack([found[t] for t in times], axis=1))
        x = np.concatenate(outputs, axis=2)
    return x


def perceptron(x, p):
    y = linear(np.tanh(linear(x, p, 0)), p, 2)
    return np.exp(y) / np.exp(y).sum(axis=1, keepdims=True)


def convolutional(x, p):
    x = windows(np.maximum(convolution(x, p, 0, padding=1), 0), 2, 2, 2).max(axis=(4, 5))
    x = np.tanh(batch_norm(convolution(x, p, 3), p, 4))
    return linear(windows(x, 2, 2, 1).mean(axis=(4, 5)).reshape(len(x), -1), p, 8)


def after_sequence(step, **how):
    return lambda x, p: linear(recurrent(x, p, step, **how).reshape(len(x), -1), p, 2)


def gates(count, features, layers=1, both=False):
    shapes = {}
    for layer in range(layers):
        width = features if layer == 0 else (10 if both else 5)
        for ending in [f"l{layer}"] + ([f"l{layer}_reverse"] if both else []):
            shapes |= {f"0.weight_ih_{ending}": (5 * count, width), f"0.weight_hh_{ending}": (5 * count, 5)}
            shapes |= {f"0.bias_ih_{ending}": (5 * count,), f"0.bias_hh_{ending}": (5 * count,)}
    return shapes


def dense(place, inputs, outputs, bias=True):
    return {f"{place}.weight": (outputs, inputs)} | ({f"{place}.bias": (outputs,)} if bias else {})


def norm(place, features):
    return {f"{place}.{name}": (features,) for name in ("weight", "bias", "running_mean", "running_var")}


# By name: the shapes of a state_dict, and what the network computes from it.
networks = {
    "perceptron": (dense(0, 4, 8) | dense(2, 8, 3), perceptron),
    "batch-norm": (
        dense(0, 4, 16) | norm(1, 16) | dense(4, 16, 3, bias=False),
        lambda x, p: linear(np.maximum(batch_norm(linear(x, p, 0), p, 1), 0), p, 4),
    ),
    "layer-norm": (
        dense(0, 4, 6) | {"1.weight": (6,), "1.bias": (6,)} | dense(3, 6, 3),
        lambda x, p: linear(gelu(layer_norm(linear(x, p, 0), p, 1)), p, 3),
    ),
    "convolution": (
        {"0.weight": (6, 2, 3, 3), "0.bias": (6,), "3.weight": (8, 6, 3, 2)} | norm(4, 8) | dense(8, 32, 5),
        convolutional,
    ),
    "lstm": (gates(4, 3) | dense(2, 30, 2), after_sequence(lstm_step)),
    "lstm-both-ways": (
        gates(4, 3, layers=2, both=True) | dense(2, 60, 2),
        after_sequence(lstm_step, layers=2, both=True),
    ),
    "gru": (gates(3, 3) | dense(2, 30, 2), after_sequence(gru_step)),
    "rnn": (gates(1, 3) | dense(2, 30, 2), after_sequence(rnn_step)),
    "embedding": (
        {"0.weight": (11, 6)} | dense(2, 42, 3),
        lambda x, p: linear(p["0.weight"][x].reshape(len(x), -1), p, 2),
    ),
}


def numbers(shapes, random):
    """Random parameters; variances are positive."""
    values = {name: random.uniform(-0.5, 0.5, shape) for name, shape in shapes.items()}
    for name in list(values):
        if name.endswith("running_var"):
            values[name] = values[name] + 1
            values[name.replace("running_var", "num_batches_tracked")] = np.array(3)
    return {n: v.astype(np.int64 if "num_batches" in n else np.float32) for n, v in values.items()}
