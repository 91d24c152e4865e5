"""Times the set-up on a machine that has Rust and Python and nothing else: the project's, and the manual way. benches/run.py --set-up calls it.

What a machine has by now is hidden: each way begins with empty folders for cargo and for caches, and without evcxr_jupyter on the PATH.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from notebook.cells import cells

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent
KERNEL = "0.22.0"
TITLE = "## Set-up on a machine that has Rust and Python alone"


def measure():
    """Seconds from the first order to the first answer in a notebook."""
    return {name: in_an_empty_machine(way) for name, way in (("ours", ours), ("manual", manual))}


def in_an_empty_machine(way):
    with tempfile.TemporaryDirectory() as folder:
        machine = pathlib.Path(folder)
        clone = machine / "ex03"
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        path = [it for it in os.environ["PATH"].split(os.pathsep) if not shutil.which("evcxr_jupyter", path=it)]
        env = os.environ | {"PATH": os.pathsep.join(path), "CARGO_HOME": f"{machine}/cargo", "XDG_CACHE_HOME": f"{machine}/cache"}
        began = time.perf_counter()
        way(machine, clone, env)
        return time.perf_counter() - began


def ours(_, clone, env):
    run(["cargo", "run", "--", "setup"], clone, env)
    first = sorted((clone / "notebooks" / "ejercicios").glob("*.ipynb"))[0]
    run([clone / "target" / "debug" / "ex03", "python", HERE / "notebook" / "opened.py", first], clone, env)


def manual(machine, clone, env):
    run(["cargo", "install", "--locked", "evcxr_jupyter", "--version", KERNEL, "--root", machine / "evcxr"], machine, env)
    venv = machine / "venv"
    run([sys.executable, "-m", "venv", venv], machine, env)
    run([venv / "bin" / "pip", "install", "jupyterlab"], machine, env)
    env = env | {"JUPYTER_PATH": f"{venv}/share/jupyter"}
    run([machine / "evcxr" / "bin" / "evcxr_jupyter", "--install"], machine, env)
    folder = clone / "notebooks" / "ejercicios"
    [_, first], *_ = cells(sorted(folder.glob("*.ipynb"))[0])
    script = folder / "first.py"
    script.write_text(f"\n# %% first\n{first}")
    run([venv / "bin" / "python", HERE / "notebook" / "cells.py", "rust", script], folder, env)


def run(command, folder, env):
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(f"{time.perf_counter() - began:5.0f} s: {' '.join(map(str, command))}", file=sys.stderr, flush=True)


def report(seconds, heading):
    return [
        TITLE,
        "",
        f"From the first order to the first answer in a notebook; once, on {heading}.",
        "",
        "| | s | : manual |",
        "|---|---|---|",
        f"| `cargo install evcxr_jupyter`, `pip install jupyterlab`, the first `:dep` | {seconds['manual']:.0f} | 1 |",
        f"| `cargo run` | {seconds['ours']:.0f} | {seconds['ours'] / seconds['manual']:.2f} |",
        "",
    ]
