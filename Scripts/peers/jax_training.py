"""The training steps of Apps/benchmark as JAX does them: one compiled function."""

import jax
import jax.numpy as jnp
import numpy as np

import training_data


def classifier_step(widths, batch):
    """An MLP with tanh, the mean cross-entropy of logits, and Adam."""
    random = np.random.default_rng(2)
    weights = [(jnp.asarray(random.uniform(-1, 1, (n, m)).astype(np.float32) / n**0.5), jnp.zeros(m))
               for n, m in zip(widths, widths[1:])]
    x, t = map(jnp.asarray, training_data.classifier_data(widths, batch))

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
