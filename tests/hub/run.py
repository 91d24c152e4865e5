"""A class on a JupyterHub, from release to feedback: one teacher, two students, nbgrader, and our grader in place of the kernel.

    python -m venv VENV && VENV/bin/pip install -r tests/hub/requirements.txt
    cargo build && VENV/bin/python tests/hub/run.py

Each step is what a button of nbgrader's pages calls, on the user's own server behind the hub. All is on 127.0.0.1 and in a folder of
its own, and ends with the script.
"""

import argparse
import copy
import csv
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from solved import EXERCISES, NOTEBOOK, POINTS, PROJECT, number_of, solutions

HERE = Path(__file__).resolve().parent
PROGRAMS = Path(sys.executable).parent
TEACHER, GOOD, PARTLY = "profe", "ana", "beto"
WRONG_OF_PARTLY = {"cost_function", "bpropagation", "predict"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ex03", type=Path, default=PROJECT / "target/debug/ex03")
    parser.add_argument("--keep", action="store_true", help="leave the folder of the run")
    arguments = parser.parse_args()
    started = time.monotonic()
    scratch = Path(tempfile.mkdtemp(prefix="ex03-hub-"))
    try:
        with Hub(scratch) as hub:
            check(hub, arguments.ex03)
    finally:
        if arguments.keep:
            print(scratch)
        else:
            shutil.rmtree(scratch, ignore_errors=True)
    print(f"a class on a hub, from release to feedback, in {time.monotonic() - started:.0f} s")
    print("1 passed, 0 failed")


def check(hub, tool):
    partly = POINTS - len(WRONG_OF_PARTLY)
    course = hub.home(TEACHER) / "curso"
    step("the course folder")
    run([tool, "nbgrader", course, "--library", PROJECT])
    (course / "nbgrader_config.py").write_text((course / "nbgrader_config.py").read_text() + exchange(hub))
    for user in (GOOD, PARTLY):
        write(hub.home(user) / ".jupyter/nbgrader_config.py", "c = get_config()\nc.CourseDirectory.course_id = 'ex03'\n" + exchange(hub))
    write(
        hub.home(TEACHER) / ".jupyter/nbgrader_config.py",
        f"c = get_config()\nc.CourseDirectory.root = {str(course)!r}\nload_subconfig({str(course / 'nbgrader_config.py')!r})\n",
    )
    valid_notebooks(course)

    step("three servers")
    for user in (TEACHER, GOOD, PARTLY):
        hub.start_server(user)

    step("generate and release")
    hub.grader("assignment/ex03/assign")
    released = json.loads((course / f"release/ex03/{NOTEBOOK}.ipynb").read_text())
    expect(not any("END SOLUTION" in source(cell) for cell in released["cells"]), "a solution is released")
    hub.grader("assignment/ex03/release")

    step("fetch, answer and submit")
    answers = solutions()
    wrong = answers | {
        "cost_function": answers["cost_function"].replace(".sum() / m", ".sum()"),
        "bpropagation": answers["bpropagation"].replace("let dz2 = a2 - y;", "let dz2 = a2 - y"),
        "predict": answers["predict"].replace("fpropagation(x", "if x.ncols() > 0 { panic!(\"<script>alert(1)</script>\") }\n    fpropagation(x", 1),
    }
    expect(all(wrong[name] != answers[name] for name in ("cost_function", "bpropagation", "predict")), "nothing is wrong")
    for user, written in ((GOOD, answers), (PARTLY, wrong)):
        hub.student(user, "fetch")
        answer(hub, user, written)
        hub.student(user, "submit")

    step("collect and autograde")
    hub.grader("assignment/ex03/collect")
    for user in (GOOD, PARTLY):
        expect((course / f"submitted/{user}/ex03/{NOTEBOOK}.ipynb").exists(), f"{user}'s submission is not collected")
        hub.grader(f"submission/ex03/{user}/autograde")

    step("the gradebook")
    graded = run([tool, "grade", "--json", course / "submitted"])
    graded = {it["name"]: it for it in json.loads(graded)["submissions"]}
    expect(graded[GOOD]["points"] == POINTS, f"{GOOD} has {graded[GOOD]['points']} points")
    right = {name for name in EXERCISES if outcome(graded[PARTLY], name) == "correct"}
    expect(right == set(EXERCISES) - WRONG_OF_PARTLY, f"{PARTLY} is right in {right}")
    expect(outcome(graded[PARTLY], "bpropagation") == "does_not_compile", "what does not compile is not said so")
    for submission in hub.grader("submissions/ex03", "GET"):
        score = graded[submission["student"]]["points"]
        expect(submission["score"] == score, f"{submission['student']}: {submission['score']} in place of {score}")
        expect(submission["max_score"] == POINTS and not submission["needs_manual_grade"], f"{submission}")
    run([PROGRAMS / "nbgrader", "export", "--to", course / "grades.csv"], cwd=course)
    with open(course / "grades.csv", newline="") as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    expect(exported == {GOOD: float(POINTS), PARTLY: float(partly)}, f"{exported}")

    step("feedback")
    hub.grader("assignment/ex03/generate_feedback")
    hub.grader("assignment/ex03/release_feedback")
    pages = {}
    for user in (GOOD, PARTLY):
        hub.student(user, "fetch_feedback")
        [page] = (hub.home(user) / "ex03/feedback").rglob(f"{NOTEBOOK}.html")
        pages[user] = page.read_text()
    expect(f"Score: {POINTS}.0 / {POINTS}.0" in pages[GOOD], f"{GOOD}'s feedback has not all points")
    comments = ["#comment-cost_function", "#comment-bpropagation"]
    broken = f"celda {number_of('bpropagation')}, línea"
    for said in (f"Score: {partly}.0 / {POINTS}.0", "¿falta el factor 1/m?", broken, "Lo que dice el compilador", *comments):
        expect(said in pages[PARTLY], f"{said} is not in {PARTLY}'s feedback")
    expect("¿falta el factor 1/m?" not in pages[GOOD], f"{PARTLY}'s feedback is in {GOOD}'s")
    expect("<script>alert" not in pages[PARTLY], "what a student's code throws is markup")


class Refused(Exception):
    """The hub, or a server behind it, answers with an error."""


class Hub:
    """A running JupyterHub, and what its users' pages ask of their servers."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.token = secrets.token_hex(16)
        self.tokens = {}
        ports = free_ports(3)
        self.url = f"http://127.0.0.1:{ports[0]}"
        self.settings = {
            "scratch": str(scratch),
            "port": ports[0],
            "hub_port": ports[1],
            "proxy_port": ports[2],
            "token": self.token,
            "users": [TEACHER, GOOD, PARTLY],
        }

    def __enter__(self):
        (self.scratch / "everyone").mkdir()
        shutil.copy(HERE / "jupyter_server_config.py", self.scratch / "everyone")
        (self.scratch / "exchange").mkdir()
        (self.scratch / "exchange").chmod(0o777)
        for user in self.settings["users"]:
            self.home(user).mkdir(parents=True)
        self.log = open(self.scratch / "hub.log", "w+")
        self.process = subprocess.Popen(
            [PROGRAMS / "jupyterhub", "--config", HERE / "jupyterhub_config.py"],
            cwd=self.scratch,
            env=environment() | {"EX03_HUB": json.dumps(self.settings), "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(16)},
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        wait("the hub", lambda: self.process.poll() is None and self.answers())
        return self

    def __exit__(self, kind, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            pass
        # Its own session: whatever is left of the proxy and the servers.
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        if kind is not None:
            self.log.seek(0)
            print(self.log.read()[-8000:], file=sys.stderr)
        self.log.close()

    def home(self, user):
        return self.scratch / "home" / user

    def answers(self):
        try:
            return bool(self.request("GET", "/hub/api/", self.token))
        except (OSError, Refused):
            return False  # the proxy answers before it knows of the hub

    def start_server(self, user):
        self.tokens[user] = self.request("POST", f"/hub/api/users/{user}/tokens", self.token, {"note": "test"})["token"]
        self.request("POST", f"/hub/api/users/{user}/server", self.token)
        ready = lambda: self.request("GET", f"/hub/api/users/{user}", self.token)["servers"].get("", {}).get("ready")
        wait(f"{user}'s server", ready)

    def grader(self, path, method="POST"):
        """What the Formgrader's page asks of the teacher's server."""
        answer = self.request(method, f"/user/{TEACHER}/formgrader/api/{path}", self.tokens[TEACHER])
        if isinstance(answer, dict) and "success" in answer:
            expect(answer["success"], f"{path}: {answer.get('error') or answer.get('log')}")
        return answer

    def student(self, user, action):
        """What the assignment list asks of a student's server."""
        wanted = {"course_id": "ex03", "assignment_id": "ex03"}
        answer = self.request("POST", f"/user/{user}/assignments/{action}", self.tokens[user], wanted)
        expect(answer["success"], f"{user}: {action}: {answer['value']}")

    def request(self, method, path, token, data=None):
        body = None if data is None else json.dumps(data).encode()
        headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise Refused(f"{method} {path}: {error.code} {error.read().decode(errors='replace')[:2000]}") from error
        return json.loads(text) if text else None


def answer(hub, user, answers):
    """Writes the answers into the student's notebook, as saving it in JupyterLab does."""
    path = f"/user/{user}/api/contents/ex03/{NOTEBOOK}.ipynb"
    model = hub.request("GET", path, hub.tokens[user])
    notebook = copy.deepcopy(model["content"])
    for cell in notebook["cells"]:
        exercise = cell["metadata"].get("nbgrader", {})
        if exercise.get("solution"):
            cell["source"] = answers[exercise["grade_id"]]
    hub.request("PUT", path, hub.tokens[user], {"type": "notebook", "format": "json", "content": notebook})


def valid_notebooks(course):
    """As nbgrader wants them: metadata of its schema, no cell id and no grade id twice, a point an exercise."""
    import nbformat
    from nbgrader.nbgraderformat import MetadataValidator

    points = 0
    for path in sorted((course / "source/ex03").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        MetadataValidator().validate_nb(notebook)
        graded = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
        ids = [cell.grade_id for cell in graded]
        expect(len(ids) == len(set(ids)), f"{path.name}: a grade id twice")
        points += sum(cell.points for cell in graded if cell.grade)
    expect(points == POINTS, f"{points} points in the notebooks")


def exchange(hub):
    return f"\nc.Exchange.root = {str(hub.scratch / 'exchange')!r}\nc.ExchangeCollect.check_owner = False\n"


def source(cell):
    return "".join(cell["source"])


def outcome(submission, exercise):
    return next(it["outcome"] for it in submission["exercises"] if it["exercise"] == exercise)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def run(command, **options):
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=240, env=environment(), **options)
    expect(done.returncode == 0, f"{command}: {done.stderr}")
    return done.stdout


def environment():
    """As in an activated environment: nbgrader calls alembic by its name."""
    return os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for it in sockets:
        it.bind(("127.0.0.1", 0))
    ports = [it.getsockname()[1] for it in sockets]
    for it in sockets:
        it.close()
    return ports


def wait(what, ready, seconds=90):
    end = time.monotonic() + seconds
    while not ready():
        expect(time.monotonic() < end, f"{what} is not ready after {seconds} s")
        time.sleep(0.3)


def step(what):
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def expect(holds, otherwise):
    if not holds:
        raise SystemExit(f"failed: {otherwise}")


if __name__ == "__main__":
    main()
