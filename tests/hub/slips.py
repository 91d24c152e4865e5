"""What students do to a notebook without meaning to, through nbgrader: the gradebook has what `grade` gives.

    python -m venv VENV && VENV/bin/pip install -r tests/hub/requirements.txt
    cargo build --workspace && VENV/bin/python tests/hub/slips.py

The slips are those that nbgrader's users report: a cell copied, split, deleted, moved, or turned into
another kind, metadata lost or changed, a file that is no notebook. All submissions are one batch, since
one of them must not cost the others their grades.
"""

import argparse
import copy
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from solved import EXERCISES, NOTEBOOK, POINTS, PROJECT, solutions

PROGRAMS = Path(sys.executable).parent
# Edits of a notebook, by the name of the student who makes them.
SLIPS = {}
# Files that are no notebook as nbgrader reads them, by the name of the student who hands them in.
FILES = {}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grading", type=Path, default=PROJECT / "target/debug/ex03-grading")
    parser.add_argument("--keep", action="store_true", help="leave the folder of the run")
    arguments = parser.parse_args()
    course = Path(tempfile.mkdtemp(prefix="ex03-slips-"))
    try:
        failures = check(course, arguments.grading)
    finally:
        if arguments.keep:
            print(course)
        else:
            shutil.rmtree(course, ignore_errors=True)
    print("\n".join(failures))
    print(f"{len(SLIPS) + len(FILES)} slips, {len(failures)} failed")
    sys.exit(bool(failures))


def check(course, tool):
    run([tool, "nbgrader", course, "--library", PROJECT])
    run([PROGRAMS / "nbgrader", "generate_assignment", "ex03"], cwd=course)
    released = json.loads((course / f"release/ex03/{NOTEBOOK}.ipynb").read_text())
    solved = with_answers(released)
    for student, slip in SLIPS.items():
        notebook = copy.deepcopy(solved)
        # As JupyterLab writes it; a slip may also return the bytes of another file.
        changed = slip(notebook)
        hand_in(course, student, changed if isinstance(changed, bytes) else json.dumps(notebook).encode())
    for student, content in FILES.items():
        hand_in(course, student, content(json.dumps(solved)))
    done = run([PROGRAMS / "nbgrader", "autograde", "ex03"], cwd=course, check=False)
    failures = [] if done.returncode == 0 else [f"autograde fails:\n{errors(done.stderr)}"]

    graded = json.loads(run([tool, "grade", "--json", course / "submitted"]).stdout)
    expected = {it["name"]: it for it in graded["submissions"]}
    run([PROGRAMS / "nbgrader", "export", "--to", course / "grades.csv"], cwd=course)
    with open(course / "grades.csv", newline="") as file:
        scores = {row["student_id"]: row for row in csv.DictReader(file)}
    done = run([PROGRAMS / "nbgrader", "generate_feedback", "ex03"], cwd=course, check=False)
    if done.returncode != 0:
        failures.append(f"generate_feedback fails:\n{errors(done.stderr)}")
    for student in [*SLIPS, *FILES]:
        points = expected[student]["points"]
        score = scores.get(student, {}).get("score")
        page = course / f"feedback/{student}/ex03/{NOTEBOOK}.html"
        if score is None or float(score) != points:
            failures.append(f"{student}: {score} in the gradebook, {points} by grade")
        elif not page.exists() or f"Score: {points} / {POINTS}.0" not in page.read_text():
            failures.append(f"{student}: no feedback that says {points} of {POINTS}")
        elif expected[student]["problem"] and expected[student]["problem"] not in page.read_text():
            failures.append(f"{student}: the feedback does not say: {expected[student]['problem']}")
        elif SAYS.get(student, "") not in page.read_text():
            failures.append(f"{student}: the feedback does not say: {SAYS[student]}")
        if points != WORTH.get(student, POINTS):
            failures.append(f"{student}: {points} points by grade in place of {WORTH.get(student, POINTS)}")
    return failures


def slip(function):
    SLIPS[function.__name__] = function
    return function


@slip
def nothing(notebook):
    pass


@slip
def copied_a_cell(notebook):
    """The old one is wrong, and the last one counts."""
    at, cell = find(notebook, "cost_function")
    older = duplicate(cell)
    older["source"] = text(cell).replace(".sum() / m", ".sum()")
    notebook["cells"].insert(at, older)


@slip
def copied_a_cell_and_spoilt_it(notebook):
    at, cell = find(notebook, "cost_function")
    newer = duplicate(cell)
    newer["source"] = text(cell).replace(".sum() / m", ".sum()")
    notebook["cells"].insert(at + 1, newer)


@slip
def copied_a_check(notebook):
    at, cell = find(notebook, "check_predict")
    notebook["cells"][at:at] = [duplicate(cell), duplicate(cell)]


@slip
def copied_all(notebook):
    notebook["cells"] += [duplicate(cell) for cell in notebook["cells"]]


@slip
def copied_a_cell_with_its_id(notebook):
    """As an editor of text does, where a cell's own id is copied too."""
    at, cell = find(notebook, "layer_size")
    notebook["cells"].insert(at, copy.deepcopy(cell))


