"""A notebook's kernel, as a page uses it, and the folders that kernels work in."""

import os
import pathlib
import queue
import time

from jupyter_client.manager import start_new_kernel

ROOT = pathlib.Path(__file__).parents[2]
LIBRARY = ':dep ex03_utils = { path = "../.." }\nuse ex03_utils::*;\nstart_notebook();'


class Kernel:
    started = []

    def __init__(self, env=None):
        Kernel.started.append(self)
        self.manager, self.client = start_new_kernel(kernel_name="rust", startup_timeout=900, env=env or dict(os.environ))

    def run(self, code, expected="", timeout=300):
        """What a cell prints and shows, and the status of the reply. evcxr may print a moment after it: what is expected is waited for."""
        shown = []

        def collect(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                shown.append(content["text"])
            elif message["msg_type"] in ("execute_result", "display_data"):
                shown.append(content["data"].get("text/plain", ""))
            elif message["msg_type"] == "error":
                shown.append("\n".join(content["traceback"]))

        reply = self.client.execute_interactive(code, output_hook=collect, timeout=timeout)
        while expected not in "".join(shown):
            try:
                collect(self.client.get_iopub_msg(timeout=1))
            except queue.Empty:
                break
        return "".join(shown), reply["content"]["status"]

    def prints(self, code, expected):
        shown, status = self.run(code, expected)
        assert status == "ok" and expected in shown, f"{code!r} gave {status}: {shown!r}"

    def fails(self, code, expected):
        shown, status = self.run(code, expected)
        assert status == "error" and expected in shown, f"{code!r} gave {status}: {shown!r}"

    def end(self):
        self.client.shutdown()
        until(lambda: not self.manager.is_alive(), "the kernel ends")
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def until(holds, what, seconds=30):
    deadline = time.monotonic() + seconds
    while not (result := holds()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)
    return result


def folders():
    """The working folders of kernels."""
    return set(caches("kernels/*/kernel-*"))


def new_folder(before):
    [folder] = folders() - before
    return folder


def caches(pattern):
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache", "ex03").glob(pattern)
