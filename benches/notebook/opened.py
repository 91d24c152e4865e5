"""Starts JupyterLab by `cargo run`'s own program, opens a notebook at once, runs its first cell, and prints as JSON when it was answered.

usage: opened.py NOTEBOOK

`order` is from the order that starts JupyterLab; `opened` from when it gives the address, where a browser would begin to load the page; `later`
is of a further notebook, half a minute after the first.
"""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "kernel"))

from lab import Lab  # noqa: E402

from cells import cells  # noqa: E402


def main():
    path = pathlib.Path(sys.argv[1])
    [_, first], *_ = cells(path)
    order = time.perf_counter()
    lab = Lab()
    try:
        opened = time.perf_counter()
        lab.run(lab.open(path.name), first)
        end = time.perf_counter()
        time.sleep(30)
        further = time.perf_counter()
        lab.run(lab.open("another.ipynb"), first)
        later = time.perf_counter() - further
    finally:
        lab.end()
    print(json.dumps({"order": end - order, "opened": end - opened, "later": later}))


main()
