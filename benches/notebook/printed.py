"""Prints the cost of each of 10,000 iterations in JupyterLab, on the course's kernel and on Python's by turns, and what each took as JSON.

usage: printed.py ROUNDS

From the request of a cell that is known to the kernel to its last line on its page, which stays open; its first run, which compiles it, is left out.
"""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "kernel"))

from lab import Lab, shown_by  # noqa: E402

LINES = 10_000
PRINTING = {
    "rust": 'for i in 0..LINES { println!("costo en la iteración {i:>4}: {:.6}", 1.0 / (i as f64 + 1.0)); }',
    "python3": 'for i in range(LINES): print(f"costo en la iteración {i:>4}: {1 / (i + 1):.6f}")',
}


def main():
    lab = Lab()
    took = {name: [] for name in PRINTING}
    try:
        kernels = {name: lab.open(f"{name}.ipynb", name) for name in PRINTING}
        pages = {name: lab.page(kernel) for name, kernel in kernels.items()}
        for turn in range(1 + int(sys.argv[1])):
            for name, source in PRINTING.items():
                began = time.perf_counter()
                shown = "".join(shown_by(pages[name], source.replace("LINES", str(LINES))))
                took[name].append(time.perf_counter() - began)
                assert shown.count("costo en la") == LINES, f"{name}: {shown.count('costo en la')} lines"
    finally:
        lab.end()
    print(json.dumps({name: times[1:] for name, times in took.items()}))


main()
