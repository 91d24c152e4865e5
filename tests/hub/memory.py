"""What one student takes: the memory and the time of a kernel that runs the solved notebook of the exercises, from nothing.

    python tests/hub/memory.py    # with a kernel named rust, and jupyter_client

Memory is the proportional set size of the kernel and all that it starts (the compiler too), sampled five times a second.
"""

import json
import sys
import threading
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(PROJECT / "tests" / "kernel"))

from memory_of import tree  # noqa: E402


def main():
    folder = PROJECT / "notebooks/soluciones"
    notebook = json.loads((folder / "3_red_neuronal.ipynb").read_text())
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    manager = KernelManager(kernel_name="rust")
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    root = manager.provisioner.pid
    peak = Peak(root)
    peak.start()
    times = []
    for source in cells:
        started = time.monotonic()
        reply = client.execute_interactive(source, timeout=600, output_hook=lambda _: None)
        if reply["content"]["status"] != "ok":
            sys.exit(f"{source}\n{reply['content']}")
        times.append(time.monotonic() - started)
    peak.done.set()
    peak.join()
    print(f"first cell: {times[0]:.1f} s; the other {len(times) - 1}: {sum(times[1:]):.1f} s, the longest {max(times[1:]):.1f} s")
    print(f"memory while it compiles, at most: {peak.most:.0f} MB; at rest, after the last cell: {tree(root):.0f} MB")
    client.stop_channels()
    manager.shutdown_kernel(now=True)


class Peak(threading.Thread):
    def __init__(self, root):
        super().__init__(daemon=True)
        self.root, self.most, self.done = root, 0.0, threading.Event()

    def run(self):
        while not self.done.wait(0.2):
            self.most = max(self.most, tree(self.root))


if __name__ == "__main__":
    main()
