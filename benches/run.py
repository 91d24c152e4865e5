"""Times the notebooks and an epoch of training in Rust and in their peers, by turns, and writes benches/results.md, and four lines of it into the README.

    python -m venv target/peers && target/peers/bin/pip install -r benches/peers/requirements.txt
    target/peers/bin/python benches/run.py            about 40 minutes; --quick for a look in 2, at training alone

The notebooks run on the kernels that `cargo run -- setup` has set up, and the Python one on this environment's.

Each peer has one core and one thread. Criterion times the Rust side, which is compiled twice: as a cell on the stock kernel, and as
one on the course's (the profiles of benches/training/Cargo.toml).
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

import notebooks
import setup

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "results.md"
README = HERE.parent / "README.md"
TARGET = HERE.parent / "target" / "benches"
RUST = {"rust_course": "course", "rust_stock": "stock"}
PEERS = ["numpy", "jax", "sklearn", "torch"]
NAMES = {"rust_course": "Rust, course's kernel", "rust_stock": "Rust, stock kernel", "numpy": "numpy", "jax": "JAX, jit and scan",
         "sklearn": "scikit-learn, MLPClassifier", "torch": "PyTorch, autograd"}
SIZES = [(m, n_h) for m in (400, 4_000, 40_000, 400_000) for n_h in (4, 20, 50)]
MEMORY_SIZES = [(400_000, 4), (400_000, 50)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one repetition, a fifth of a second each, m up to 4,000")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of one measurement")
    parser.add_argument("--stock-repetitions", type=int, default=3, help="of the notebooks on the stock kernel, which takes minutes")
    parser.add_argument("--part", choices=["notebooks", "training"], help="only this part of the table")
    parser.add_argument("--set-up", action="store_true", help="the set-up alone, which takes some 25 minutes; of the rest the table keeps what it has")
    parser.add_argument("--before", type=lambda path: pathlib.Path(path).resolve(), help="a clone of an earlier state, set up, whose kernel takes its turns too")
    parser.add_argument("--output", type=pathlib.Path, default=RESULTS)
    options = parser.parse_args()
    if options.quick:
        options.repetitions, options.seconds, options.part = 1, 0.2, "training"

    rest, title, of_set_up = RESULTS.read_text().partition(setup.TITLE)
    if options.set_up:
        lines = [rest.rstrip(), "", *setup.report(setup.measure(), when_and_where())]
    else:
        lines = heading(options)
        if options.part != "training":
            lines += notebooks.report(notebooks.measure(options.repetitions, options.stock_repetitions, options.before))
        if options.part != "notebooks":
            lines += training(options)
        lines += [title + of_set_up] if title else []
    text = "\n".join(lines)
    options.output.write_text(text)
    if options.output == RESULTS and options.part is None:
        README.write_text(shown(README.read_text(), text))
    print(text)


# What the README repeats: a sentence, with the first number of a row in place of each (start of a section's title, row, column).
SHOWN = [
    ("Run All of notebook 3, its exercises new to the kernel, of the cells that both have: {} s, and {} s in the Python notebook with numpy, scikit-learn and matplotlib.",
     [("Run All", "Rust, course's kernel, exercises new", 2), ("Run All", "Python, numpy + scikit-learn + matplotlib", 2)]),
    ("From opening the notebook that `cargo run` opens to its first answer: {} s; {} s on the stock kernel; {} s on Python's.",
     [("From opening", "Rust, the notebook that `cargo run` opens, from its address on", 1), ("From opening", "Rust, stock kernel, cold", 1),
      ("From opening", "Python", 1)]),
    ("A cell, in the median: {} s; {} s on the stock kernel.",
     [("A cell", "Rust, course's kernel, exercises new", 1), ("A cell", "Rust, stock kernel, library built", 1)]),
    ("An epoch of the exercise on one core: {} µs; {} µs in numpy, {} µs in JAX.",
     [("Training", "Rust, course's kernel", 1), ("Training", "numpy", 1), ("Training", "JAX, jit and scan", 1)]),
]


def shown(readme, results):
    """The README with four lines of these results between its marks."""
    begin, end = "<!-- benches/run.py writes from here -->\n", "<!-- to here -->\n"
    before, rest = readme.split(begin)
    _, after = rest.split(end)
    lines = [f"- {sentence.format(*(number(results, *place) for place in places))}\n" for sentence, places in SHOWN]
    return before + begin + "".join(lines) + end + after


def number(results, section, row, column):
    """The first number in a column of a row, of the section whose title begins so."""
    [text] = [text for text in results.split("\n## ") if text.startswith(section)]
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    [cells] = [cells for cells in rows if cells[0].strip() == row]
    return cells[column].split()[0]


def training(options):
    peers = [peer for peer in PEERS if is_installed(peer)]
    if "numpy" not in peers:
        sys.exit(f"numpy is missing here: {sys.executable} -m pip install -r {HERE / 'peers' / 'requirements.txt'}")
    binaries = {name: build(profile) for name, profile in RUST.items()}
    pin_to_one_core()

    # The peers of the whole table take turns; the others are compared where the exercise is.
    plan = [(size, [*RUST, *(peers if size == SIZES[0] else ["numpy"])]) for size in SIZES if not options.quick or size[0] <= 4_000]
    times = {}
    for repetition in range(options.repetitions):
        for (m, n_h), contenders in plan:
            print(f"{repetition + 1}/{options.repetitions}: m = {m}, n_h = {n_h}", file=sys.stderr)
            for name in contenders:
                seconds = rust(binaries[name], name, m, n_h, options.seconds) if name in RUST else peer(name, m, n_h, options.seconds)
                times.setdefault((m, n_h), {}).setdefault(name, []).append(seconds)
    memory = {
        size: {name: peak_memory(command(name, binaries, *size)) for name in (*RUST, "numpy")}
        for size in MEMORY_SIZES
        if not options.quick
    }
    return report(times, memory, peers)


def is_installed(peer):
    try:
        importlib.metadata.version(distribution(peer))
        return True
    except importlib.metadata.PackageNotFoundError:
        return False


def distribution(peer):
    return {"sklearn": "scikit-learn"}.get(peer, peer)


def build(profile):
    """The path of the benchmark, compiled with this profile."""
    manifest = HERE / "training" / "Cargo.toml"
    messages = subprocess.run(
        ["cargo", "bench", "--no-run", "--manifest-path", manifest, "--profile", profile, "--target-dir", TARGET,
         "--message-format", "json-render-diagnostics"],
        check=True, stdout=subprocess.PIPE, text=True,
    ).stdout
    artifacts = [json.loads(line) for line in messages.splitlines()]
    [executable] = [a["executable"] for a in artifacts if a.get("executable") and a["target"]["name"] == "epoch"]
    return executable


def pin_to_one_core():
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def environment():
    """One thread each, and no library told to take this machine for another."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("OPENBLAS_", "MKL_", "NVPL_"))}
    one = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"], "1")
    return env | one | {
        "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
        "CRITERION_HOME": str(TARGET / "criterion"),
    }


