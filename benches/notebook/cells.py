"""Runs the cells of a notebook on a kernel, and prints as JSON how long each took.

usage: cells.py KERNEL NOTEBOOK [stock]  a notebook, or a script whose cells begin with `# %% name`

`start` is from the wish to open the notebook to the answer of an empty first request; a cell's time is from its request to its reply; `memory`
is that of the kernel with all that it has started, in MB, after the first cell and after the last.
"""

import json
import os
import pathlib
import sys
import time

from jupyter_client.manager import start_new_kernel

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "kernel"))

from memory_of import tree  # noqa: E402


def cells(path):
    if path.suffix == ".py":
        parts = path.read_text().split("\n# %% ")[1:]
        return [part.split("\n", 1) for part in parts]
    notebook = json.loads(path.read_text())
    return [(cell["id"], "".join(cell["source"])) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def main():
    kernel, path = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    if sys.argv[3:] == ["stock"]:
        # Behind the course's kernel of the same name.
        os.environ["JUPYTER_PATH"] = os.environ["JUPYTER_PATH"].split(os.pathsep)[-1]
    figures = 0
    errors = []

    def count(message):
        nonlocal figures
        content = message["content"]
        if message["msg_type"] in ("display_data", "execute_result"):
            figures += any(mime in content["data"] for mime in ("image/png", "text/html"))
        if message["msg_type"] == "error":
            errors.append("\n".join(content.get("traceback", [])))

    began = time.perf_counter()
    manager, client = start_new_kernel(kernel_name=kernel, cwd=path.parent, startup_timeout=600)
    try:
        ready = time.perf_counter()
        times = {}
        first = None
        memory = []
        for name, source in cells(path):
            start = time.perf_counter()
            client.execute_interactive(source, output_hook=count, timeout=900)
            times[name] = time.perf_counter() - start
            first = first or time.perf_counter() - began
            memory = memory or [tree(manager.provisioner.pid)]
        memory.append(tree(manager.provisioner.pid))
        result = {"start": ready - began, "first_answer": first, "cells": times, "figures": figures, "memory": memory}
    finally:
        client.shutdown()
        client.stop_channels()
        deadline = time.time() + 5
        while manager.is_alive() and time.time() < deadline:
            time.sleep(0.05)
        manager.shutdown_kernel(now=True)
    if errors:
        sys.exit(f"{path.name}: {errors[0]}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
