"""Writes each requirements.txt from the requirements.in beside it: all packages, with the SHA-256 of their files.

    python -m venv VENV && VENV/bin/pip install uv
    VENV/bin/python src/course/setup/renew.py [--upgrade]

Versions stay what they are, unless the .in file asks for others or --upgrade for the newest. At the end
it looks whether each package has a wheel for every system and Python that the course is for, because pip
is not allowed to build one: what a build needs would be downloaded unverified.
"""

import argparse
import itertools
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
COURSE = PROJECT / "src/course/setup"
# Each with the oldest Python that it is for.
FOLDERS = {COURSE: "3.10", PROJECT / "tests/hub": "3.11", PROJECT / "tests/browser": "3.10"}
PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"]
SYSTEMS = [
    "x86_64-manylinux_2_28",
    "aarch64-manylinux_2_28",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that the .in files allow")
    arguments = parser.parse_args()
    for folder, oldest_python in FOLDERS.items():
        renew(folder, oldest_python, arguments.upgrade)
    for system, python in itertools.product(SYSTEMS, PYTHONS):
        if not has_wheels(system, python):
            sys.exit(f"a package has no wheel for Python {python} on {system}")


def renew(folder, oldest_python, upgrade):
    uv(
        "--universal",
        f"--python-version={oldest_python}",
        "--generate-hashes",
        "--no-annotate",
        "--custom-compile-command=python src/course/setup/renew.py",
        f"--output-file={folder / 'requirements.txt'}",
        *(["--upgrade"] if upgrade else []),
        folder / "requirements.in",
    )
    print(folder.relative_to(PROJECT) / "requirements.txt")


def has_wheels(system, python):
    wanted = [f"--python-platform={system}", f"--python-version={python}"]
    listed = COURSE / "requirements.txt"
    return uv(*wanted, "--only-binary=:all:", "--no-deps", listed, check=False).returncode == 0


def uv(*arguments, check=True):
    program = Path(sys.executable).with_name("uv")
    program = program if program.exists() else shutil.which("uv")
    if program is None:
        sys.exit("uv is missing: pip install uv")
    command = [program, "pip", "compile", "--quiet", *arguments]
    return subprocess.run(command, check=check, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