@slip
def copied_a_cell_as_markdown(notebook):
    at, cell = find(notebook, "bpropagation")
    notebook["cells"].insert(at + 1, as_kind(duplicate(cell), "markdown"))


@slip
def split_a_cell(notebook):
    """JupyterLab gives both halves the metadata."""
    at, cell = find(notebook, "predict")
    helper = duplicate(cell)
    helper["source"] = "fn above(v: f64) -> f64 {\n    f64::from(v > 0.5)\n}\n"
    notebook["cells"].insert(at, helper)


@slip
def split_a_function(notebook):
    at, cell = find(notebook, "predict")
    half = duplicate(cell)
    lines = text(cell).splitlines(keepends=True)
    cell["source"], half["source"] = lines[:2], lines[2:]
    notebook["cells"].insert(at + 1, half)


@slip
def merged_cells(notebook):
    at, cell = find(notebook, "fpropagation")
    before, other = find(notebook, "layer_size")
    cell["source"] = text(other) + "\n\n" + text(cell)
    del notebook["cells"][before]


@slip
def deleted_a_check(notebook):
    remove(notebook, "check_cost_function")


@slip
def deleted_all_checks(notebook):
    for exercise in EXERCISES:
        remove(notebook, f"check_{exercise}")


@slip
def deleted_an_answer(notebook):
    remove(notebook, "predict")


@slip
def deleted_the_first_answer_and_its_check(notebook):
    remove(notebook, "layer_size")
    remove(notebook, "check_layer_size")


@slip
def deleted_an_answer_and_two_checks(notebook):
    for name in ("check_fpropagation", "cost_function", "check_cost_function"):
        remove(notebook, name)


@slip
def moved_all(notebook):
    notebook["cells"].reverse()


@slip
def added_cells(notebook):
    at, _ = find(notebook, "predict")
    cells = notebook["cells"]
    code = {"outputs": [], "execution_count": 3}
    cells.insert(at, {"cell_type": "code", "id": "mine", "metadata": {}, "source": "let a = 1;"} | code)
    cells.insert(at, {"cell_type": "markdown", "id": "notes", "metadata": {}, "source": "# Mis notas"})
    cells.insert(at, {"cell_type": "raw", "id": "raw", "metadata": {}, "source": "nada"})


@slip
def pasted_from_another_assignment(notebook):
    at, cell = find(notebook, "predict")
    other = duplicate(cell)
    other["metadata"]["nbgrader"]["grade_id"] = "cell-0f5c"
    other["source"] = "let b = 2;"
    check = duplicate(find(notebook, "check_predict")[1])
    check["metadata"]["nbgrader"] |= {"grade_id": "cell-0f5d", "points": 100}
    notebook["cells"][at:at] = [other, check]


@slip
def lost_all_metadata(notebook):
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}


@slip
def lost_the_metadata_of_a_check(notebook):
    find(notebook, "check_predict")[1]["metadata"] = {}


@slip
def lost_the_metadata_of_an_answer(notebook):
    find(notebook, "predict")[1]["metadata"] = {}


@slip
def lost_some_of_the_metadata(notebook):
    cells = [find(notebook, name)[1] for name in EXERCISES]
    del find(notebook, "check_nn_model")[1]["metadata"]["nbgrader"]["points"]
    cells[0]["metadata"]["nbgrader"] = {}
    cells[1]["metadata"]["nbgrader"] = {"grade_id": "init_parameters"}
    cells[2]["metadata"]["nbgrader"]["grade_id"] = ""
    cells[3]["metadata"]["nbgrader"]["grade_id"] = 7
    del cells[4]["metadata"]["nbgrader"]["schema_version"]
    del cells[5]["metadata"]["nbgrader"]["solution"]
    cells[6]["metadata"]["nbgrader"] = "nn_model"
    cells[7]["metadata"]["nbgrader"] = None


@slip
def other_versions_of_the_metadata(notebook):
    find(notebook, "predict")[1]["metadata"]["nbgrader"]["schema_version"] = 1
    find(notebook, "check_predict")[1]["metadata"]["nbgrader"]["schema_version"] = 4


@slip
def other_points(notebook):
    find(notebook, "check_predict")[1]["metadata"]["nbgrader"]["points"] = 100
    find(notebook, "check_nn_model")[1]["metadata"]["nbgrader"]["points"] = "muchos"
    find(notebook, "check_cost_function")[1]["metadata"]["nbgrader"]["grade"] = False
    find(notebook, "bpropagation")[1]["metadata"]["nbgrader"] |= {"grade": True, "points": 5}
    find(notebook, "predict")[1]["metadata"]["nbgrader"] |= {"locked": True, "solution": False}


@slip
def an_answer_as_markdown(notebook):
    as_kind(find(notebook, "predict")[1], "markdown")


@slip
def an_answer_as_raw_text(notebook):
    as_kind(find(notebook, "cost_function")[1], "raw")


@slip
def checks_as_text(notebook):
    as_kind(find(notebook, "check_predict")[1], "markdown")
    as_kind(find(notebook, "check_layer_size")[1], "raw")


