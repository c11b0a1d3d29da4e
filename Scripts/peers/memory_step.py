"""Trains with step-128x512 in PyTorch or JAX and prints the most memory this process held, in 10⁶ bytes.

Usage: memory_step.py torch|jax

Only the framework that is asked for is imported.
"""

import importlib
import resource
import sys


def peak_megabytes():
    """What the kernel notes for this program alone; what getrusage says begins with the memory of its parent."""
    try:
        with open("/proc/self/status") as status:
            kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
            return kilobytes * 1024e-6
    except FileNotFoundError:  # macOS, where getrusage counts bytes
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1e-6


step = importlib.import_module(sys.argv[1] + "_training").classifier_step([784, 512, 512, 1], 128)
for _ in range(100):
    step()
print(peak_megabytes())
