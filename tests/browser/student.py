"""The course in JupyterLab, from the first screen to the notebook opened again, as a student lives it."""

import json
import re
import shutil

from lab import SOLVED, STUDENT
from live import Figure
from notebook import CURRENT, Notebook, text_of, without_colours
from pictures import CLASSES, colours, difference, picture

FIRST = "1_notacion_y_activaciones.ipynb"
NETWORK = "3_red_neuronal.ipynb"
UNTRUSTED = "copiado_de_otra_parte.ipynb"
CHECK = "application/vnd.ex03.check+json"

# Every figure of the solved notebook 3, by its cell, and whether it shows examples of both classes.
FIGURES = {
    "la-red": False,
    "frontera-inicial": True,
    "curva-de-costo": False,
    "frontera-entrenada": True,
    "red-entrenada": False,
    "cada-unidad": True,
    "repeticion": True,
    "unidades-ocultas": True,
    "otra-activacion": True,
    "otra-tasa": True,
    "otros-datos": True,
    "otro-inicio": True,
    "patio": True,
}


def test(browser, url, check, screenshots):
    context = browser.new_context(viewport={"width": 1280, "height": 1500}, locale="es-ES")
    notebook = Notebook(context.new_page(), check)
    keep = Screenshots(notebook.page, screenshots)
    notebook.open(url + "&reset")  # as after a set-up, without the tabs of the last time
    first_screen(notebook, check, keep)
    network_opens_from_the_file_browser(notebook, check)
    nothing_solved(notebook, check)
    first_exercise(notebook, check, keep)
    all_solved(notebook, check)
    for theme in ("Light", "Dark"):
        use_theme(notebook, theme)
        figures_are_drawn(notebook, check, keep, theme.lower())
    use_theme(notebook, "Light")
    replay(notebook, check)
    playground_is_theirs(notebook, check)
    endless_loop(notebook, check, keep)
    restart(notebook, check)
    notebook.command("docmanager:save")
    context.close()

    context = browser.new_context(viewport={"width": 1280, "height": 1500}, locale="es-ES")
    again = Notebook(context.new_page(), check)
    opened_again(again, url, check)
    opened_untrusted(again, url, check)
    context.close()


class Screenshots:
    def __init__(self, page, folder):
        self.page = page
        self.folder = folder

    def __call__(self, name, place=None):
        if self.folder:
            (place or self.page).screenshot(path=self.folder / f"{name}.png")


def use_theme(notebook, theme):
    notebook.page.evaluate(f"async () => {{ await window.jupyterapp.commands.execute('apputils:change-theme', {{ theme: 'JupyterLab {theme}' }}); }}")
    notebook.page.wait_for_function(f"document.body.dataset.jpThemeName === 'JupyterLab {theme}'")
    # It covers the page while a theme is loaded, and fades away.
    notebook.page.wait_for_selector("#jupyterlab-splash", state="detached")


def first_screen(notebook, check, keep):
    page = notebook.page
    page.wait_for_timeout(2_000)  # a pop-up would be late rather than early
    opened = notebook.value("context.path")
    check.that(opened == FIRST, f"the notebook that opens is {opened}")
    kernel = notebook.value("sessionContext.session.kernel.name")
    check.that(kernel == "rust", f"the kernel is {kernel}")
    for what in (".jp-Dialog", ".Toastify__toast", ".jp-Launcher"):
        texts = page.locator(what).all_inner_texts()
        check.that(texts == [], f"{what} pops up: {texts}")
    tabs = page.locator("#jp-main-dock-panel .lm-TabBar-tabLabel").all_inner_texts()
    check.that(tabs == [FIRST], f"the tabs are {tabs}")
    files = page.locator(".jp-DirListing-itemName").all_inner_texts()
    exercises = sorted(path.name for path in STUDENT.glob("*.ipynb"))
    check.that([name.strip() for name in files] == exercises, f"the file browser shows {files}")
    menus = page.locator(".lm-MenuBar").first.inner_text()
    check.that("Archivo" in menus and "Ayuda" in menus, f"the menus are {menus}")
    check.that(not notebook.value("context.model.dirty"), "opening a notebook changes it")
    title = page.locator(".jp-Notebook h1").first.inner_text()
    check.that(title.startswith("Ex03 · Notación"), f"the first heading is {title}")
    formulas = page.locator(".jp-Notebook mjx-container").count()
    check.that(formulas > 0, "no formula is typeset")
    for theme in ("Dark", "Light"):
        use_theme(notebook, theme)
        keep(f"first_screen_{theme.lower()}")


