"""Starts JupyterLab, and a kernel ahead of each notebook; stops all of it as soon as the other end of stdin is gone: that is ex03."""

import asyncio
import atexit
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
import uuid

from jupyter_client.connect import write_connection_file
from jupyter_client.launcher import launch_kernel

# Free memory in bytes, of which a kernel takes 1e9, and seconds after a notebook has got its own: its first cells come first.
ROOM = 4e9
PAUSE = 10


def stop_with_parent():
    os.read(0, 1)
    if sys.platform == "win32":
        # There os.kill would end Python at once and leave the kernels behind. Jupyter sees this within five seconds.
        signal.raise_signal(signal.SIGTERM)
    else:
        os.kill(os.getpid(), signal.SIGTERM)


class Ahead:
    """A kernel that starts before anyone asks for it: the first with JupyterLab, and one more after each that a notebook of its folder takes."""

    def __init__(self, folder):
        self.folder = os.path.realpath(folder)
        share = os.environ["JUPYTER_PATH"].split(os.pathsep)[0]
        self.command = json.loads(pathlib.Path(share, "kernels", "rust", "kernel.json").read_text())["argv"]
        self.runtime = pathlib.Path(os.environ["JUPYTER_RUNTIME_DIR"])
        self.runtime.mkdir(parents=True, exist_ok=True)
        self.waiting = None
        # By connection file: those that a manager is about to start.
        self.given = {}
        atexit.register(self.stop)

    def start(self):
        if self.waiting:
            return
        path = str(self.runtime / f"kernel-{uuid.uuid4()}.json")
        file, _ = write_connection_file(path, key=uuid.uuid4().hex.encode(), kernel_name="rust")
        began = time.time()
        process = launch_kernel([part.replace("{connection_file}", file) for part in self.command], cwd=self.folder)
        self.waiting = file, process, began

    def start_where_there_is_room(self):
        import psutil

        if psutil.virtual_memory().available >= ROOM:
            self.start()

    def stop(self):
        if self.waiting:
            file, process, _ = self.waiting
            self.waiting = None
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
            pathlib.Path(file).unlink(missing_ok=True)

    def give_to(self, manager, folder):
        """Makes it the kernel that a manager is about to start, where it may be; tells whether it is."""
        if manager.kernel_name != "rust" or os.path.realpath(folder) != self.folder:
            return False
        asyncio.get_running_loop().call_later(PAUSE, self.start_where_there_is_room)
        if not self.waiting:
            return False
        file, process, began = self.waiting
        if process.poll() is not None or changed(pathlib.Path(self.folder, "../.."), began):
            self.stop()
            return False
        self.waiting = None
        self.given[file] = process
        manager.connection_file = file
        manager.load_connection_file()
        manager._connection_file_written = True
        return True

    def launch(self, command, **options):
        """In place of `launch_kernel`: it runs already."""
        given = [part for part in command if part in self.given]
        return self.given.pop(given[0]) if given else launch_kernel(command, **options)


def changed(project, since):
    """Whether the library is another: who starts now gets the new one."""
    library = (path for path in (project / "src").rglob("*") if project / "src" / "bin" not in path.parents)
    files = [project / "Cargo.toml", *library]
    try:
        # Of a link itself: an editor's may lead nowhere.
        return any(path.lstat().st_mtime > since for path in files)
    except FileNotFoundError:
        # One has just gone.
        return True


def give_ahead(ahead):
    from jupyter_client.provisioning import local_provisioner

    pre_launch = local_provisioner.LocalProvisioner.pre_launch

    async def pre_launch_ahead(self, **options):
        # Who starts again keeps the ports that its pages know.
        if not self.ports_cached and ahead.give_to(self.parent, options.get("cwd") or ""):
            # Else it would choose others.
            self.ports_cached = True
        return await pre_launch(self, **options)

    local_provisioner.LocalProvisioner.pre_launch = pre_launch_ahead
    local_provisioner.launch_kernel = ahead.launch


def limit(connection):
    """What of the printed lines the server leaves out, where a cell prints more than a page can show."""
    limit_rate = connection._limit_rate

    def limit_printed(self, channel, message, parts):
        # A result and a figure arrive whatever was printed before them. When a cell has ended, which its status says, it counts anew.
        return any(kind in parts[0] for kind in (b'"stream"', b'"status"')) and limit_rate(self, channel, message, parts)

    connection._limit_rate = limit_printed
    connection.write_stderr = warn(connection.write_stderr)


def at_once(connection):
    """Each message is sent by itself. Else the system holds a cell's result back, until the page has acknowledged what came before: some 40 ms."""
    connect = connection.connect

    def connect_at_once(self):
        self.websocket_handler.set_nodelay(True)
        return connect(self)

    connection.connect = connect_at_once


def warn(write):
    """The server tells when it leaves output out, in so many words of English."""

    def write_in_spanish(self, told, parent):
        if "rate exceeded" in told:
            told = "Tu celda imprime más de lo que una página puede mostrar: aquí falta una parte. Imprime menos, o detenla con ■."
        write(self, told, parent)

    return write_in_spanish


def serve():
    threading.Thread(target=stop_with_parent, daemon=True).start()
    ahead = Ahead(sys.argv[sys.argv.index("--ServerApp.root_dir") + 1])
    ahead.start()

    # The rest takes a second to import, in which the kernel starts.
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
    from jupyterlab.labapp import main

    limit(ZMQChannelsWebsocketConnection)
    at_once(ZMQChannelsWebsocketConnection)
    give_ahead(ahead)
    sys.exit(main())


serve()
