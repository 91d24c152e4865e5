"""Starts JupyterLab, and a kernel ahead of the first notebook; stops all of it as soon as the other end of stdin is gone: that is ex03."""

import asyncio
import atexit
import json
import os
import pathlib
import signal
import sys
import threading
import uuid

from jupyter_client.connect import write_connection_file
from jupyter_client.launcher import launch_kernel


def stop_with_parent():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


class Ahead:
    """A kernel that starts while JupyterLab does, for the first notebook of the folder that ex03 opens."""

    def __init__(self, folder):
        self.folder = os.path.realpath(folder)
        share = os.environ["JUPYTER_PATH"].split(os.pathsep)[0]
        spec = json.loads(pathlib.Path(share, "kernels", "rust", "kernel.json").read_text())
        runtime = pathlib.Path(os.environ["JUPYTER_RUNTIME_DIR"])
        runtime.mkdir(parents=True, exist_ok=True)
        self.file, _ = write_connection_file(str(runtime / f"kernel-{uuid.uuid4()}.json"), key=uuid.uuid4().hex.encode(), kernel_name="rust")
        self.process = launch_kernel([part.replace("{connection_file}", self.file) for part in spec["argv"]], cwd=folder)
        self.taken = False
        atexit.register(self.stop)

    def give_to(self, manager, folder):
        """Makes it the kernel that a manager is about to start, where it may be; tells whether it is."""
        if self.taken or manager.kernel_name != "rust" or self.process.poll() is not None or os.path.realpath(folder) != self.folder:
            return False
        self.taken = True
        manager.connection_file = self.file
        manager.load_connection_file()
        manager._connection_file_written = True
        return True

    def launch(self, command, **options):
        """In place of `launch_kernel`: it runs already. After a restart it is another one."""
        if self.taken and self.file in command and self.process:
            process, self.process = self.process, None
            return process
        return launch_kernel(command, **options)

    def stop(self):
        if not self.taken:
            self.process.terminate()
            self.process.wait(5)


def give_ahead(ahead):
    from jupyter_client.provisioning import local_provisioner

    pre_launch = local_provisioner.LocalProvisioner.pre_launch

    async def pre_launch_ahead(self, **options):
        if ahead.give_to(self.parent, options.get("cwd") or ""):
            # Else it would choose other ports.
            self.ports_cached = True
        return await pre_launch(self, **options)

    local_provisioner.LocalProvisioner.pre_launch = pre_launch_ahead
    local_provisioner.launch_kernel = ahead.launch


async def ask(self):
    """What a page that connects does until it hears the kernel: here one question at a time.

    Jupyter asks twice a second, on two sockets, and hangs up after the first answer. evcxr, which then finds nobody to give the other answers
    to, now and then never answers again.
    """
    manager, iopub = self.kernel_manager, self.channels["iopub"]
    if getattr(manager, "execution_state", None) == "busy":
        return
    shell = manager.connect_shell()
    answered, heard = asyncio.Event(), asyncio.Event()
    shell.on_recv(lambda _: answered.set())
    iopub.on_recv(lambda _: heard.set())
    asked = None
    try:
        while not heard.is_set() or getattr(manager, "execution_state", None) == "starting":
            if self.kernel_id not in self.multi_kernel_manager or iopub.closed():
                return
            process = manager.provisioner and manager.provisioner.process
            if process and (answered.is_set() or asked is not process):
                # Who has ended does not answer: who comes after is asked.
                asked = process
                answered.clear()
                self.session.send(shell, "kernel_info_request")
            await asyncio.sleep(0.05)
    finally:
        shell.close()
        if not iopub.closed():
            iopub.stop_on_recv()


def serve():
    threading.Thread(target=stop_with_parent, daemon=True).start()
    ahead = Ahead(sys.argv[sys.argv.index("--ServerApp.root_dir") + 1])

    # The rest takes a second to import, in which the kernel starts.
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
    from jupyterlab.labapp import main

    ZMQChannelsWebsocketConnection.nudge = lambda self: asyncio.ensure_future(ask(self))
    give_ahead(ahead)
    sys.exit(main())


serve()