@slip
def changed_a_check(notebook):
    find(notebook, "check_predict")[1]["source"] = "println!(\"8 de 8\");"


@slip
def another_kernel(notebook):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook["metadata"] = {"kernelspec": kernel}


@slip
def an_older_format(notebook):
    """As the classic notebook writes it: cells without ids."""
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        cell.pop("id", None)


@slip
def ids_that_are_none(notebook):
    for i, cell in enumerate(notebook["cells"]):
        cell["id"] = "con espacios" if i % 2 else ""


@slip
def fields_missing(notebook):
    for cell in notebook["cells"]:
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)
    notebook["cells"][0].pop("metadata", None)
    notebook["cells"][1].pop("source", None)


@slip
def numbers_of_python(notebook):
    data = {"application/json": [float("nan"), float("-inf")], "text/plain": "nan"}
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    find(notebook, "predict")[1]["outputs"] = [output]


@slip
def a_mistake(notebook):
    cell = find(notebook, "cost_function")[1]
    cell["source"] = text(cell).replace(".sum() / m", ".sum()")


def file(function):
    FILES[function.__name__] = function
    return function


@file
def a_byte_order_mark(solved):
    return b"\xef\xbb\xbf" + solved.encode()


@file
def utf_16(solved):
    return solved.encode("utf-16")


@file
def an_old_notebook(solved):
    cells = [cell for cell in json.loads(solved)["cells"] if cell["cell_type"] == "code"]
    for cell in cells:
        cell |= {"language": "rust", "input": cell.pop("source")}
    sheets = [{"cells": cells}]
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": sheets}).encode()


@file
def cells_of_other_types(solved):
    notebook = json.loads(solved)
    notebook["cells"][:0] = [3, None, {"cell_type": "code"}, {"cell_type": 4, "source": {}}]
    return json.dumps(notebook).encode()


@file
def cut_off(solved):
    return solved.encode()[: len(solved) // 2]


@file
def empty(solved):
    return b""


@file
def nested_too_deep(solved):
    notebook = json.loads(solved)
    notebook["metadata"]["deep"] = "@"
    return json.dumps(notebook).replace('"@"', "[" * 100_000 + "]" * 100_000).encode()


@file
def half_a_character(solved):
    return solved.replace("fn predict(", "// \\ud800\\nfn predict(").encode()


@file
def a_pipe(solved):
    return None


@file
def a_picture(solved):
    return b"\x89PNG\r\n\x1a\n...."


# The points of those that do not get all.
WORTH = {
    "copied_a_cell_and_spoilt_it": POINTS - 1,
    "split_a_function": POINTS - 1,
    "deleted_an_answer": POINTS - 1,
    "deleted_the_first_answer_and_its_check": POINTS - 1,
    "deleted_an_answer_and_two_checks": POINTS - 1,
    "a_mistake": POINTS - 1,
    "cut_off": 0,
    "empty": 0,
    "a_picture": 0,
    "a_pipe": 0,
    "half_a_character": 0,
}

# What their feedback says.
SAYS = {
    "an_answer_as_markdown": "es de tipo Markdown, y así el cuaderno no la ejecuta",
    "an_answer_as_raw_text": "es de tipo Raw, y así el cuaderno no la ejecuta",
    "deleted_a_check": "faltaba la celda <code>check_cost_function</code>",
    "a_mistake": "¿falta el factor 1/m?",
    "cut_off": "se corta antes del final",
}

def find(notebook, grade_id):
    """The place of a cell, and the cell."""
    for i, cell in enumerate(notebook["cells"]):
        if (cell["metadata"].get("nbgrader") or {}).get("grade_id") == grade_id:
            return i, cell
    raise KeyError(grade_id)


def remove(notebook, grade_id):
    del notebook["cells"][find(notebook, grade_id)[0]]


def duplicate(cell):
    """As JupyterLab copies: with the metadata, and an id of its own."""
    twin = copy.deepcopy(cell)
    twin["id"] = f"{cell['id']}-{os.urandom(4).hex()}"
    return twin


def as_kind(cell, kind):
    """As M or R does in JupyterLab."""
    cell["cell_type"] = kind
    for key in ("outputs", "execution_count"):
        cell.pop(key, None)
    return cell


def text(cell):
    return "".join(cell["source"])


def with_answers(released):
    notebook = copy.deepcopy(released)
    for name, answer in solutions().items():
        find(notebook, name)[1]["source"] = answer
    return notebook


def hand_in(course, student, content):
    folder = course / "submitted" / student / "ex03"
    folder.mkdir(parents=True)
    path = folder / f"{NOTEBOOK}.ipynb"
    if content is None:
        os.mkfifo(path)
    else:
        path.write_bytes(content)


def errors(log):
    lines = [line for line in log.splitlines() if re.search(r"ERROR|Error|error", line)]
    return "\n".join(lines[-30:])


def run(command, check=True, **options):
    # nbgrader calls alembic by its name.
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path}
    command = list(map(str, command))
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=environment, **options)
    if check and done.returncode != 0:
        raise SystemExit(f"failed: {command}: {done.stderr}")
    return done


if __name__ == "__main__":
    main()
