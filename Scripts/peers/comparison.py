"""The results of compare.py as text: a table for the terminal and one for a Markdown page."""

import platform

import goals

# Where the number of the column "PyTorch" is that of PyTorch and matplotlib together.
DRAWN = ("cold-exercise", "boundary-512", "figure-12-panels")


def table(record):
    """A table for a terminal of 80 columns."""
    lines = [_how(record), "", f"{'workload':<23}{'unit':<8}{'Wabe':>9}{'PyTorch':>9}{'JAX':>9}"
             f"{'× PyTorch':>11}{'× JAX':>8}"]
    for row in record["rows"]:
        lines.append(f"{row['name']:<23}{row['unit']:<8}{_number(row['wabe']):>9}{_number(row.get('torch')):>9}"
                     f"{_number(row.get('jax')):>9}{_number(row.get('times_torch'), 3):>11}"
                     f"{_number(row.get('times_jax'), 3):>8}")
    return "\n".join(lines)


def markdown(record):
    """A page with the same numbers, the goals, and whether they are met."""
    lines = [
        "# Wabe beside PyTorch, JAX and matplotlib", "", _how(record), "",
        "A ratio says how many times faster or smaller Wabe is: above 1 it is ahead. A goal without a ratio is a limit in",
        "the unit of the row.", "", "![ratios](comparison.png)", "",
        "| workload | unit | Wabe | PyTorch | JAX | × PyTorch | × JAX | goal | met |",
        "|---|---|--:|--:|--:|--:|--:|---|---|",
    ]
    for row in record["rows"]:
        name = row["name"]
        met = {True: "yes", False: "**no**", None: "–"}[goals.met(name, row)]
        torch = _number(row.get("torch")) + (" ¹" if name in DRAWN else "")
        cells = [f"`{name}`", row["unit"], _number(row["wabe"]), torch, _number(row.get("jax")),
                 _number(row.get("times_torch"), 3), _number(row.get("times_jax"), 3), goals.text(name), met]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "¹ with matplotlib, which draws what PyTorch has computed", ""]
    return "\n".join(lines)


def _how(record):
    versions = ", ".join(f"{name} {version}" for name, version in record["versions"].items())
    return (f"{_processor()}, {record['threads']} threads; best of {record['rounds']} rounds in turns; {versions}")


def _processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (FileNotFoundError, StopIteration):
        return platform.processor() or platform.machine()


def _number(value, digits=4):
    if value is None:
        return "–"
    return f"{value:.0f}" if abs(value) >= 10 ** (digits - 1) else f"{value:.{digits}g}"
