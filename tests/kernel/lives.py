"""How a kernel starts, lives beside others, and ends."""

import contextlib
import functools
import http.server
import os
import pathlib
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time

import psutil
import zmq
from jupyter_client.manager import KernelManager
from jupyter_client.session import Session

from lab import Lab, ex03 as ex03_program
from session import LIBRARY, ROOT, Kernel, caches, folders, new_folder, until


@contextlib.contextmanager
def edited(folder):
    """An editor has one of its files open, and holds it by a link that leads nowhere."""
    link = pathlib.Path(folder, ".#lib.rs")
    link.symlink_to("somebody@somewhere.1")
    try:
        yield
    finally:
        link.unlink()


def two_at_once_and_one_that_is_killed():
    before = folders()
    one, other = Kernel(), Kernel()
    assert len(folders() - before) == 2, folders()
    one.prints("let which = 1; which", "1")
    other.prints("let which = 2; which", "2")
    one.prints("which", "1")
    killed = one.manager.provisioner.process.pid
    left = [folder for folder in folders() - before if folder.name == f"kernel-{killed}"]
    assert len(left) == 1, (killed, folders())
    os.killpg(os.getpgid(killed), signal.SIGKILL)
    until(lambda: not one.manager.is_alive(), "the killed kernel is gone")
    other.prints("which", "2")
    other.end()
    third = Kernel()
    assert left[0] not in folders(), "the next kernel sweeps up what a killed one left"
    third.end()
    one.client.stop_channels()
    until(lambda: folders() <= before, "nothing is left")


def terminated():
    """SIGTERM to the kernel's own process takes evcxr with it, and the folder."""
    before = folders()
    kernel = Kernel()
    folder = new_folder(before)
    os.kill(kernel.manager.provisioner.process.pid, signal.SIGTERM)
    until(lambda: not folder.exists(), "the folder is gone")
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)

    # Nor does one leave anything that has not come to answer yet, wherever it stands.
    for delay in (0, 0.1, 0.3, 0.6, 1, 1.5, 2.5):
        manager = KernelManager(kernel_name="rust")
        manager.start_kernel()
        process = manager.provisioner.process
        until(lambda: folders() - before, "the kernel has a folder")
        time.sleep(delay)
        os.kill(process.pid, signal.SIGTERM)
        until(lambda: process.poll() is not None, f"the kernel ends that was told to after {delay} s", 10)
        assert folders() <= before, f"a kernel that was ended after {delay} s left {folders() - before}"
        manager.cleanup_resources()


def without_a_warm_folder():
    """Where the kernels' folder cannot be made, the kernel starts the plain way."""
    [program] = [path for path in evcxr() if path.is_file()][:1]
    with tempfile.TemporaryDirectory() as cache:
        ex03 = pathlib.Path(cache) / "ex03"
        own = ex03 / f"evcxr_jupyter-{sys.argv[2]}" / "bin"
        own.mkdir(parents=True)
        (own / "evcxr_jupyter").symlink_to(program)
        (ex03 / "kernels").write_text("in the way")
        kernel = Kernel(dict(os.environ) | {"XDG_CACHE_HOME": cache})
        kernel.prints("1 + 1", "2")
        kernel.end()


def ahead_of_each_notebook():
    """A kernel starts with JupyterLab: the first notebook gets it, and the next one that which has started since."""
    # The server keeps one in reserve where there is room for it.
    available = psutil.virtual_memory().available
    assert available > 6e9, f"this test needs 6 GB of free memory, and there are {available / 1e9:.1f}"
    before = folders()
    # No kernel is busy with the cells that the course gives.
    for warm in caches("kernels/*/warm"):
        warm.with_name("ahead").write_bytes((ROOT / "src" / "course" / "given.json").read_bytes())
    lab = Lab()
    try:
        [ahead] = until(lambda: folders() - before, "a kernel starts before anyone asks for one")
        first = lab.open("1_notacion_y_activaciones.ipynb")
        shown = lab.run(first, LIBRARY, "sigmoid(&array![[0.0]])")
        assert "0.5" in shown, shown
        # One that asks before it is there gets one of its own.
        second = lab.open("2_regresion_logistica.ipynb")
        own = until(lambda: (now := folders() - before) and len(now) == 2 and now, "it has a folder")
        assert ahead in own, own
        [reserve] = until(lambda: folders() - before - own, "one more starts for the next notebook")
        time.sleep(15)
        assert folders() - before == own | {reserve}, "and no other"
        third = lab.open("3_red_neuronal.ipynb")
        for kernel, value in ((first, 1), (second, 2), (third, 3)):
            lab.run(kernel, f"let which = {value};")
        assert folders() - before == own | {reserve}, folders()

        # Each time a page is loaded it asks whether the kernel is there.
        for _ in range(30):
            assert lab.run(first, "which") == "1"
        # A restart keeps the page's connection, so that it takes none that waits.
        lab.restart(third)
        shown = lab.run(third, "which")
        assert "cannot find value `which`" in shown, shown
        assert reserve not in folders()
        assert lab.run(second, "which") == "2"

        # One that waits with a library that has changed since is no use.
        four = until(lambda: (now := folders() - before) and len(now) == 4 and now, "one more waits")
        with edited("../../src"):
            fourth = lab.open("4_otro.ipynb")
            until(lambda: len(four - folders()) == 1, "the outdated one ends")
            assert lab.run(fourth, "4 + 4") == "8"
            assert folders() - before - four, "it starts the plain way"
        assert lab.run(first, "1 + 1") + lab.run(second, "2 + 2") + lab.run(third, "3 + 3") == "246"
    finally:
        status = lab.end()
    assert status == 0, status
    until(lambda: folders() <= before, "nothing is left")

    # Nor is it when no notebook was opened.
    lab = Lab()
    until(lambda: folders() - before, "a kernel starts")
    assert lab.end() == 0
    until(lambda: folders() <= before, "nothing is left")


