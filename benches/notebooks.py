"""Times notebooks cell by cell: the course's kernel, the stock kernel, and the same work in Python. benches/run.py calls it."""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent
CELLS = HERE / "notebook" / "cells.py"
OPENED = HERE / "notebook" / "opened.py"
PRINTED = HERE / "notebook" / "printed.py"
PYTHON = HERE / "notebook" / "ex03_numpy.py"
SOLVED = sorted((PROJECT / "notebooks" / "soluciones").glob("*.ipynb"))
# The one that `cargo run` opens.
FIRST_OF_ALL = sorted((PROJECT / "notebooks" / "ejercicios").glob("*.ipynb"))[0]
# The one cell that shows what neither numpy nor matplotlib has: a training to leaf through. In Python it is an animation.
REPLAY = "repeticion"
OPENING = (
    "Ratios to the middle of the stock kernel's. The kernel of the notebook that `cargo run` opens starts together with JupyterLab, and ten seconds "
    "after a notebook has got its own, one more starts for the next, where 4 GB of memory are free."
)
PRINTING = (
    "To the last line on a page that stays open; of each run the median of five. evcxr sends a message a line, which `ex03 kernel` gathers for some "
    "milliseconds; Python's kernel gathers them itself, for 0.2 s."
)
OF_MEMORY = "Proportional set size: what is shared counts in parts. «Before» is the clone that was named with --before."
MEMORY = {"Rust, course's kernel": "course, new", "the same, before": "before", "Rust, stock kernel": "stock"}
# The one that brings the library.
FIRST = "preparar"


def measure(repetitions, stock_repetitions, before):
    """What every run took, by kind and notebook. `before` is a clone of an earlier state, set up, that takes its turns too."""
    tool = build()
    runs = {"before": [], "python": [], "course, first": [], "course, new": [], "course, again": [], "stock": [], "opened": [], "printed": []}
    for repetition in range(repetitions):
        say(f"notebooks {repetition + 1}/{repetitions}")
        # By turns, so that a busy minute falls on all.
        forget_cells()
        runs["python"].append({PYTHON.name: run([sys.executable], "python3", PYTHON)})
        runs["course, first"].append({it.name: run([tool, "python"], "rust", it) for it in SOLVED})
        forget_cells()
        compile_ahead(tool)
        runs["course, new"].append({it.name: run([tool, "python"], "rust", it) for it in SOLVED})
        runs["course, again"].append({it.name: run([tool, "python"], "rust", it) for it in SOLVED})
        runs["opened"].append(answer([tool, "python"], OPENED, FIRST_OF_ALL))
        runs["printed"].append(answer([tool, "python"], PRINTED, "5"))
        if before:
            old = [before / "target" / "debug" / "ex03", "python"]
            runs["before"].append({it.name: run(old, "rust", before / it.relative_to(PROJECT)) for it in (SOLVED[0], SOLVED[-1])})
        if repetition < stock_repetitions:
            runs["stock"].append({it.name: run([tool, "python"], "rust", it, "stock") for it in SOLVED})
    return runs


def say(what):
    print(what, file=sys.stderr, flush=True)


