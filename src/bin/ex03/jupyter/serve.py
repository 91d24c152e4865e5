"""Starts JupyterLab, and stops it and its kernels as soon as the other end of stdin is gone: that is ex03."""

import os
import signal
import sys
import threading

from jupyterlab.labapp import main


def stop_with_parent():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=stop_with_parent, daemon=True).start()
sys.exit(main())
