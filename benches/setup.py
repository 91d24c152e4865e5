"""Times the set-up on a machine that has Rust and Python and nothing else: the project's, and the manual way. benches/run.py --set-up calls it.

What a machine has by now is hidden: each way begins with empty folders for cargo and for caches, and without evcxr_jupyter on the PATH.
"""

import functools
import http.server
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time

from notebook.cells import cells

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent
KERNEL = "0.22.0"
ARCHIVE = f"evcxr_jupyter-v{KERNEL}-x86_64-unknown-linux-gnu"
TITLE = "## Set-up on a machine that has Rust and Python alone"
# Nobody listens there.
NOWHERE = "http://127.0.0.1:9"


def measure():
    """Seconds from the first order to the first answer in a notebook."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        sys.exit("the set-up is timed on Linux on x86_64 alone")
    with tempfile.TemporaryDirectory() as releases:
        seconds = {"manual": in_an_empty_machine(functools.partial(manual, releases))}
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=releases)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            seconds["released"] = in_an_empty_machine(functools.partial(ours, f"http://127.0.0.1:{server.server_port}"))
            server.shutdown()
        seconds["compiled"] = in_an_empty_machine(functools.partial(ours, NOWHERE))
    return seconds


def in_an_empty_machine(way):
    with tempfile.TemporaryDirectory() as folder:
        machine = pathlib.Path(folder)
        clone = machine / "ex03"
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        path = [it for it in os.environ["PATH"].split(os.pathsep) if not shutil.which("evcxr_jupyter", path=it)]
        # Whoever has installed the kernel with cargo has rustc in the same folder.
        toolchain = subprocess.run(["rustc", "--print=sysroot"], capture_output=True, text=True, check=True).stdout.strip()
        path.append(f"{toolchain}/bin")
        cargo = pathlib.Path(os.environ.get("CARGO_HOME") or pathlib.Path.home() / ".cargo")
        (machine / "cargo").mkdir()
        # Where cargo downloads from.
        if (cargo / "config.toml").exists():
            shutil.copy(cargo / "config.toml", machine / "cargo")
        env = os.environ | {"PATH": os.pathsep.join(path), "CARGO_HOME": f"{machine}/cargo", "XDG_CACHE_HOME": f"{machine}/cache"}
        return way(machine, clone, env)


def ours(releases, _, clone, env):
    began = time.perf_counter()
    run(["cargo", "run", "--", "setup"], clone, env | {"EX03_EVCXR_RELEASES": releases})
    first = sorted((clone / "notebooks" / "ejercicios").glob("*.ipynb"))[0]
    tool = clone / "target" / "debug" / "ex03"
    run([tool, "python", HERE / "notebook" / "opened.py", "--once", first], clone, env)
    return time.perf_counter() - began


def manual(releases, machine, clone, env):
    folder = clone / "notebooks" / "ejercicios"
    [_, first], *_ = cells(sorted(folder.glob("*.ipynb"))[0])
    script = folder / "first.py"
    script.write_text(f"\n# %% first\n{first}")
    evcxr = machine / "evcxr" / "bin" / "evcxr_jupyter"
    venv = machine / "venv"

    began = time.perf_counter()
    run(["cargo", "install", "--locked", "evcxr_jupyter", "--version", KERNEL, "--root", machine / "evcxr"], machine, env)
    run([sys.executable, "-m", "venv", venv], machine, env)
    run([venv / "bin" / "pip", "install", "jupyterlab"], machine, env)
    env = env | {"JUPYTER_PATH": f"{venv}/share/jupyter"}
    run([evcxr, "--install"], machine, env)
    run([venv / "bin" / "python", HERE / "notebook" / "cells.py", "rust", script], folder, env)
    seconds = time.perf_counter() - began

    # As its authors pack it.
    subprocess.run(["strip", evcxr], check=True)
    place = pathlib.Path(releases, f"v{KERNEL}")
    place.mkdir()
    with tarfile.open(place / f"{ARCHIVE}.tar.gz", "w:gz") as archive:
        archive.add(evcxr, f"{ARCHIVE}/evcxr_jupyter")
    return seconds


def run(command, folder, env):
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(f"{time.perf_counter() - began:5.0f} s: {' '.join(map(str, command))}", file=sys.stderr, flush=True)


def report(seconds, when_and_where):
    names = {
        "manual": "`cargo install evcxr_jupyter`, `pip install jupyterlab`, the first `:dep`",
        "released": "`cargo run`, with the kernel that its authors have compiled, from a server on this machine",
        "compiled": "`cargo run`, where the kernel has to be compiled",
    }
    return [
        TITLE,
        "",
        f"From the first order to the first answer in a notebook; once, on {when_and_where}.",
        "",
        "| | s | : manual |",
        "|---|---|---|",
        *(f"| {name} | {seconds[way]:.0f} | {seconds[way] / seconds['manual']:.2f} |" for way, name in names.items()),
        "",
    ]