def build():
    subprocess.run(["cargo", "build", "--quiet"], cwd=PROJECT, check=True)
    subprocess.run(["cargo", "run", "--quiet", "--", "setup"], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    return str(PROJECT / "target" / "debug" / "ex03")


def compile_ahead(tool):
    """What `cargo run` does while JupyterLab is open: the cells that the course gives. In the solved notebooks the exercises are new then."""
    course = PROJECT / "src" / "course"
    script = [tool, "python", course / "ahead.py", course / "given.json", PROJECT / "notebooks" / "ejercicios"]
    # It ends with its input.
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as ahead:
        if ahead.wait() != 0:
            sys.exit("the given cells were not compiled ahead")


def forget_cells():
    """So that the next run compiles each cell, as the first run after the set-up does."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    for cells in cache.glob("ex03/kernels/*/cells"):
        shutil.rmtree(cells)


def run(python, kernel, path, *options):
    return answer(python, CELLS, kernel, path, *options)


def answer(python, script, *arguments):
    told = subprocess.run([*python, script, *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    # A kernel may write to its stdout, which is ours.
    return json.loads(told.splitlines()[-1])


def report(runs):
    """Lines of Markdown: medians, and in brackets the least and the greatest."""
    third = SOLVED[-1].name
    python = [it[PYTHON.name] for it in runs["python"]]
    course = {kind: [it[third] for it in runs[kind]] for kind in ("course, new", "course, first", "course, again", "stock")}

    def total(result, among, without=()):
        return sum(seconds for name, seconds in result["cells"].items() if name in among and name not in without)

    # Ours has cells that Python's has not: by hand, each unit, another flower, the playground.
    both = python[0]["cells"].keys() & course["course, new"][0]["cells"].keys()
    figures = course["course, new"][0]["figures"], python[0]["figures"]
    lines = [
        "## Run All of notebook 3 on a started kernel",
        "",
        f"From the first request to the last reply. Cells and figures: {len(course['course, new'][0]['cells'])} and {figures[0]} in Rust, "
        f"{len(python[0]['cells'])} and {figures[1]} in Python; ratios are of the {len(both)} cells that both have. "
        "The first row of Rust compiles the exercises, where a student wrote something new; the cells that the course gives were compiled while JupyterLab "
        "was open. The second compiles every cell, as in the first minute after the set-up. The third has compiled all before, as after a restart of the kernel.",
        "",
        "| | all cells, s | what both have, s | : Python | without the replay, s | : Python |",
        "|---|---|---|---|---|---|",
    ]
    whole, part = [total(it, both) for it in python], [total(it, both, {REPLAY}) for it in python]
    all_of = [sum(it["cells"].values()) for it in python]
    lines.append(f"| Python, numpy + scikit-learn + matplotlib | {spread(all_of)} | {spread(whole)} | 1 | {spread(part)} | 1 |")
    names = {
        "course, new": "Rust, course's kernel, exercises new",
        "course, first": "Rust, course's kernel, cells new",
        "course, again": "Rust, course's kernel, cells known",
        "stock": "Rust, stock kernel, library built",
    }
    for kind, name in names.items():
        without = {FIRST} if kind == "stock" else set()
        everything = [total(it, it["cells"].keys(), without) for it in course[kind]]
        ours, ours_part = [total(it, both, without) for it in course[kind]], [total(it, both, without | {REPLAY}) for it in course[kind]]
        lines.append(
            f"| {name} | {spread(everything)} | {spread(ours)} | {spread(ratios(ours, whole))} "
            f"| {spread(ours_part)} | {spread(ratios(ours_part, part))} |"
        )

    latencies = {
        kind: [[seconds for one in repetition.values() for name, seconds in one["cells"].items() if name != FIRST] for repetition in runs[kind]]
        for kind in names
    }
    lines += [
        "",
        "## A cell of the three notebooks, from its request to its reply",
        "",
        "All but the first of each, which brings the library; with what the cells compute.",
        "",
        "| | median, s | : stock | 95th percentile, s | : stock |",
        "|---|---|---|---|---|",
    ]
    stock = {quantile: [at(it, quantile) for it in latencies["stock"]] for quantile in (0.5, 0.95)}
    for kind, name in names.items():
        middle, high = ([at(it, quantile) for it in latencies[kind]] for quantile in (0.5, 0.95))
        lines.append(f"| {name} | {spread(middle)} | {spread(ratios(middle, stock[0.5]))} | {spread(high)} | {spread(ratios(high, stock[0.95]))} |")

    kinds = [*names, "before"] if runs["before"] else names
    first = {kind: [one["first_answer"] for repetition in runs[kind] for one in repetition.values()] for kind in kinds}
    opened = {when: [it[when] for it in runs["opened"]] for when in ("order", "opened", "later")}
    rows = {
        "Rust, stock kernel, cold": first["stock"],
        "Rust, the notebook that `cargo run` opens, from its address on": opened["opened"],
        "the same, from the order itself": opened["order"],
        "Rust, a further notebook, half a minute after another": opened["later"],
        "Rust, a notebook for which no kernel waits": first["course, new"],
        "the same, before": first.get("before"),
        "Python": [it["first_answer"] for it in python],
    }
    rows = {name: times for name, times in rows.items() if times}
    lines += ["", "## From opening a notebook to the first answer", "", OPENING, "", "| | s | : stock |", "|---|---|---|"]
    cold = [statistics.median(first["stock"])]
    lines += [f"| {name} | {spread(times)} | {spread(ratios(times, cold * len(times)))} |" for name, times in rows.items()]
    memory = {name: [it[third]["memory"] for it in runs[kind]] for name, kind in MEMORY.items() if runs[kind]}
    memory["Python"] = [it["memory"] for it in python]
    lines += ["", "## Memory of a kernel with all that it has started, of notebook 3", "", OF_MEMORY, ""]
    lines += ["| | first answer, MB | after its last cell, MB |", "|---|---|---|"]
    for name, pairs in memory.items():
        lines.append(f"| {name} | {' | '.join(spread(values, 0) for values in zip(*pairs))} |")
    printed = {name: [statistics.median(it[name]) for it in runs["printed"]] for name in ("rust", "python3")}
    lines += ["", "## Ten thousand lines printed by a cell, in JupyterLab", "", PRINTING, "", "| | s | : Python |", "|---|---|---|"]
    for name, kernel in (("Rust, course's kernel", "rust"), ("Python", "python3")):
        lines.append(f"| {name} | {spread(printed[kernel])} | {spread(ratios(printed[kernel], printed['python3']))} |")
    lines.append("")
    return lines


def at(values, quantile):
    return sorted(values)[int(quantile * (len(values) - 1) + 0.5)]


def ratios(numerators, denominators):
    return [a / b for a, b in zip(numerators, denominators)]


def spread(values, digits=2):
    return "{:.{d}f} ({:.{d}f} to {:.{d}f})".format(statistics.median(values), min(values), max(values), d=digits)
