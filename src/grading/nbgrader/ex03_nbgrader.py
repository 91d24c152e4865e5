"""Ex03 in nbgrader: grades by the course's own tool in place of running the kernel.

Written by `cargo run -- nbgrader`, and written anew by it: put what is your own into nbgrader_config.py, which loads this file.
"""

import glob
import html
import json
import os
import subprocess

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    ComputeChecksums,
    IgnorePattern,
    IncludeHeaderFooter,
    LimitOutput,
    LockCells,
    NbGraderPreprocessor,
    SaveAutoGrades,
    SaveCells,
)

TOOL = "@TOOL@"
# The stages of a hint in `grades.json`, in the order in which they are told.
STAGES = {"Para pensar": "question", "El diagnóstico": "wrong", "La fórmula": "formula"}


class Ex03Step(NbGraderPreprocessor):
    """What both steps share: the grades, which the tool gives once in a run of nbgrader, for all students of the run."""

    def grades(self, resources):
        """By exercise; none of a notebook that could not be graded, and why."""
        info = resources["nbgrader"]
        converter = self.parent.parent
        course = converter.coursedir
        submitted = course.submitted_directory
        folder = course.format_path(submitted, info["student"], info["assignment"])
        path = os.path.join(folder, info["notebook"] + ".ipynb")
        if not hasattr(converter, "ex03_grades"):
            converter.ex03_grades = {}
        known = converter.ex03_grades
        if path not in known:
            pattern = course.format_path(submitted, course.student_id, info["assignment"])
            folders = sorted(set(glob.glob(pattern)) | {folder})
            known.update(self.graded(folders))
        submission = known.get(path)
        if submission is None:
            return {}, "el cuaderno no tiene ninguno de los ejercicios del curso"
        return {it["exercise"]: it for it in submission["exercises"]}, submission.get("problem")

    def graded(self, folders):
        self.log.info("Grading %d submission(s) with %s", len(folders), TOOL)
        run = subprocess.run(
            [TOOL, "grade", "--json", *folders], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        if run.returncode != 0:
            raise RuntimeError(f"ex03 grade: {run.stderr.decode(errors='replace').strip()}")
        return {it["path"]: it for it in json.loads(run.stdout)["submissions"]}

    def of_cell(self, cell, grades, problem):
        exercise = cell.metadata.nbgrader["grade_id"].removeprefix("check_")
        if exercise in grades:
            return grades[exercise]
        message = problem or f"no es una comprobación de Ex03: {exercise}"
        return {"exercise": exercise, "points": 0.0, "max_points": 1.0, "outcome": "missing", "message": message}


class Ex03Grade(Ex03Step):
    """In place of Execute: writes each check's points, and what it says, into its cell."""

    def preprocess(self, nb, resources):
        tests = [cell for cell in nb.cells if cell.cell_type == "code" and utils.is_grade(cell)]
        if tests:
            grades, problem = self.grades(resources)
            for cell in tests:
                grade = self.of_cell(cell, grades, problem)
                # The teacher's points, which the student's copy of the notebook cannot change.
                most = float(cell.metadata.nbgrader["points"])
                points = most * min(1.0, max(0.0, grade["points"] / grade["max_points"])) if grade["max_points"] else 0.0
                data = {"text/html": as_html(grade), "text/plain": str(points)}
                cell.outputs = [new_output("execute_result", data, execution_count=1)]
                cell.execution_count = 1
        return nb, resources


class Ex03Comments(Ex03Step):
    """After SaveAutoGrades: what the check says is the comment on the student's code."""

    def preprocess(self, nb, resources):
        solutions = [cell for cell in nb.cells if utils.is_solution(cell) and not utils.is_grade(cell)]
        if solutions:
            info = resources["nbgrader"]
            grades, problem = self.grades(resources)
            with Gradebook(info["db_url"]) as gradebook:
                for cell in solutions:
                    grade = self.of_cell(cell, grades, problem)
                    comment = gradebook.find_comment(
                        cell.metadata.nbgrader["grade_id"], info["notebook"], info["assignment"], info["student"]
                    )
                    comment.auto_comment = None if grade["outcome"] == "correct" else plain("\n".join(lines(grade)))
                gradebook.db.commit()
        return nb, resources


def lines(grade):
    """What is said of an exercise, the hints apart."""
    error = grade.get("compile_error")
    said = [first_stage(grade), grade.get("note")]
    if error and error["place"] not in grade["message"]:
        said.append(f"{error['place']}: {error['message']}")
    return [line for line in said if line]


def first_stage(grade):
    """What a student is told before unfolding a hint."""
    return grade.get("difference") or grade["message"]


def plain(text):
    """nbgrader shows comments as Markdown, and what a student's code throws is part of them: no markup, no links, no pictures."""
    return text.replace("<", "‹").replace(">", "›").replace("](", "] (")


def as_html(grade):
    right = grade["outcome"] == "correct"
    tint = "0,114,178" if right else "213,94,0"
    parts = [f"<div>{html.escape(line)}</div>" for line in lines(grade)]
    parts[0] = f"<div><strong>{'✔' if right else '✘'} {html.escape(grade['exercise'])}</strong>: {html.escape(first_stage(grade))}</div>"
    for hint in grade.get("hint_details") or []:
        for title, stage in STAGES.items():
            parts.append(fold(title, html.escape(hint[stage])))
    error = grade.get("compile_error")
    if error:
        parts.append(fold("Lo que dice el compilador", f"<pre>{html.escape(error['rendered'])}</pre>"))
    return f'<div style="border-left:4px solid rgb({tint});padding:4px 12px">{"".join(parts)}</div>'


def fold(title, inner):
    # nbgrader's page hides the mark that says that there is more.
    return f'<details><summary style="display:list-item;cursor:pointer">{html.escape(title)}</summary>{inner}</details>'


c = get_config()  # noqa: F821: nbgrader's
load_subconfig(os.path.join(os.path.dirname(__file__), "ex03_reading.py"))  # noqa: F821: nbgrader's

# The notebooks in source/ are those that students get: there are no solutions to clear, nor tests to hide.
c.GenerateAssignment.preprocessors = [
    IncludeHeaderFooter,
    LockCells,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    Ex03Grade,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    Ex03Comments,
    AssignLatePenalties,
    CheckCellMetadata,
]
