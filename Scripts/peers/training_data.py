"""The examples of the training steps, the same for every framework."""

import numpy as np


def classifier_data(widths, batch):
    """Inputs and targets of a classifier as float32 arrays."""
    random = np.random.default_rng(1)
    x = random.uniform(-1, 1, (batch, widths[0])).astype(np.float32)
    return x, random.integers(0, 2, (batch, 1)).astype(np.float32)
