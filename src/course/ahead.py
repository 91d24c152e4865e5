"""Runs the cells that students get on the course's kernel, which keeps what it compiles; stops as soon as the other end of stdin is gone: that is ex03.

usage: ahead.py GIVEN FOLDER        the cells of each notebook, as JSON, and where the notebooks lie

An exercise answers with what has the right shape and says nothing, so that the cells after it run.
"""

import json
import os
import pathlib
import re
import sys
import threading

from jupyter_client.manager import KernelManager

# For each exercise.
SHAPES = {
    "layer_size": "LayerSize { n_x: x.nrows(), n_h: 4, n_y: y.nrows() }",
    "init_parameters": """Parameters {
        w1: Array2::ones((size.n_h, size.n_x)), b1: Array2::zeros((size.n_h, 1)),
        w2: Array2::ones((size.n_y, size.n_h)), b2: Array2::zeros((size.n_y, 1)),
    }""",
    "fpropagation": """Cache {
        z1: Array2::ones((w1.nrows(), x.ncols())), a1: Array2::ones((w1.nrows(), x.ncols())),
        z2: Array2::ones((w2.nrows(), x.ncols())), a2: Array2::ones((w2.nrows(), x.ncols())) * 0.5,
    }""",
    "cost_function": "0.5",
    "bpropagation": "Gradients { dw1: parameters.w1.clone(), db1: parameters.b1.clone(), dw2: w2.clone(), db2: parameters.b2.clone() }",
    "update_parameters": "parameters.clone()",
    "nn_model": "(init_parameters(size, rng), vec![0.5; num_iterations])",
    "predict": "Array2::ones((parameters.w2.nrows(), x.ncols()))",
}
# Free memory in bytes; a kernel takes 0.4e9, and the compiler some more.
ROOM = 1.5e9

kernel = None
# Who holds it starts a kernel, or ends it for good.
turn = threading.Lock()


def stop_with_parent():
    os.read(0, 1)
    with turn:
        if kernel and kernel.has_kernel:
            # The kernel's program clears its folder away.
            kernel.provisioner.process.terminate()
            kernel.provisioner.process.wait(8)
        os._exit(1)


def answered(source):
    return re.sub(r'todo!\("(\w+)"\)', lambda blank: SHAPES.get(blank[1], blank[0]), source)


def run(cells, folder):
    global kernel
    kernel = KernelManager(kernel_name="rust")
    with turn:
        kernel.start_kernel(cwd=folder)
    client = kernel.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=600)
        for cell in cells:
            client.execute_interactive(answered(cell), output_hook=lambda message: None, timeout=600)
    finally:
        client.stop_channels()
        kernel.shutdown_kernel()


def main():
    import psutil

    if psutil.virtual_memory().available < ROOM:
        sys.exit(1)
    threading.Thread(target=stop_with_parent, daemon=True).start()
    given, folder = sys.argv[1:]
    for cells in json.loads(pathlib.Path(given).read_text(encoding="utf-8")):
        run(cells, folder)


if __name__ == "__main__":
    main()
