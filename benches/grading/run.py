"""Our grader side by side with nbgrader 0.9.6: seconds for a submission, of the same class on the same machine.

    python -m venv VENV && VENV/bin/pip install -r benches/grading/requirements.txt
    cargo build --release && VENV/bin/python benches/grading/run.py --ex03 target/release/ex03

- ours: `ex03 grade` on the Rust notebooks, from nothing, and again with nothing changed;
- nbgrader on a Python notebook of the same exercises (python_notebook.py), with numpy, in its own kernel;
- nbgrader on the Rust notebooks, on the evcxr kernel, with its time limit raised so that a build fits in (--rust-kernel NAME).

One submission in four has a wrong cost_function, and each function of each a line of its own, so that none is graded for another.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import python_notebook

PROJECT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = Path(sys.executable).parent
NOTEBOOK = "3_red_neuronal"
# So that nothing is graded that an earlier run has graded.
RUN = time.time_ns()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ex03", type=Path, default=PROJECT / "target/release/ex03")
    parser.add_argument("--ours", type=int, default=100, help="submissions for ex03 grade")
    parser.add_argument("--python", type=int, default=20, help="submissions for nbgrader on Python")
    parser.add_argument("--rust", type=int, default=2, help="submissions for nbgrader on evcxr; 0 leaves it out")
    parser.add_argument("--rust-kernel", default="rust")
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="ex03-bench-"))
    try:
        print(f"{os.cpu_count()} cores; load before: {os.getloadavg()[0]:.1f}")
        print(f"{'':34} {'submissions':>11} {'s each':>8} {'CPU s each':>10}")
        ours(arguments, scratch / "ours")
        nbgrader("nbgrader, Python notebook", scratch / "python", python_notebook.notebook(), arguments.python, "python3")
        if arguments.rust:
            nbgrader("nbgrader, Rust notebook on evcxr", scratch / "rust", rust_notebook(), arguments.rust, arguments.rust_kernel)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def ours(arguments, folder):
    folder.mkdir()
    for i in range(arguments.ours):
        write(folder / f"student{i:04}.ipynb", answered(rust_notebook(), i, "rust"))
    # The library is built, and the grader tried, before the clock starts.
    run([arguments.ex03, "grade", "--json", folder / "student0000.ipynb"])
    for what in ("ex03 grade", "ex03 grade, again"):
        graded = measured(what, arguments.ours, [arguments.ex03, "grade", "--json", folder])
        points = [it["points"] for it in json.loads(graded)["submissions"]]
        assert points == [expected(i) for i in range(arguments.ours)], points


def nbgrader(what, course, notebook, count, kernel):
    source = course / "source/ex03"
    source.mkdir(parents=True)
    notebook["metadata"]["kernelspec"]["name"] = kernel
    write(source / f"{NOTEBOOK}.ipynb", notebook)
    clear = "c.GenerateAssignment.preprocessors = [p for p in GenerateAssignment.preprocessors.default_args[0] if p is not ClearSolutions]"
    (course / "nbgrader_config.py").write_text(
        "from nbgrader.converters import GenerateAssignment\nfrom nbgrader.preprocessors import ClearSolutions\n"
        f"c = get_config()\nc.CourseDirectory.course_id = 'ex03'\nc.Execute.timeout = 600\n{clear}\n"
    )
    run([PROGRAMS / "nbgrader", "generate_assignment", "ex03"], course)
    released = json.loads((course / f"release/ex03/{NOTEBOOK}.ipynb").read_text())
    language = "python" if kernel == "python3" else "rust"
    for i in range(count):
        write(course / f"submitted/student{i:04}/ex03/{NOTEBOOK}.ipynb", answered(released, i, language))
    measured(what, count, [PROGRAMS / "nbgrader", "autograde", "ex03"], course)
    run([PROGRAMS / "nbgrader", "export"], course)
    scores = [line.split(",") for line in (course / "grades.csv").read_text().splitlines()]
    column = scores[0].index("score")
    points = [float(row[column]) for row in sorted(scores[1:], key=lambda row: row[scores[0].index("student_id")])]
    assert kernel != "python3" or points == [expected(i) for i in range(count)], points


def expected(student):
    return 7.0 if student % 4 == 0 else 8.0


def rust_notebook():
    """The solved notebook as a student hands it in: what shows figures is left out for nbgrader's sake, which would run it."""
    notebook = json.loads((PROJECT / f"notebooks/soluciones/{NOTEBOOK}.ipynb").read_text())
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    kept = [cell for cell in cells if "nbgrader" in cell["metadata"] or cell["id"] == "preparar"]
    for cell in kept:
        cell["outputs"] = []
        cell["source"] = "".join(cell["source"]).replace('path = "../.."', f'path = "{PROJECT}"')
    notebook["cells"] = kept
    return notebook


def answered(notebook, student, language):
    body, let, end = {"rust": ("{\n", "let ", ";"), "python": (":\n", "", "")}[language]
    notebook = json.loads(json.dumps(notebook))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = cell["source"].replace(body, f'{body}    {let}_student = "{student} of {RUN}"{end}\n', 1)
            assert "_student" in cell["source"]
            if cell["metadata"]["nbgrader"]["grade_id"] == "cost_function" and student % 4 == 0:
                wrong = cell["source"].replace(".sum() / m", ".sum()")
                assert wrong != cell["source"]
                cell["source"] = wrong
    return notebook


def measured(what, count, command, folder=None):
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    printed = run(command, folder)
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{what:34} {count:11} {wall / count:8.3f} {cpu / count:10.3f}", flush=True)
    return printed


def run(command, folder=None):
    environment = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(list(map(str, command)), cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def write(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))


if __name__ == "__main__":
    main()
