"""The workloads of Apps/benchmark as PyTorch and JAX do them."""

import dataclasses
import functools
import tempfile
import time

import jax
import jax.numpy as jnp
import matplotlib
import numpy as np
import torch

import checkpoint_workloads
import jax_training
import picture_workloads
import process_workloads
import torch_training


@dataclasses.dataclass
class Workload:
    """What each framework runs, and what one call amounts to (operations or bytes)."""

    work: dict
    amount: float = 0
    #: How often the work is timed in one round, and for how long at least.
    runs: int = 50
    seconds_per_run: float = 0.01
    #: Whether the work returns its number instead of being timed.
    returns_number: bool = False

    def measure(self, peer, unit):
        """The number that `benchmark` would print for one framework."""
        work = self.work[peer]
        if self.returns_number:
            return work()
        seconds = _best_seconds(work, self.runs, self.seconds_per_run)
        if unit.endswith("/s"):
            return self.amount / seconds * 1e-9
        return seconds * {"ns": 1e9, "us": 1e6, "ms": 1e3, "s": 1}[unit]


def _best_seconds(work, runs, seconds_per_run):
    """The time of one call, as Apps/benchmark measures it: warm, then the best of many short runs."""
    calls = 1
    while (elapsed := _time(work, calls)) < seconds_per_run / 4:
        calls *= 2
    if elapsed > seconds_per_run:  # long work fills its time with fewer runs
        runs = max(5, int(runs * seconds_per_run / elapsed))
    calls = max(1, int(calls * seconds_per_run / elapsed))
    return min(_time(work, calls) for _ in range(runs)) / calls


def _time(work, calls):
    begin = time.perf_counter()
    for _ in range(calls):
        work()
    return time.perf_counter() - begin


def _numbers(shape, seed):
    return np.random.default_rng(seed).uniform(-1, 1, shape).astype(np.float32)


def _product(rows, columns, inner, transpose_a=False, transpose_b=False):
    a = _numbers((inner, rows) if transpose_a else (rows, inner), 1)
    b = _numbers((columns, inner) if transpose_b else (inner, columns), 2)
    ta, tb = torch.from_numpy(a), torch.from_numpy(b)
    ta, tb = ta.T if transpose_a else ta, tb.T if transpose_b else tb
    ja, jb = jnp.asarray(a), jnp.asarray(b)
    multiply = jax.jit(lambda x, y: (x.T if transpose_a else x) @ (y.T if transpose_b else y))
    return Workload(
        {"torch": lambda: torch.matmul(ta, tb), "jax": lambda: multiply(ja, jb).block_until_ready()},
        2 * rows * columns * inner,
    )


def _map(torch_function, jax_function, arguments, bytes_per_element, count=10_000_000, amount=True):
    values = [_numbers(count, seed) for seed in range(arguments)]
    tensors, arrays = [torch.from_numpy(v) for v in values], [jnp.asarray(v) for v in values]
    compiled = jax.jit(jax_function)
    return Workload(
        {"torch": lambda: torch_function(*tensors), "jax": lambda: compiled(*arrays).block_until_ready()},
        count * bytes_per_element if amount else 0,
    )


def _step(widths, batch):
    return Workload({"torch": torch_training.classifier_step(widths, batch),
                     "jax": jax_training.classifier_step(widths, batch)})


def _process(works):
    """Processes take long to start, so one run in each round has to do after the first has warmed the disk."""
    return Workload(works, runs=1)


def workloads(threads):
    """Makes all workloads by name; peers see no gradients unless the workload is about them."""
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    folder = tempfile.TemporaryDirectory(prefix="wabe-peers-")
    rings = functools.cache(picture_workloads.TrainedRings)
    checkpoint = functools.cache(lambda: checkpoint_workloads.save_and_load(f"{folder.name}/model.pt"))
    start, memory = process_workloads, process_workloads.memory
    return {
        "cold-start": lambda: _process({"torch": start.import_only("torch"), "jax": start.import_only("jax")}),
        "cold-exercise": lambda: _process(
            {"torch": start.figure("torch", folder.name), "jax": start.figure("jax", folder.name)}),
        "memory-step": lambda: Workload({"torch": memory("torch"), "jax": memory("jax")}, returns_number=True),
        "matmul-2048": lambda: _product(2048, 2048, 2048),
        "matmul-512": lambda: _product(512, 512, 512),
        "matmul-128x512x784": lambda: _product(128, 512, 784),
        "matmul-128x512x784-tn": lambda: _product(784, 512, 128, transpose_a=True),
        "matmul-128x512x784-nt": lambda: _product(128, 784, 512, transpose_b=True),
        "matmul-64x32x32": lambda: _product(64, 32, 32),
        "matmul-1000x32x32": lambda: _product(1000, 32, 32),
        "map-tanh-10M": lambda: _map(torch.tanh, jnp.tanh, 1, 8),
        "map-exp-10M": lambda: _map(torch.exp, jnp.exp, 1, 8),
        "map-add-10M": lambda: _map(torch.add, jnp.add, 2, 12),
        "sum-10M": lambda: _map(torch.sum, jnp.sum, 1, 4),
        "step-64x32": lambda: _step([2, 32, 32, 1], 64),
        "step-1000x32": lambda: _step([2, 32, 32, 1], 1000),
        "step-128x512": lambda: _step([784, 512, 512, 1], 128),
        "step-addition": lambda: Workload({"torch": torch_training.addition_step()}),
        "elementwise-4": lambda: _map(torch.add, jnp.add, 2, 0, count=4, amount=False),
        "checkpoint-100MB-save": lambda: Workload({"torch": checkpoint()[0]}),
        "checkpoint-100MB-load": lambda: Workload({"torch": checkpoint()[1]}),
        # PyTorch computes, matplotlib draws.
        "grid-512": lambda: Workload({"torch": lambda: rings().grid(512)}),
        "boundary-512": lambda: Workload({"torch": lambda: rings().boundary()}),
        "figure-12-panels": lambda: Workload({"torch": lambda: rings().panels()}),
    }


def versions():
    return {"PyTorch": torch.__version__, "JAX": jax.__version__, "matplotlib": matplotlib.__version__}