def command(name, binaries, m, n_h, seconds=1.0):
    """For as long as it takes: Criterion's profiling mode only runs the loop, so that its statistics count for no memory."""
    if name in RUST:
        return [binaries[name], "--bench", "--profile-time", str(seconds), f"^epoch/{m}/{n_h}$"]
    return [sys.executable, str(HERE / "peers" / f"{name}_epoch.py"), str(m), str(n_h), str(seconds)]


def rust(binary, name, m, n_h, seconds):
    subprocess.run(
        [binary, "--bench", "--noplot", "--quiet", "--sample-size", "10", "--warm-up-time", "0.2",
         "--measurement-time", str(seconds), f"^epoch/{m}/{n_h}$"],
        check=True, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    estimates = TARGET / "criterion" / "epoch" / str(m) / str(n_h) / "new" / "estimates.json"
    return json.loads(estimates.read_text())["median"]["point_estimate"] * 1e-9


def peer(name, m, n_h, seconds):
    samples = subprocess.run(command(name, {}, m, n_h, seconds), check=True, env=environment(), stdout=subprocess.PIPE, text=True).stdout
    return statistics.median(json.loads(samples))


def peak_memory(arguments):
    """Bytes of resident memory at the process's peak."""
    process = subprocess.Popen(arguments, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"failed with status {status}: {arguments}")
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def heading(options):
    versions = ", ".join(
        f"{it} {importlib.metadata.version(it)}" for it in [*map(distribution, PEERS), "matplotlib", "ipykernel"] if is_installed(it)
    )
    return [
        "# Rust and its peers, side by side",
        "",
        f"Written by `benches/run.py` on {when_and_where()}; Python {platform.python_version()}, {versions}. "
        f"Medians of {options.repetitions} runs taken by turns (the stock kernel's notebooks: {options.stock_repetitions}), in brackets the least and "
        "the greatest; a ratio is of two runs of one turn, below 1 where Rust is faster.",
        "",
    ]


def when_and_where():
    rustc = subprocess.run(["rustc", "-V"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    return f"{datetime.date.today()}: {cpu()}, {os.cpu_count()} cores; {platform.system()} {platform.machine()}; {rustc}"


def report(times, memory, peers):
    first = SIZES[0]
    lines = [
        f"## Training: an epoch in float64 on one core, m = {first[0]}, n_h = {first[1]}: the exercise",
        "",
        "| | an epoch, µs | Rust on the course's kernel : this | Rust on the stock kernel : this |",
        "|---|---|---|---|",
        *(
            f"| {NAMES[name]} | {spread(micro(times[first][name]))} | {spread(ratios(times[first], 'rust_course', name))} "
            f"| {spread(ratios(times[first], 'rust_stock', name))} |"
            for name in times[first]
        ),
        "",
        "### How it grows",
        "",
        "| m | n_h | numpy, µs | Rust, course's kernel, µs | : numpy | Rust, stock kernel, µs | : numpy |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {m} | {n_h} | {spread(micro(of['numpy']))} | {spread(micro(of['rust_course']))} | {spread(ratios(of, 'rust_course', 'numpy'))} "
            f"| {spread(micro(of['rust_stock']))} | {spread(ratios(of, 'rust_stock', 'numpy'))} |"
            for (m, n_h), of in times.items()
        ),
        "",
    ]
    if memory:
        lines += [
            "### Peak of resident memory of the process",
            "",
            "| m | n_h | numpy, MB | Rust, course's kernel, MB | : numpy |",
            "|---|---|---|---|---|",
            *(
                f"| {m} | {n_h} | {of['numpy'] / 1e6:.0f} | {of['rust_course'] / 1e6:.0f} | {of['rust_course'] / of['numpy']:.2f} |"
                for (m, n_h), of in memory.items()
            ),
            "",
        ]
    return lines


def cpu():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def micro(seconds):
    return [1e6 * s for s in seconds]


def ratios(of, numerator, denominator):
    return [a / b for a, b in zip(of[numerator], of[denominator], strict=True)]


def spread(values):
    middle = f"{significant(statistics.median(values))}"
    return middle if len(values) == 1 else f"{middle} ({significant(min(values))} to {significant(max(values))})"


def significant(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


if __name__ == "__main__":
    main()