def network_opens_from_the_file_browser(notebook, check):
    notebook.page.locator(".jp-DirListing-item", has_text=NETWORK).dblclick()
    notebook.opened(NETWORK)
    # Its kernel has done its work, and ends with its tab.
    notebook.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=FIRST).locator(".lm-TabBar-tabCloseIcon").click()
    notebook.page.wait_for_timeout(500)
    dialogs = notebook.page.locator(".jp-Dialog").all_inner_texts()
    check.that(dialogs == [], f"closing a notebook that was only read asks {dialogs}")


def nothing_solved(notebook, check):
    notebook.run_all()
    code = [cell for cell in notebook.cells() if cell["cell_type"] == "code"]
    unsolved = []
    for cell in code:
        name, text = cell["id"], text_of(cell)
        check.that(cell["execution_count"] is not None, f"cell {name} has not run")
        for output in cell["outputs"]:
            wrong = output["output_type"] == "error" or output.get("name") == "stderr"
            check.that(not wrong, f"cell {name} has an error: {output}")
        for english in ("panicked at", "stack backtrace", "RUST_BACKTRACE", "not yet implemented"):
            check.that(english not in text, f"cell {name} says «{english}»")
        # A panic does not count as an error for the kernel: what has to be there is counted.
        if "sin resolver" in text:
            unsolved.append(cell)
    checks = [cell for cell in unsolved if grade_of(cell)]
    check.that(len(checks) == len(solved_cells()), f"{len(checks)} of {len(solved_cells())} checks say «sin resolver»")
    for cell in unsolved:
        if not grade_of(cell) and cell["id"] != "todos-los-ejercicios":
            lines = text_of(cell).strip().splitlines()
            check.that(len(lines) == 1, f"cell {cell['id']} says in more than one line what is unsolved: {lines}")