def released():
    """The set-up takes the kernel from an archive as evcxr's authors release it."""
    version = sys.argv[2]
    name = f"evcxr_jupyter-v{version}-x86_64-unknown-linux-gnu"
    with tempfile.TemporaryDirectory() as temporary:
        machine = pathlib.Path(temporary)
        # All is there but the kernel's program.
        ex03 = machine / "cache" / "ex03"
        ex03.mkdir(parents=True)
        for path in caches("*"):
            if path.name != f"evcxr_jupyter-{version}" and path.is_dir():
                (ex03 / path.name).symlink_to(path)
        (machine / f"v{version}").mkdir()
        archive = machine / f"v{version}" / f"{name}.tar.gz"
        with tarfile.open(archive, "w:gz", compresslevel=1) as file:
            file.add(next(path for path in evcxr() if path.is_file()).resolve(), f"{name}/evcxr_jupyter")
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=machine)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # Whoever has installed the kernel with cargo has rustc in the same folder.
        toolchain = subprocess.run(["rustc", "--print=sysroot"], capture_output=True, text=True, check=True).stdout.strip()
        path = [it for it in os.environ["PATH"].split(os.pathsep) if not pathlib.Path(it, "evcxr_jupyter").exists()]
        path.append(f"{toolchain}/bin")
        env = os.environ | {
            "PATH": os.pathsep.join(path),
            "XDG_CACHE_HOME": str(machine / "cache"),
            "EX03_EVCXR_RELEASES": f"http://127.0.0.1:{server.server_port}",
        }
        program = ex03 / f"evcxr_jupyter-{version}" / "bin" / "evcxr_jupyter"

        def set_up(seconds):
            setup = subprocess.Popen([ex03_program(), "setup"], env=env, stderr=subprocess.PIPE, text=True)
            try:
                return setup.communicate(timeout=seconds)[1]
            except subprocess.TimeoutExpired:
                setup.terminate()
                return setup.communicate()[1]

        whole = archive.read_bytes()
        archive.write_bytes(whole[: len(whole) // 2])
        said = set_up(20)
        assert "No consigo" in said and "Compilo" in said and not program.exists(), said
        archive.write_bytes(whole)
        said = set_up(300)
        assert "Descargo el núcleo de Rust: listo" in said and "Compilo" not in said, said
        assert program.stat().st_mode & 0o111, program
        assert [it.name for it in program.parent.iterdir()] == ["evcxr_jupyter"]
        server.shutdown()


def pages_that_come_and_go():
    """Pages connect, ask, are answered and hang up all at once, some hundreds; the kernel answers after it as before."""
    kernel = Kernel()
    manager = kernel.manager
    context = zmq.Context.instance()

    def come_and_go():
        own = Session(key=manager.session.key)
        for _ in range(40):
            page = context.socket(zmq.DEALER)
            page.connect(f"tcp://{manager.ip}:{manager.shell_port}")
            own.send(page, "kernel_info_request")
            page.poll(1000)
            page.close(linger=0)

    def files():
        return psutil.Process(manager.provisioner.process.pid).num_fds()

    before = files()
    for _ in range(6):
        pages = [threading.Thread(target=come_and_go) for _ in range(8)]
        for page in pages:
            page.start()
        for page in pages:
            page.join()
        shown, status = kernel.run("1 + 1", "2", timeout=20)
        assert (shown, status) == ("2", "ok"), (shown, status)
        until(lambda: files() <= before + 5, "connections of pages that have left are closed")
    kernel.end()


def evcxr():
    yield from caches("evcxr_jupyter-*/bin/evcxr_jupyter")
    yield from (pathlib.Path(folder) / "evcxr_jupyter" for folder in os.environ["PATH"].split(os.pathsep))
