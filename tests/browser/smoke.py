"""What a student sees: `cargo run` brings up JupyterLab, a notebook opens in a browser and runs to its end, Ctrl-C ends it all.

Needs Playwright (requirements.txt beside this file) and a Chromium; `.ci/run` shows how it is called.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
USERS_OWN = [".jupyter", ".local/share/jupyter", ".ipython", ".config/evcxr"]

# All of it is read from the document, not from the page, which draws only the cells in view.
NOTEBOOK = "window.jupyterapp?.shell?.currentWidget"
KERNEL = f"{NOTEBOOK}?.sessionContext?.session?.kernel"
CELLS = f"{NOTEBOOK}.content.widgets.map((cell) => cell.model.toJSON())"
RUN_ALL = f"""async () => {{
    await window.jupyterapp.commands.execute("notebook:run-all-cells");
    await {KERNEL}.requestExecute({{ code: "", silent: true }}).done;
}}"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notebook", default="3_red_neuronal.ipynb")
    parser.add_argument("--unsolved", type=int, default=8, help="how many check cells have to say «sin resolver»")
    parser.add_argument("--port", type=int, default=8931)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--run-seconds", type=int, default=420, help="limit for Run All, with a first `:dep`")
    parser.add_argument("--screenshot", type=Path, help="where to leave a picture of the page at its end")
    return parser.parse_args()


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


def wait_for(what, seconds, get):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := get():
            return found
        time.sleep(0.2)
    sys.exit(f"after {seconds} s, no {what}")


def text_of(cell):
    """All that a cell shows, as text."""
    shown = []
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            shown.append(output["text"])
        for content in output.get("data", {}).values():
            shown.append(content)
    return "\n".join(part if isinstance(part, str) else "".join(part) for part in shown)


def problems_of(cells, unsolved):
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    if not code:
        yield "the notebook has no code cells"
    for cell in code:
        name = cell["id"]
        if cell["execution_count"] is None:
            yield f"cell {name} has not run"
        for output in cell["outputs"]:
            if output["output_type"] == "error" or output.get("name") == "stderr":
                yield f"cell {name} has an error: {output}"
    # A panic does not count as an error for the kernel: what has to be there is counted.
    checks = [cell for cell in code if cell["metadata"].get("nbgrader", {}).get("grade")]
    said = [cell["id"] for cell in checks if "sin resolver" in text_of(cell)]
    if len(said) != unsolved:
        yield f"{len(said)} of {unsolved} checks say «sin resolver»: {said}"


def visit(url, options):
    """Opens the notebook, runs it, and returns what is wrong with what there is to see."""
    problems = []
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=options.chromium, args=sandbox)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("console", lambda message: message.type == "error" and problems.append(f"console: {message.text} {message.location}"))
        page.on("pageerror", lambda error: problems.append(f"page: {error}"))
        page.goto(url)
        page.wait_for_function(f'{KERNEL}?.status === "idle"', timeout=90_000)
        page.wait_for_timeout(2_000)  # a pop-up would be late rather than early

        opened = page.evaluate(f"{NOTEBOOK}.context.path")
        if opened != Path(options.notebook).name:
            problems.append(f"the notebook that opened is {opened}")
        if (kernel := page.evaluate(f"{KERNEL}.name")) != "rust":
            problems.append(f"the kernel is {kernel}")
        for what in (".jp-Dialog", ".Toastify__toast"):
            problems += [f"{what} pops up: {text}" for text in page.locator(what).all_inner_texts()]
        if "Archivo" not in page.locator("#jp-menu-panel, .lm-MenuBar").first.inner_text():
            problems.append("the menus are not in Spanish")

        started = time.monotonic()
        page.set_default_timeout(options.run_seconds * 1000)
        page.evaluate(f"() => {{ window.ran = false; ({RUN_ALL})().then(() => (window.ran = true)); }}")
        page.wait_for_function("window.ran")
        print(f"Run All took {time.monotonic() - started:.0f} s")
        problems += problems_of(page.evaluate(CELLS), options.unsolved)
        if options.screenshot:
            page.screenshot(path=options.screenshot)
        browser.close()
    return problems


def main():
    options = arguments()
    before = users_files()
    with tempfile.NamedTemporaryFile() as said:
        command = ["cargo", "run", "--quiet", "--", "lab", "--no-browser", "--port", str(options.port), options.notebook]
        started = time.monotonic()
        # A session of its own, as of a terminal, and no output that waits for a reader.
        lab = subprocess.Popen(command, cwd=PROJECT, stdout=said.fileno(), start_new_session=True)
        children = {}
        try:
            def address():
                if lab.poll() is not None:
                    sys.exit(f"cargo run ended with status {lab.returncode}")
                return re.search(r"http://127\.0\.0\.1\S+", Path(said.name).read_text())

            url = wait_for("address", 120, address).group()
            print(f"cargo run gave the address after {time.monotonic() - started:.1f} s")
            problems = visit(url, options)
            children = descendants(lab.pid)
        finally:
            lab.send_signal(signal.SIGINT)
            try:
                lab.wait(60)
            except subprocess.TimeoutExpired:
                lab.kill()
                sys.exit("Ctrl-C did not end cargo run within 60 s")
    if lab.returncode != 0:
        problems.append(f"after Ctrl-C, the exit status is {lab.returncode}")
    if not any("evcxr" in program for program in children.values()):
        problems.append(f"no kernel is among the children of cargo run: {children}")
    problems += [f"process {pid} ({program}) outlives Ctrl-C" for pid, program in children.items() if alive(pid)]
    problems += [f"{file} was written" for file, when in users_files().items() if before.get(file) != when]
    if problems:
        sys.exit("\n".join(problems))
    print(f"{options.notebook}: opened, ran and closed without a complaint")


main()
