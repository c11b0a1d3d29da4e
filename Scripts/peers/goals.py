"""What each workload of Apps/benchmark is to reach.

The times were set on another machine, so where a peer does the same work in the same run, only the ratio counts: the
one that was set, or the peer's time on that machine divided by the limit. The limit decides where nobody does the same,
and for memory, which depends little on the machine.
"""

import dataclasses


@dataclasses.dataclass
class Goal:
    """How many times better than each peer, and the value itself in the unit of the workload."""

    torch: float | None = None
    jax: float | None = None
    limit: float | None = None


_AHEAD = Goal(torch=1, jax=1)

GOALS = {
    "cold-start": Goal(torch=65, jax=13, limit=40),
    "cold-exercise": Goal(limit=150),
    "memory-step": Goal(limit=60),
    "reproduce": Goal(limit=60),
    "allocations": Goal(limit=60),
    "copies": Goal(limit=0),
    "matmul-2048": _AHEAD,
    "matmul-512": _AHEAD,
    "matmul-128x512x784": _AHEAD,
    "matmul-128x512x784-tn": _AHEAD,
    "matmul-128x512x784-nt": _AHEAD,
    "map-tanh-10M": Goal(torch=1),
    "map-exp-10M": Goal(torch=1),
    "map-add-10M": Goal(torch=1),
    "sum-10M": Goal(torch=1),
    "step-64x32": Goal(torch=20, jax=3.5, limit=8),
    "step-1000x32": Goal(torch=6.8, jax=2.2, limit=45),
    "step-128x512": Goal(torch=2.2, jax=1.2, limit=1050),
    "step-addition": Goal(torch=41, limit=2),
    "checkpoint-100MB-save": Goal(limit=200_000),
    "checkpoint-100MB-load": Goal(limit=150_000),
    "grid-512": Goal(torch=11, limit=5),
    "boundary-512": Goal(torch=13, limit=25),
}


def met(name, row):
    """Whether the goal is met; None where there is none."""
    goal = GOALS.get(name, Goal())
    ratios = [(row[f"times_{peer}"], aim) for peer in ("torch", "jax")
              if (aim := getattr(goal, peer)) and f"times_{peer}" in row]
    if ratios:
        return all(ratio >= aim for ratio, aim in ratios)
    return row["wabe"] <= goal.limit if goal.limit is not None else None


def text(name):
    """The goal in words."""
    goal = GOALS.get(name, Goal())
    parts = [f"{aim:g}× {who}" for aim, who in ((goal.torch, "PyTorch"), (goal.jax, "JAX")) if aim]
    return ", ".join(parts) if parts else f"≤ {goal.limit:g}" if goal.limit is not None else "–"
