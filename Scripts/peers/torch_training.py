"""The training steps of Apps/benchmark as PyTorch does them: eager, with the fused Adam."""

import torch

import training_data


def classifier_step(widths, batch):
    """An MLP with tanh, the mean cross-entropy of logits, and Adam."""
    x, t = map(torch.from_numpy, training_data.classifier_data(widths, batch))
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    return _step(model, torch.nn.BCEWithLogitsLoss(), optimizer, x, t)


def addition_step():
    """The net 2-2-1 with relu, the squared error, and SGD, one example at a time."""
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    return _step(model, torch.nn.MSELoss(), optimizer, torch.tensor([[0.3, 0.4]]), torch.tensor([[0.7]]))


def _step(model, loss, optimizer, x, t):
    def step():
        with torch.enable_grad():
            optimizer.zero_grad()
            loss(model(x), t).backward()
            optimizer.step()

    return step
