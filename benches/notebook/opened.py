"""Starts JupyterLab by `cargo run`'s own program, opens a notebook at once, runs its first cell, and prints as JSON when it was answered.

usage: opened.py [--once] NOTEBOOK

`order` is from the order that starts JupyterLab; `opened` from when it gives the address, where a browser would begin to load the page; `later`
is of a further notebook, half a minute after the first, unless --once.
"""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "kernel"))

from lab import Lab  # noqa: E402

from cells import cells  # noqa: E402


def main():
    *once, path = sys.argv[1:]
    path = pathlib.Path(path)
    [_, first], *_ = cells(path)
    order = time.perf_counter()
    lab = Lab()
    try:
        opened = time.perf_counter()
        lab.run(lab.open(path.name), first)
        end = time.perf_counter()
        told = {"order": end - order, "opened": end - opened}
        if not once:
            time.sleep(30)
            further = time.perf_counter()
            lab.run(lab.open("another.ipynb"), first)
            told["later"] = time.perf_counter() - further
    finally:
        lab.end()
    print(json.dumps(told))


main()