def grade_of(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade")


def solved_cells():
    """The cells that hold an exercise's answer."""
    cells = json.loads((SOLVED / NETWORK).read_text())["cells"]
    return [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("solution")]


def first_exercise(notebook, check, keep):
    """Solved wrongly, its hint read; solved rightly, passed: by mouse and keyboard."""
    notebook.write_line("layer-size", "todo!", "LayerSize { n_x: x.ncols(), n_h: 4, n_y: y.nrows() }")
    text = notebook.run("layer-size", "check-layer-size")
    verdict = verdict_of(notebook, "check-layer-size")
    check.that(verdict.get("misconception") == "n_x_counts_examples", f"the verdict on ncols is {verdict}")
    seen = notebook.output("check-layer-size").inner_text()
    check.that("n_x debería ser" in seen, f"what differs is not seen: {seen}, nor said: {text}")
    check.that("Tu n_x es m" not in seen, f"the diagnosis stands open: {seen}")
    keep("difference_light", notebook.output("check-layer-size"))
    for stage in notebook.output("check-layer-size").locator("summary").all():
        stage.click()
    seen = notebook.output("check-layer-size").inner_text()
    check.that("Tu n_x es m, el número de ejemplos" in seen, f"the diagnosis is not there to unfold: {seen}")
    keep("hint_light", notebook.output("check-layer-size"))

    notebook.write_line("layer-size", "x.ncols()", "LayerSize { n_x: x.nrows(), n_h: 4, n_y: y.nrows() };")
    text = without_colours(notebook.run("layer-size"))
    check.that("quita este punto y coma" in text, f"with a semicolon too many, the compiler says {text}")
    for theme in ("Dark", "Light"):
        use_theme(notebook, theme)
        keep(f"error_{theme.lower()}", notebook.output("layer-size"))
    notebook.run("check-layer-size")
    verdict = verdict_of(notebook, "check-layer-size")
    check.that(verdict.get("misconception") == "n_x_counts_examples", f"the check does not see the function of before: {verdict}")
    said = notebook.output("check-layer-size").inner_text()
    check.that("lo último que escribiste de `layer_size` no compiló" in said, f"the check does not say that it sees the function of before: {said}")

    notebook.write_line("layer-size", "x.nrows()", "LayerSize { n_x: x.nrows(), n_h: 4, n_y: y.nrows() }")
    notebook.run("layer-size", "check-layer-size")
    verdict = verdict_of(notebook, "check-layer-size")
    check.that(verdict.get("outcome") == "correct", f"the verdict on nrows is {verdict}")
    check.that("correcto" in notebook.output("check-layer-size").inner_text(), "that it is right is not seen")


def verdict_of(notebook, id):
    found = [output["data"][CHECK] for output in notebook.cell(id)["outputs"] if CHECK in output.get("data", {})]
    return (found[0] if isinstance(found[0], dict) else json.loads("".join(found[0]))) if found else {}


def all_solved(notebook, check):
    solved = solved_cells()
    for cell in solved:
        if cell["id"] != "layer-size":
            notebook.fill(cell["id"], "".join(cell["source"]))
    notebook.run_all()
    summary = text_of(notebook.cell("todos-los-ejercicios"))
    check.that(f"{len(solved)} de {len(solved)} puntos" in summary, f"with all solved, the summary is {summary}")
    for cell in notebook.cells():
        for output in cell.get("outputs", []):
            wrong = output["output_type"] == "error" or output.get("name") == "stderr"
            check.that(not wrong, f"solved cell {cell['id']} has an error: {output}")


def figures_are_drawn(notebook, check, keep, theme):
    in_notebook = {cell["id"] for cell in notebook.cells() if "<figure" in text_of(cell)}
    check.that(in_notebook == set(FIGURES), f"the figures are in {sorted(in_notebook)}")
    for id, examples in FIGURES.items():
        figure = notebook.place(id).locator("figure")
        figure.scroll_into_view_if_needed()
        png = picture(figure)
        found = colours(notebook.page, png)
        check.that(len(found) >= 4, f"{id}, {theme}: a picture of the colours {found}")
        check.that("#ffffff" in found, f"{id}, {theme}: no white card")
        if examples:
            check.that(CLASSES <= found, f"{id}, {theme}: not both classes among {found}")
        described = figure.locator("img, svg[aria-label], canvas[aria-label]").first
        name = described.get_attribute("alt") or described.get_attribute("aria-label")
        check.that(bool(name) and len(name) > 40, f"{id}: described as {name}")
        keep(f"{id}_{theme}", figure)


def playground_is_theirs(notebook, check):
    """The student's functions train in the notebook, and a wrong derivative is seen."""
    said = notebook.output("patio").locator("figure output")
    said.scroll_into_view_if_needed()
    at_its_end = "() => document.querySelector('.jp-mod-active figure output')?.textContent.includes('iteración 5000 ')"
    notebook.page.wait_for_function(at_its_end, timeout=60_000)
    check.that("exactitud 90.50 %" in said.inner_text(), said.inner_text())
    proof = notebook.output("patio").locator("figure p").inner_text()
    check.that("bit a bit" in proof, proof)
    right = "".join(notebook.cell("bpropagation")["source"])
    notebook.fill("bpropagation", right.replace("1.0 - a1 * a1", "1.0 + a1 * a1"))
    notebook.run("bpropagation", "patio")
    notebook.place("patio")
    notebook.page.wait_for_function(at_its_end, timeout=60_000)
    wrong = notebook.output("patio").locator("figure output").inner_text()
    check.that("90.50 %" not in wrong, f"with 1 + a²: {wrong}")
    notebook.fill("bpropagation", right)
    notebook.run("bpropagation")


def replay(notebook, check):
    figure = Figure(notebook.page, notebook.place("repeticion").locator("figure"))
    figure.slider.scroll_into_view_if_needed()
    last = figure.boundary()
    figure.slider.focus()
    notebook.page.keyboard.press("Home")
    first = figure.boundary()
    check.that(figure.value() == 0, f"after the key Home, the slider is at {figure.value()}")
    check.that(difference(notebook.page, first, last) > 10, "the slider's keys do not change the boundary")
    said = figure.text.inner_text()
    check.that(said.startswith("iteración 0 · costo 0.693"), said)

    box = figure.slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    notebook.page.mouse.move(box["x"] + 8, middle)
    notebook.page.mouse.down()
    notebook.page.mouse.move(box["x"] + 0.75 * box["width"], middle, steps=5)
    notebook.page.mouse.up()
    dragged = figure.value()
    check.that(25 <= dragged <= 35, f"dragged to three quarters, the slider is at {dragged} of 40")
    check.that(difference(notebook.page, figure.boundary(), first) > 10, "dragging the slider does not change the boundary")

    figure.button("Reproducir").click()
    notebook.page.wait_for_function("(at) => document.querySelector('.jp-mod-active figure input[type=range]').valueAsNumber > at", arg=dragged)
    figure.button("Pausa").click()
    paused = figure.value()
    notebook.page.wait_for_timeout(700)
    check.that(figure.value() == paused, "it plays on after pause")
    selected = notebook.value("content.activeCell.model.id")
    check.that(selected == "repeticion", f"the keys of the slider move on to cell {selected}")


def endless_loop(notebook, check, keep):
    """■ ends it: the functions are still there, the variables are not, and the first two cells bring them back."""
    page = notebook.page
    notebook.place("ver-layer-size")
    notebook.command("notebook:insert-cell-below")
    notebook.command("notebook:enter-edit-mode")
    page.keyboard.type("loop {")
    page.keyboard.press("Shift+Enter")
    page.wait_for_timeout(3_000)
    check.that(notebook.value("sessionContext.session.kernel.status") == "busy", "an endless loop ends")
    counter = page.locator(".jp-Notebook-ExecutionIndicator:visible")
    shown = counter.evaluate("(it) => { const style = getComputedStyle(it, '::before'); return [style.visibility, style.content]; }")
    check.that(shown[0] == "visible" and "trabajando" in shown[1], f"while a cell works, the toolbar shows {shown}")
    keep("working_light")
    page.locator("[data-command='notebook:interrupt-kernel']:visible").first.click()
    notebook.idle(30)
    notebook.finish(30)

    text = notebook.run("check-layer-size")
    check.that("correcto" in text, f"after ■, the function is lost: {text}")
    text = without_colours(notebook.run("ver-layer-size"))
    check.that("cannot find value `x`" in text, f"after ■, the variables are not lost, as the notebooks say: {text}")
    text = notebook.run("preparar", "cargar-datos", "ver-layer-size")
    check.that("n_x = 2, n_h = 4, n_y = 1" in text, f"after ■ and the first two cells: {text}")


def restart(notebook, check):
    """From the menu, which asks first."""
    page = notebook.page
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^(Kernel|Núcleo)$")).click()
    page.locator("[data-command='kernelmenu:restart']").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    notebook.idle()
    notebook.finish(60)
    text = without_colours(notebook.run("ver-layer-size"))
    check.that("cannot find" in text, f"after a restart, layer_size is still there: {text}")


def opened_again(notebook, url, check):
    """What was saved is seen, and lives: the notebook is one's own."""
    notebook.open(url, NETWORK)
    seen = notebook.output("check-layer-size").inner_text()
    check.that("correcto" in seen, f"opened again, the check shows {seen}")
    png = picture(notebook.place("frontera-entrenada").locator("figure"))
    check.that(CLASSES <= colours(notebook.page, png), "opened again, the boundary is not drawn")
    check.that(notebook.place("repeticion").get_by_role("slider").count() == 1, "opened again, the replay has no slider")


def opened_untrusted(notebook, url, check):
    """Of a notebook from elsewhere JupyterLab runs no script: the still pictures stand there."""
    shutil.copy(SOLVED / NETWORK, STUDENT / UNTRUSTED)
    notebook.open(url, UNTRUSTED)
    figure = notebook.place("repeticion").locator("figure")
    check.that(figure.get_by_role("slider").count() == 0, "a notebook from elsewhere is trusted")
    for id in ("repeticion", "frontera-entrenada", "unidades-ocultas"):
        figure = notebook.place(id).locator("figure")
        figure.scroll_into_view_if_needed()
        found = colours(notebook.page, picture(figure))
        check.that(CLASSES <= found, f"untrusted, {id} has the colours {found}")
    seen = notebook.output("check-bpropagation").inner_text()
    check.that("correcto" in seen, f"untrusted, the check shows {seen}")
