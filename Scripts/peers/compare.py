"""Runs the workloads of `benchmark` in PyTorch and JAX too, in turns, and reports the ratios.

Usage: compare.py --swift PROGRAM [--filter NAME]... [--rounds N] [--threads N] [--output FOLDER]

Each round runs every workload in Wabe, PyTorch and JAX one after the other, so that a busy machine slows all of them;
the best of all rounds counts. Everyone gets the same number of threads. The folder (default: Results/benchmark) gets
peers.json, comparison.md and comparison.png; the table is printed too.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

import comparison
import goals

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--swift", required=True, metavar="PROGRAM", help="the built benchmark program")
parser.add_argument("--filter", "--only", action="append", default=[], metavar="NAME",
                    help="workloads whose names begin so")
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
parser.add_argument("--output", type=pathlib.Path, metavar="FOLDER",
                    default=pathlib.Path(__file__).resolve().parents[2] / "Results" / "benchmark")
parser.add_argument("--json", action="store_true", help="print the results as JSON instead of a table")
options = parser.parse_args()

os.environ["WABE_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(options.threads)
if options.threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import peer_workloads  # noqa: E402  (after the environment is set, which the frameworks read when they are imported)

PEERS = ("torch", "jax")


def measure_swift(name):
    """What the benchmark program prints for one workload; None if it says why it cannot do it."""
    command = [options.swift, "--json", "--filter", name]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    return next((line for line in map(json.loads, result.stdout.splitlines()) if line["name"] == name), None)


def better(unit, values):
    """The best of several numbers: the largest rate, or the smallest of anything else."""
    return (max if unit.endswith("/s") else min)(values)


def row(name, unit, found):
    """The best numbers of one workload, and how many times better Wabe is than each peer."""
    result = {"name": name, "unit": unit, "threads": options.threads}
    result.update({who: better(unit, values) for who, values in found.items() if values})
    goal = goals.GOALS.get(name, goals.Goal())
    for peer in PEERS:
        if peer in result:
            ratio = result["wabe"] / result[peer]
            result["times_" + peer] = ratio if unit.endswith("/s") else 1 / ratio
            if aim := getattr(goal, peer):
                result["goal_" + peer] = aim
    return result


listed = subprocess.run([options.swift, "--list"], check=True, capture_output=True, text=True).stdout
names = [line.split()[0] for line in listed.splitlines()]
names = [name for name in names if not options.filter or any(name.startswith(word) for word in options.filter)]
if not names:
    sys.exit("compare: there is no such workload: benchmark --list shows all")

makers = peer_workloads.workloads(options.threads)
works = {}
found = {name: {who: [] for who in ("wabe", *PEERS)} for name in names}
units = {}
for turn in range(options.rounds):
    for name in names:
        # A whole minute of work needs no repetition.
        if name == "reproduce" and turn > 0:
            continue
        line = measure_swift(name)
        if line is None:
            continue
        units[name] = line["unit"]
        found[name]["wabe"].append(line["value"])
        if name in makers:
            if name not in works:
                works[name] = makers[name]()
            for peer in works[name].work:
                found[name][peer].append(works[name].measure(peer, line["unit"]))

rows = [row(name, units[name], found[name]) for name in names if name in units]
record = {"threads": options.threads, "rounds": options.rounds, "versions": peer_workloads.versions(), "rows": rows}
options.output.mkdir(parents=True, exist_ok=True)
(options.output / "peers.json").write_text(json.dumps(record, indent=2) + "\n")
(options.output / "comparison.md").write_text(comparison.markdown(record))
print(json.dumps(record, indent=2) if options.json else comparison.table(record))
if any("times_" + peer in row for row in rows for peer in PEERS):
    drawn = [options.swift, "--chart", str(options.output / "peers.json"), "--output", str(options.output)]
    subprocess.run(drawn, check=True, stdout=sys.stderr)
if len(rows) < len(names):
    sys.exit("compare: not measured: " + ", ".join(name for name in names if name not in units))
