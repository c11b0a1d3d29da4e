"""The training steps of Apps/benchmark as PyTorch (eager, fused Adam) and JAX (one compiled step) do them."""

import jax
import jax.numpy as jnp
import numpy as np
import torch


def classifier_step(widths, batch):
    """An MLP with tanh, the mean cross-entropy of logits, and Adam."""
    random = np.random.default_rng(1)
    x = random.uniform(-1, 1, (batch, widths[0])).astype(np.float32)
    t = random.integers(0, 2, (batch, 1)).astype(np.float32)
    return {"torch": _torch_classifier(widths, x, t), "jax": _jax_classifier(widths, x, t)}


def _torch_classifier(widths, x, t):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    loss = torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    return _torch_step(model, loss, optimizer, torch.from_numpy(x), torch.from_numpy(t))


def _torch_step(model, loss, optimizer, x, t):
    def step():
        with torch.enable_grad():
            optimizer.zero_grad()
            loss(model(x), t).backward()
            optimizer.step()

    return step


def _jax_classifier(widths, x, t):
    random = np.random.default_rng(2)
    weights = [(jnp.asarray(random.uniform(-1, 1, (n, m)).astype(np.float32) / n**0.5), jnp.zeros(m))
               for n, m in zip(widths, widths[1:])]
    x, t = jnp.asarray(x), jnp.asarray(t)

    def loss(weights, x, t):
        for weight, bias in weights[:-1]:
            x = jnp.tanh(x @ weight + bias)
        z = x @ weights[-1][0] + weights[-1][1]
        return jnp.mean(jnp.maximum(z, 0) - z * t + jnp.log1p(jnp.exp(-jnp.abs(z))))

    def step(weights, means, squares, count, x, t):
        _, gradients = jax.value_and_grad(loss)(weights, x, t)
        count = count + 1
        means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradients)
        squares = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, squares, gradients)
        rate, scale = 1e-3 / (1 - 0.9**count), 1 / jnp.sqrt(1 - 0.999**count)
        weights = jax.tree.map(lambda w, m, s: w - rate * m / (jnp.sqrt(s) * scale + 1e-8), weights, means, squares)
        return weights, means, squares, count

    compiled = jax.jit(step, donate_argnums=(0, 1, 2, 3))
    zeros = [jax.tree.map(jnp.zeros_like, weights) for _ in range(2)]
    state = [weights, *zeros, jnp.float32(0)]

    def run():
        state[:] = compiled(*state, x, t)
        jax.block_until_ready(state)

    return run


def addition_step():
    """The net 2-2-1 with relu, the squared error, and SGD, one example at a time, in PyTorch."""
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    x, t = torch.tensor([[0.3, 0.4]]), torch.tensor([[0.7]])
    return {"torch": _torch_step(model, torch.nn.MSELoss(), optimizer, x, t)}
