"""Runs a notebook from its first cell to its last on the kernel `rust`, and writes a copy with its outputs.

usage: run_notebook.py NOTEBOOK EXECUTED SECONDS [stock]

With `stock` the kernel is evcxr_jupyter as it installs itself, else the course's. The notebook itself is only read. The kernel works in the notebook's folder, as it does in JupyterLab.
"""

import asyncio
import os
import sys
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient

running = "the start of the kernel"


def note_cell(cell, cell_index):
    global running
    running = f"cell {cell['id']}"


async def run(path, seconds):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="rust",
        timeout=None,
        startup_timeout=60,
        # A cell with an error is judged by who reads the outputs.
        allow_errors=True,
        record_timing=False,
        on_cell_execute=note_cell,
        resources={"metadata": {"path": str(path.parent)}},
    )
    run = asyncio.ensure_future(client.async_execute())
    # Cancelling the run would leave the kernel behind.
    await asyncio.wait({run}, timeout=seconds)
    if not run.done():
        await client.km.shutdown_kernel(now=True)
        sys.exit(f"{path.name} did not end within {seconds} s: it was at {running}")
    await run
    return notebook


def main():
    path, executed, seconds = Path(sys.argv[1]).resolve(), sys.argv[2], int(sys.argv[3])
    if sys.argv[4:] == ["stock"]:
        # Behind the course's kernel of the same name.
        os.environ["JUPYTER_PATH"] = os.environ["JUPYTER_PATH"].split(os.pathsep)[-1]
    try:
        notebook = asyncio.run(run(path, seconds))
    except NoSuchKernel:
        sys.exit("no kernel named rust: set it up with `cargo run -- setup`")
    nbformat.write(notebook, executed)


main()
