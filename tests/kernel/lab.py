"""JupyterLab as `cargo run` starts it, spoken to as its page does."""

import json
import os
import pathlib
import re
import signal
import subprocess
import urllib.request
import uuid

import websocket


def ex03():
    """The program that starts the course's kernels."""
    share = os.environ["JUPYTER_PATH"].split(os.pathsep)[0]
    return json.loads(pathlib.Path(share, "kernels", "rust", "kernel.json").read_text())["argv"][0]


class Lab:
    def __init__(self):
        """Returns when `cargo run` would give the address, and open the browser."""
        self.process = subprocess.Popen([ex03(), "lab", "--no-browser"], stdout=subprocess.PIPE, text=True, start_new_session=True)
        addresses = (re.search(r"http://(127\S+?)/lab/tree/\S+token=(\w+)", line) for line in self.process.stdout)
        self.host, self.token = next(filter(None, addresses)).groups()

    def post(self, path, body):
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://{self.host}{path}", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    def open(self, notebook, kernel="rust"):
        """Opens a notebook, and returns the id of its kernel."""
        session = {"path": notebook, "name": notebook, "type": "notebook", "kernel": {"name": kernel}}
        return self.post("/api/sessions", session)["kernel"]["id"]

    def page(self, kernel):
        """Connects to a kernel, as a page that is loaded."""
        return websocket.create_connection(f"ws://{self.host}/api/kernels/{kernel}/channels?token={self.token}", timeout=300)

    def run(self, kernel, *sources):
        """Loads a page, runs cells in it, and returns what they show, as text."""
        page = self.page(kernel)
        try:
            return "".join(shown for source in sources for shown in shown_by(page, source))
        finally:
            page.close()

    def restart(self, kernel):
        self.post(f"/api/kernels/{kernel}/restart", {})

    def end(self):
        """Ctrl-C; returns the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def shown_by(page, source):
    content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
    header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "username": "", "session": "page", "date": "", "version": "5.3"}
    page.send(json.dumps({"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}))
    replied = idle = False
    while not (replied and idle):
        message = json.loads(page.recv())
        if message["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        content = message["content"]
        replied |= message["msg_type"] == "execute_reply"
        idle |= content.get("execution_state") == "idle"
        yield content.get("text", "") + content.get("data", {}).get("text/plain", "") + "\n".join(content.get("traceback", []))
