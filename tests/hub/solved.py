"""The solved notebook with the exercises: what the tests of the hub know of them is read from its cells."""

import json
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
NOTEBOOK = "3_red_neuronal"


def cells():
    return json.loads((PROJECT / f"notebooks/soluciones/{NOTEBOOK}.ipynb").read_text())["cells"]


def solutions():
    """The text of each exercise's answer, by its name."""
    answers = [cell for cell in cells() if of_nbgrader(cell).get("solution")]
    return {of_nbgrader(cell)["grade_id"]: "".join(cell["source"]) for cell in answers}


def number_of(exercise):
    """The number of an exercise's cell among those of code, from 1."""
    code = [cell for cell in cells() if cell["cell_type"] == "code"]
    return 1 + [of_nbgrader(cell).get("grade_id") for cell in code].index(exercise)


def of_nbgrader(cell):
    return cell["metadata"].get("nbgrader") or {}


# In the order of the notebook, each worth one point.
EXERCISES = list(solutions())
POINTS = len(EXERCISES)
