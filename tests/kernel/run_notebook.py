"""Runs a notebook from its first cell to its last on the kernel `rust`, and writes a copy with its outputs.

usage: run_notebook.py NOTEBOOK EXECUTED SECONDS

The notebook itself is only read. The kernel works in the notebook's folder, as it does in JupyterLab.
"""

import asyncio
import sys
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient


async def run(path, seconds):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="rust",
        timeout=seconds,
        startup_timeout=60,
        # A cell with an error is judged by who reads the outputs.
        allow_errors=True,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    # nbclient's time-out is of one cell, this one of them all. It ends the kernel on its way out.
    await asyncio.wait_for(client.async_execute(), seconds)
    return notebook


def main():
    path, executed, seconds = Path(sys.argv[1]).resolve(), sys.argv[2], int(sys.argv[3])
    try:
        notebook = asyncio.run(run(path, seconds))
    except NoSuchKernel:
        sys.exit("no kernel named rust: set it up with `cargo run -- setup`")
    except TimeoutError:
        sys.exit(f"{path.name} did not end within {seconds} s")
    nbformat.write(notebook, executed)


main()
