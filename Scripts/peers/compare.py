"""Runs the workloads of `benchmark` in PyTorch and JAX too, in turns, and prints the ratios.

Usage: compare.py --swift PROGRAM [--only NAME]... [--rounds N] [--threads N]

Each round runs every workload in Wabe, PyTorch and JAX one after the other, so that a busy machine slows all of them;
the best of all rounds counts. Everyone gets the same number of threads. Results go to Results/benchmark/peers.json.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--swift", required=True, metavar="PROGRAM", help="the built benchmark program")
parser.add_argument("--only", action="append", default=[], metavar="NAME", help="workloads whose names begin so")
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
parser.add_argument("--json", action="store_true", help="print the results as JSON instead of a table")
options = parser.parse_args()

os.environ["WABE_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(options.threads)
if options.threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import peer_workloads  # noqa: E402  (after the environment is set, which the frameworks read when they are imported)


def measure_swift(name):
    """The number that the benchmark program prints for one workload."""
    command = [options.swift, "--json", "--only", name]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return next(line for line in map(json.loads, lines) if line["name"] == name)


def better(unit, values):
    """The best of several numbers: the smallest time or the largest rate."""
    return (max if unit.endswith("/s") else min)(values)


listed = subprocess.run([options.swift, "--list"], check=True, capture_output=True, text=True).stdout
names = [line.split()[0] for line in listed.splitlines()]
known = peer_workloads.workloads(options.threads)
chosen = [n for n in names if n in known and (not options.only or any(n.startswith(o) for o in options.only))]
if not chosen:
    sys.exit("compare: no such workload; those that peers can do: " + ", ".join(n for n in names if n in known))

found = {name: {"wabe": [], "torch": [], "jax": []} for name in chosen}
units = {}
for _ in range(options.rounds):
    for name in chosen:
        line = measure_swift(name)
        units[name] = line["unit"]
        found[name]["wabe"].append(line["value"])
        for peer, work in known[name].work.items():
            seconds = peer_workloads.best_seconds(work)
            found[name][peer].append(known[name].value(line["unit"], seconds))

rows = []
for name in chosen:
    row = {"name": name, "unit": units[name], "threads": options.threads}
    row.update({who: better(units[name], values) for who, values in found[name].items() if values})
    for peer in ("torch", "jax"):
        if peer in row:
            ratio = row["wabe"] / row[peer]
            row["times_" + peer] = ratio if units[name].endswith("/s") else 1 / ratio
    rows.append(row)

folder = pathlib.Path(__file__).resolve().parents[2] / "Results" / "benchmark"
folder.mkdir(parents=True, exist_ok=True)
record = {"versions": peer_workloads.versions(), "rows": rows}
(folder / "peers.json").write_text(json.dumps(record, indent=2) + "\n")

if options.json:
    print(json.dumps(record, indent=2))
    sys.exit()
print(f"{options.threads} threads, best of {options.rounds} rounds in turns; "
      + ", ".join(f"{k} {v}" for k, v in peer_workloads.versions().items()) + "\n")
print(f"{'workload':<23}{'unit':<8}{'Wabe':>9}{'PyTorch':>9}{'JAX':>9}{'× PyTorch':>11}{'× JAX':>8}")


def text(value, width, digits=4):
    return f"{value:{width}.{digits}g}" if value is not None else " " * (width - 1) + "–"


for row in rows:
    print(f"{row['name']:<23}{row['unit']:<8}{text(row['wabe'], 9)}{text(row.get('torch'), 9)}{text(row.get('jax'), 9)}"
          + f"{text(row.get('times_torch'), 11, 3)}{text(row.get('times_jax'), 8, 3)}")
