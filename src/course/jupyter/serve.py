"""Starts JupyterLab, and a kernel ahead of each notebook; stops all of it as soon as the other end of stdin is gone: that is ex03."""

import asyncio
import atexit
import json
import os
import pathlib
import re
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


async def ask(self):
    """What a page that connects does until it hears the kernel: here one question at a time.

    Jupyter asks twice a second, on two sockets, and hangs up after the first answer while it still connects; kernel/relay.rs says what evcxr
    makes of that.
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


LOST = (
    "Las variables se perdieron, y las funciones no: vuelve a ejecutar las celdas que definen las variables "
    "(en el menú, Run → Run All Above Selected Cell)."
)
# What evcxr says by itself, without the compiler, and what a student is told.
WORDS = [
    (
        r"The variable `(.*?)` contains a reference with a non-static lifetime.*",
        r"`\1` guarda un préstamo (`&…`, o algo como `x.iter()`), y un préstamo no pasa de una celda a otra: guarda una copia, como "
        r"`let \1 = v.clone();` o `.to_owned()`, o úsalo en la misma celda, entre llaves { … }.",
    ),
    (
        r"Subprocess terminated with status: signal: (4|6|7|8|11)\b.*",
        f"El programa del cuaderno se detuvo: lo más probable es que una función se llame a sí misma sin fin. {LOST}",
    ),
    (
        r"Subprocess terminated with status: signal: (9|15|2)\b.*",
        f"El programa del cuaderno se detuvo: lo paraste tú (■), o el sistema se quedó sin memoria. {LOST}",
    ),
    (
        r"Subprocess terminated with status: (exit (?:status|code): \d+).*",
        rf"El programa del cuaderno terminó por sí mismo, con `std::process::exit` o algo parecido ({chr(92)}1). {LOST}",
    ),
    (
        r"Couldn't automatically determine type of variable `(.*?)`.*",
        r"No sé de qué tipo es `\1`, y sin eso no pasa a otras celdas: escríbelo, como en `let \1: Vec<f64> = …`.",
    ),
]


def in_spanish(text):
    for pattern, told in WORDS:
        text = re.sub(pattern, told, text, flags=re.DOTALL)
    return text


def relay(connection):
    """What a kernel says goes to the page with our changes: lines in a row as one message, and what evcxr says in Spanish."""
    handle = connection.handle_outgoing_message

    def handle_changed(self, stream, message):
        for each in gathered(self.session, stream, message):
            handle(self, stream, translated(self.session, each))

    limit = connection._limit_rate

    def limit_printed(self, channel, message, parts):
        # A result and a figure arrive whatever was printed before them. When a cell has ended, which its status says, it counts anew.
        return any(kind in parts[0] for kind in (b'"stream"', b'"status"')) and limit(self, channel, message, parts)

    connection.handle_outgoing_message = handle_changed
    connection._limit_rate = limit_printed
    connection.write_stderr = warn(connection.write_stderr)


def gathered(session, stream, message):
    """A message and those that have come after it. evcxr sends a message a line, and a page takes a hundred times as long for it as evcxr does."""
    lines, first, last = [], None, None
    while message:
        printed = read_printed(session, message)
        if lines and (printed is None or printed[:2] != last[:2]):
            yield with_content(session, first, {"name": last[1], "text": "".join(lines)})
            lines = []
        if printed is None:
            yield message
            return
        if not lines:
            first, last = message, printed
        lines.append(printed[2])
        message = next_of(stream)
    yield with_content(session, first, {"name": last[1], "text": "".join(lines)})


def next_of(stream):
    """A message that has come already."""
    import zmq

    if isinstance(stream, str):
        # It is what came while no page was connected, message by message.
        return None
    # A frame says by itself whether one follows, where `recv_multipart` asks the socket, which takes longer than all else.
    try:
        frames = [stream.socket.recv(zmq.NOBLOCK, copy=False)]
    except zmq.Again:
        return None
    while frames[-1].more:
        frames.append(stream.socket.recv(copy=False))
    return [frame.bytes for frame in frames]


def read_printed(session, message):
    """The cell that printed, where to, and what; nothing of other messages."""
    if not is_printed(message):
        return None
    _, [_, _, parent, _, content, *_] = session.feed_identities(message)
    content = json.loads(content)
    return parent, content["name"], content["text"]


def is_printed(message):
    """Without parsing it, since there may be one a line."""
    header = message[message.index(b"<IDS|MSG>") + 2]
    return b'"stream"' in header


def watch(manager):
    """The server notes of each message that the kernel lives. What a cell prints need not be told, since its status is: that was most of the time."""
    start = manager.start_watching_activity

    def start_without_printed(self, kernel_id):
        start(self, kernel_id)
        stream = self._kernels[kernel_id]._activity_stream
        record = stream._recv_callback

        def record_others(message):
            while message:
                if not is_printed(message):
                    record(message)
                message = next_of(stream)

        stream.on_recv(record_others)

    manager.start_watching_activity = start_without_printed


def with_content(session, message, content):
    identities, [_, header, parent, metadata, _, *buffers] = session.feed_identities(message)
    parts = [header, parent, metadata, json.dumps(content).encode()]
    return [*identities, b"<IDS|MSG>", session.sign(parts), *parts, *buffers]


def translated(session, message):
    _, [_, header, _, _, content, *_] = session.feed_identities(message)
    if json.loads(header)["msg_type"] != "error":
        return message
    content = json.loads(content)
    content["traceback"] = [in_spanish("\n".join(content["traceback"]))]
    content["evalue"] = in_spanish(content.get("evalue", ""))
    return with_content(session, message, content)


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
    from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
    from jupyterlab.labapp import main

    ZMQChannelsWebsocketConnection.nudge = lambda self: asyncio.ensure_future(ask(self))
    relay(ZMQChannelsWebsocketConnection)
    watch(MappingKernelManager)
    give_ahead(ahead)
    sys.exit(main())


serve()
