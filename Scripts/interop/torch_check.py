"""Does with PyTorch itself what check.py does with NumPy: loads the safetensors files, compares, writes its own.

Usage: python torch_check.py <folder>, with a Python that has torch and safetensors.
"""

import os
import sys

import numpy as np
import torch
from torch import nn

try:
    from safetensors.torch import load_file, save_file
except ImportError:
    sys.exit("torch_check: safetensors is not installed beside torch: pip install safetensors")

folder = sys.argv[1]
failures = 0


class Sequence(nn.Sequential):
    """A recurrent layer at place 0 and a linear map at place 2."""

    def __init__(self, layer, features):
        super().__init__(layer, nn.Flatten(), nn.Linear(features, 2))

    def forward(self, x):
        return self[2](self[1](self[0](x)[0]))


networks = {
    "perceptron": nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3), nn.Softmax(dim=-1)),
    "batch-norm": nn.Sequential(
        nn.Linear(4, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 3, bias=False)
    ),
    "layer-norm": nn.Sequential(nn.Linear(4, 6), nn.LayerNorm(6), nn.GELU(), nn.Linear(6, 3)),
    "convolution": nn.Sequential(
        nn.Conv2d(2, 6, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 8, (3, 2), bias=False),
        nn.BatchNorm2d(8),
        nn.Tanh(),
        nn.AvgPool2d(2, stride=1),
        nn.Flatten(),
        nn.Linear(32, 5),
    ),
    "lstm": Sequence(nn.LSTM(3, 5, batch_first=True), 30),
    "lstm-both-ways": Sequence(nn.LSTM(3, 5, num_layers=2, bidirectional=True, batch_first=True), 60),
    "gru": Sequence(nn.GRU(3, 5, batch_first=True), 30),
    "rnn": Sequence(nn.RNN(3, 5, batch_first=True), 30),
    "embedding": nn.Sequential(nn.Embedding(11, 6), nn.Flatten(), nn.Linear(42, 3)),
}

torch.manual_seed(1)
for name, model in networks.items():
    data = np.load(os.path.join(folder, name + ".traced.npz"))
    x = torch.from_numpy(data["input"])
    # One training step's worth of statistics, so that the running ones are not those it began with.
    with torch.no_grad():
        model.train()(x)
        model.eval()
        save_file(model.state_dict(), os.path.join(folder, name + ".back.safetensors"))
        output = model(x).numpy()
        np.savez(os.path.join(folder, name + ".back.safetensors.npz"), input=data["input"], output=output)
        model.load_state_dict(load_file(os.path.join(folder, name + ".safetensors")))
        worst = float(np.abs(model(x).numpy() - data["output"]).max())
    failures += worst > 1e-6
    print(f"INTEROP torch {torch.__version__} {name} worst={worst:.2g} {'ok' if worst <= 1e-6 else 'FAILED'}")
sys.exit(1 if failures else 0)
