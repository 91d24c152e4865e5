"""Starts JupyterLab, and stops it and its kernels as soon as the other end of stdin is gone: that is ex03."""

import asyncio
import os
import pathlib
import signal
import sys
import threading
import time

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyterlab.labapp import main


def stop_with_parent():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


ask = ZMQChannelsWebsocketConnection.nudge


def ask_once_it_answers(self):
    """A page that connects asks the kernel twice a second whether it answers: here not before it can (`Answers` in kernel.rs says why)."""

    async def ask_then():
        started = pathlib.Path(self.kernel_manager.connection_file + ".started")
        patience = time.monotonic() + 60
        while not started.exists() and self.kernel_id in self.multi_kernel_manager and time.monotonic() < patience:
            await asyncio.sleep(0.05)
        await ask(self)

    return asyncio.ensure_future(ask_then())


ZMQChannelsWebsocketConnection.nudge = ask_once_it_answers
threading.Thread(target=stop_with_parent, daemon=True).start()
sys.exit(main())
