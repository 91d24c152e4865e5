"""`cargo run` as a user starts and ends it, and what it must leave as it was."""

import contextlib
import os
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from checks import wait_for

PROJECT = Path(__file__).resolve().parents[2]
STUDENT = PROJECT / "notebooks" / "ejercicios"
SOLVED = PROJECT / "notebooks" / "soluciones"
USERS_OWN = [".jupyter", ".local/share/jupyter", ".ipython", ".config/evcxr"]


@contextlib.contextmanager
def lab(check, port):
    """The address that `cargo run` gives; after the block, Ctrl-C has to end all of it."""
    before = users_files()
    with tempfile.NamedTemporaryFile() as said:
        command = ["cargo", "run", "--quiet", "--", "--no-browser", "--port", str(port)]
        started = time.monotonic()
        # A session of its own, as of a terminal, and no output that waits for a reader.
        cargo = subprocess.Popen(command, cwd=PROJECT, stdout=said.fileno(), start_new_session=True)

        def address():
            if cargo.poll() is not None:
                raise RuntimeError(f"cargo run ended with status {cargo.returncode}")
            return re.search(r"http://127\.0\.0\.1\S+", Path(said.name).read_text())

        children = {}
        try:
            url = wait_for("address", 300, address).group()
            print(f"cargo run gave the address after {time.monotonic() - started:.0f} s")
            yield url
            children = descendants(cargo.pid)
        finally:
            cargo.send_signal(signal.SIGINT)
            try:
                cargo.wait(60)
            except subprocess.TimeoutExpired:
                cargo.kill()
                check.that(False, "Ctrl-C did not end cargo run within 60 s")
    check.that(cargo.returncode == 0, f"after Ctrl-C, the exit status is {cargo.returncode}")
    check.that(any("evcxr" in program for program in children.values()), f"no kernel among the children of cargo run: {children}")
    for pid, program in children.items():
        check.that(not alive(pid), f"process {pid} ({program}) outlives Ctrl-C")
    for file, when in users_files().items():
        check.that(before.get(file) == when, f"{file} was written")


@contextlib.contextmanager
def exercises_kept():
    """The student notebooks are as before after the block, whatever was worked in them."""
    before = {file: file.read_bytes() for file in STUDENT.iterdir() if file.is_file()}
    try:
        yield
    finally:
        for file in STUDENT.iterdir():
            if file.is_file() and file not in before:
                file.unlink()
        for file, content in before.items():
            file.write_bytes(content)


def users_files():
    """The user's own Jupyter and evcxr files, with their times."""
    files = (file for name in USERS_OWN for file in (Path.home() / name).rglob("*"))
    return {file: file.stat().st_mtime_ns for file in files if file.is_file()}


def descendants(pid):
    """The processes that come from one, each with its program."""
    lines = subprocess.run(["ps", "-eo", "pid=,ppid=,comm="], check=True, capture_output=True, text=True).stdout
    table = [line.split(maxsplit=2) for line in lines.splitlines()]
    found = {}
    while more := {int(it): program for it, of, program in table if int(of) in {pid, *found} and int(it) not in found}:
        found |= more
    return found


def alive(pid):
    """Whether a process still runs; one that has ended and that nobody has asked after does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return state != "" and not state.startswith("Z")


def browser_arguments():
    """Chromium's sandbox does not work for root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []
