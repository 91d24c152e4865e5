"""Ex03 in nbgrader: reads what a student handed in so that nbgrader's own steps can work on it.

Written by `cargo run -- nbgrader`, and written anew by it. ex03_nbgrader.py loads this file.
"""

import io
import json
import os
import re

from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
)

UNREADABLE = (
    "nbgrader no puede leer este archivo como cuaderno, y por eso no se muestra. "
    "Sus puntos son los que da `ex03 grade`."
)
MISSING = "Aquí faltaba la celda `{}`, y nbgrader la ha repuesto."
NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


class Ex03Notebook(NotebookExporter):
    """Reads a file whatever it is: one that is no valid notebook would cost its author all points."""

    def from_filename(self, filename, resources=None, **kw):
        if os.path.isfile(filename):
            return super().from_filename(filename, resources, **kw)
        # To open a pipe is to wait for whoever writes into it.
        return self.from_file(io.StringIO(), resources, **kw)

    def from_file(self, file_stream, resources=None, **kw):
        try:
            notebook = valid(json.loads(file_stream.read().removeprefix("\ufeff")))
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            self.log.warning("A submission is shown as an empty notebook: %s", error)
            notebook = new_notebook(cells=[new_markdown_cell(UNREADABLE)])
        return self.from_notebook_node(notebook, resources, **kw)


def valid(notebook):
    """The cells of a notebook as nbformat wants them. No step needs a student's outputs."""
    cells = []
    for cell in notebook["cells"]:
        if isinstance(cell, dict) and cell.get("cell_type") in NEW_CELL:
            # Half of a surrogate pair is a character to Python, and none in a file.
            source = "".join(cell.get("source") or "").encode(errors="replace").decode()
            new = NEW_CELL[cell["cell_type"]](source, metadata=a_dict(cell.get("metadata")))
            if new.cell_type != "code" and cell.get("attachments"):
                new.attachments = a_dict(cell["attachments"])
            cells.append(new)
    return new_notebook(cells=cells, metadata=a_dict(notebook.get("metadata")))


def a_dict(value):
    return value if isinstance(value, dict) else {}


class Ex03Cells(NbGraderPreprocessor):
    """Leaves each cell of the assignment once, of the kind and with the metadata that it was given out with.

    Students copy, split, delete and convert cells, and lose their metadata, over which nbgrader's own
    steps fail. Of several cells with one id the last keeps it.
    """

    def preprocess(self, nb, resources):
        info = resources["nbgrader"]
        with Gradebook(info["db_url"]) as gradebook:
            given = given_out(gradebook.find_notebook(info["notebook"], info["assignment"]))
        places = {}
        for i, cell in enumerate(nb.cells):
            name = grade_id(cell)
            cell.metadata.pop("nbgrader", None)
            if name in given:
                places[name] = i
        for name in given.keys() - places.keys():
            # Without its metadata, an answer is known by its function.
            function = re.compile(rf"^\s*(pub\s+)?fn\s+{re.escape(name)}\b", re.MULTILINE)
            others = [i for i in range(len(nb.cells)) if i not in places.values()]
            found = [i for i in others if function.search(nb.cells[i].source)]
            if found and given[name]["nbgrader"]["solution"]:
                places[name] = found[-1]
        for name, i in places.items():
            nb.cells[i] = as_given(nb.cells[i].source, nb.cells[i].metadata, given[name])
        restore(nb.cells, places, given)
        return nb, resources


def given_out(notebook):
    """The cells that nbgrader knows of a notebook, by id, in their order: kind, source and metadata."""
    points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    kinds = (notebook.grade_cells, notebook.solution_cells, notebook.task_cells)
    grades, solutions, tasks = ({cell.name for cell in cells} for cells in kinds)
    given = {}
    for cell in notebook.source_cells:
        metadata = {
            "schema_version": 3,
            "grade_id": cell.name,
            "grade": cell.name in grades,
            "solution": cell.name in solutions,
            "task": cell.name in tasks,
            "locked": cell.locked,
            "checksum": cell.checksum,
            "cell_type": cell.cell_type,
        }
        if cell.name in points:
            metadata["points"] = points[cell.name]
        given[cell.name] = {"cell_type": cell.cell_type, "source": cell.source, "nbgrader": metadata}
    return given


def grade_id(cell):
    name = a_dict(cell.metadata.get("nbgrader")).get("grade_id")
    return name if isinstance(name, str) else None


def as_given(source, metadata, given):
    return NEW_CELL[given["cell_type"]](source, metadata={**metadata, "nbgrader": given["nbgrader"]})


def restore(cells, places, given):
    """Puts back the cells with points that are not there: below the one that came before, or at the end."""
    before = len(cells)
    inserted = []
    for name, cell in given.items():
        before = places.get(name, before)
        if name not in places and "points" in cell["nbgrader"]:
            notice = new_markdown_cell(MISSING.format(name))
            inserted.append((before + 1, [notice, as_given(cell["source"], {}, cell)]))
    # From the last place to the first, so that a place stays what it is.
    for place, new in reversed(sorted(inserted, key=lambda it: it[0])):
        cells[place:place] = new


c = get_config()  # noqa: F821: nbgrader's

c.Autograde.exporter_class = Ex03Notebook
c.Autograde.sanitize_preprocessors = [
    Ex03Cells,
    ClearOutput,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
