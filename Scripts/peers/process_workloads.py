"""Whole processes: how long PyTorch and JAX take to be there, and how much memory they hold while they train."""

import pathlib
import subprocess
import sys

FIGURE = """
import {module}, matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
plt.plot([0, 1])
plt.savefig("{folder}/figure.png", dpi=144)
"""


def import_only(module):
    """Starts Python, imports one module and ends."""
    return lambda: _python("-c", f"import {module}")


def figure(module, folder):
    """The same with matplotlib and one line in one picture: less than any exercise."""
    return lambda: _python("-c", FIGURE.format(module=module, folder=folder))


def memory(framework):
    """The peak memory of training in a process of its own, in 10⁶ bytes."""
    program = pathlib.Path(__file__).parent / "memory_step.py"
    return lambda: float(_python(str(program), framework))


def _python(*arguments):
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout
