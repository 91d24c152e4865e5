"""A notebook in JupyterLab, as a student sees it and works in it."""

import re
import time
from urllib.parse import urlsplit

CURRENT = "window.jupyterapp?.shell?.currentWidget"
KERNEL = f"{CURRENT}?.sessionContext?.session?.kernel"

# A first `:dep` on a busy machine.
SECONDS_FOR_ALL = 420
SECONDS_FOR_ONE = 180

# What JupyterLab's own pages write to the console, each with why it is none of ours.
JUPYTERS_OWN = []


class Notebook:
    def __init__(self, page, check):
        self.page = page
        self.check = check
        page.set_default_timeout(30_000)
        page.on("console", self._console)
        page.on("pageerror", lambda error: check.that(False, f"page: {error}"))

    def _console(self, message):
        own = any(re.search(pattern, message.text) for pattern in JUPYTERS_OWN)
        self.check.that(message.type != "error" or own, f"console: {message.text} {message.location}")

    def open(self, url, name=None):
        """Opens the address, or that of another notebook of the same server."""
        self.page.goto(re.sub(r"[^/]+\.ipynb", name, url) if name else url)
        self.opened(name or urlsplit(url).path.rpartition("/")[2])

    def opened(self, name):
        """Waits for a notebook to be in front, with a kernel that has nothing to do."""
        self.page.wait_for_function(f"{CURRENT}?.context?.path === '{name}' && {CURRENT}.context.isReady")
        self.idle()

    def idle(self, seconds=SECONDS_FOR_ONE):
        self.page.wait_for_function(f'{KERNEL}?.status === "idle"', timeout=seconds * 1000)

    def command(self, name):
        self.page.evaluate(f"async () => {{ await window.jupyterapp.commands.execute('{name}'); }}")

    def value(self, of_the_current):
        return self.page.evaluate(f"{CURRENT}.{of_the_current}")

    def cells(self):
        """All cells as the document has them: the page draws only those in view."""
        return self.value("content.widgets.map((cell) => cell.model.toJSON())")

    def cell(self, id):
        return next(cell for cell in self.cells() if cell["id"] == id)

    def place(self, id):
        """Makes a cell the active one, and returns it as drawn."""
        index = [cell["id"] for cell in self.cells()].index(id)
        self.page.evaluate(f"async () => {{ const it = {CURRENT}.content; it.activeCellIndex = {index}; await it.scrollToItem({index}); }}")
        drawn = self.page.locator(".jp-Notebook-cell.jp-mod-active:visible")
        drawn.scroll_into_view_if_needed()
        return drawn

    def output(self, id):
        return self.place(id).locator(".jp-OutputArea")

    def run(self, *ids):
        """Runs cells with Shift+Enter, and returns what the last one shows, as text."""
        for id in ids:
            self.place(id)
            self.page.keyboard.press("Escape")
            self.page.keyboard.press("Shift+Enter")
            self.finish(SECONDS_FOR_ONE)
        return text_of(self.cell(ids[-1]))

    def run_all(self):
        started = time.monotonic()
        self.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
        self.finish(SECONDS_FOR_ALL)
        print(f"all cells took {time.monotonic() - started:.0f} s", flush=True)

    def finish(self, seconds):
        """Waits for all that the kernel has been asked."""
        self.page.wait_for_timeout(100)
        self.page.evaluate(f"""() => {{
            window.finished = false;
            {KERNEL}.requestExecute({{ code: "", silent: true }}).done.then(() => (window.finished = true));
        }}""")
        self.page.wait_for_function("window.finished", timeout=seconds * 1000)

    def write_line(self, id, old, new):
        """Replaces the line that has `old` in it, by mouse and keyboard."""
        self.place(id).locator(".cm-line", has_text=old).click()
        self.page.keyboard.press("End")
        self.page.keyboard.press("Shift+Home")
        self.page.keyboard.type(new)

    def fill(self, id, source):
        self.page.evaluate(f"([id, source]) => {CURRENT}.content.widgets.find((cell) => cell.model.id === id).model.sharedModel.setSource(source)", [id, source])


def text_of(cell):
    """All that a cell shows, as text."""
    shown = []
    for output in cell.get("outputs", []):
        shown.append(output.get("text", ""))
        shown.append(output.get("traceback", ""))
        shown += output.get("data", {}).values()
    return "\n".join(part if isinstance(part, str) else "".join(map(str, part)) for part in shown)


def without_colours(text):
    return re.sub(r"\x1b\[[\d;]*m", "", text)
