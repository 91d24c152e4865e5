"""Uses the course's kernel as JupyterLab does, and sees that it behaves as the stock one, and leaves nothing behind.

usage: course_kernel.py SCENARIO        one of the functions below, in functions.py or in lives.py; an assertion that fails says what came

It runs in the folder of the students' notebooks, with the environment of `ex03 python`.
"""

import base64
import gzip
import json
import os
import pathlib
import re
import signal
import sys
import tempfile
import threading
import time

from functions import functions_between_cells, given_cells  # noqa: F401
from lab import Lab
from lives import (  # noqa: F401
    ahead_of_each_notebook,
    pages_that_come_and_go,
    released,
    terminated,
    two_at_once_and_one_that_is_killed,
    without_a_warm_folder,
)
from session import LIBRARY, ROOT, Kernel, folders, new_folder, until
from slips import BODIES, FUNCTION


def locked(folder):
    """Name and version of each crate in its Cargo.lock."""
    return set(re.findall('name = "(.*)"\nversion = "(.*)"', pathlib.Path(folder, "Cargo.lock").read_text()))


# What a beginner's cell may keep without naming its type, and that type. rust-analyzer has to find it in signatures alone.
KEPT = {
    "x.t().to_owned()": "Array2<f64>",
    "x.mean_axis(Axis(1)).unwrap()": "Array1<f64>",
    "x.iter().zip(y.iter()).map(|(a, b)| a * b).sum::<f64>()": "f64",
    "x.iter().cloned().fold(f64::NEG_INFINITY, f64::max)": "f64",
    "x.mapv(|v| v.powi(2)).sum().sqrt().atan2(1.5)": "f64",
    "x.slice(s![.., ..3]).to_owned()": "Array2<f64>",
    "Array2::random_using((2, 3), Randn::new(), &mut RandomState::new(3))": "Array2<f64>",
    "<ndarray_rand::rand::rngs::StdRng as ndarray_rand::rand::SeedableRng>::seed_from_u64(1)": "ndarray_rand::rand::rngs::StdRng",
    "linfa::Dataset::new(x.clone(), y.clone())": "linfa::DatasetBase<Array2<f64>, Array2<f64>>",
    '"1 2 3".split_whitespace().map(|it| it.parse::<i32>().unwrap()).collect::<Vec<_>>()': "Vec<i32>",
    '"abc".chars().rev().collect::<String>()': "String",
    "7_u32.checked_pow(2).unwrap_or_default().wrapping_add(1)": "u32",
    "[3, 1, 2].iter().enumerate().max_by_key(|it| it.1).map(|it| it.0)": "Option<usize>",
    "(0..10).step_by(3).flat_map(|it| vec![it; 2]).skip(1).collect::<std::collections::BTreeSet<_>>()": "std::collections::BTreeSet<i32>",
    "std::collections::HashMap::from([(1, 2.5)])": "std::collections::HashMap<i32, f64>",
    "std::collections::HashMap::from([(1, 2.5)]).into_values().collect::<Vec<_>>()": "Vec<f64>",
    "std::collections::HashMap::from([(1, 2.5)]).get(&1).copied()": "Option<f64>",
    "std::collections::HashMap::from([(1, 2.5)]).keys().copied().collect::<Vec<_>>()": "Vec<i32>",
    "std::collections::HashSet::from([1, 2]).iter().max().copied()": "Option<i32>",
    "std::collections::HashSet::from([1]).union(&std::collections::HashSet::from([2])).count()": "usize",
    "std::collections::VecDeque::from(vec![1, 2]).pop_front()": "Option<i32>",
    "std::sync::Arc::new(std::sync::Mutex::new(2.5)).lock().map(|it| *it).unwrap()": "f64",
    "std::sync::mpsc::channel::<f64>().0.send(1.0).is_err()": "bool",
    "std::sync::atomic::AtomicUsize::new(3).fetch_add(1, std::sync::atomic::Ordering::Relaxed)": "usize",
    "(1..=5).rev().map(|it| it as f64 / 2.0).partition::<Vec<_>, _>(|it| *it > 1.0)": "(Vec<f64>, Vec<f64>)",
    '"a,b".split(\',\').map(str::to_owned).collect::<Vec<_>>().join("; ")': "String",
    "u8::try_from(300_i32).map_err(|it| it.to_string())": "Result<u8, String>",
    "(0.1_f64 + 0.2).to_bits().count_ones().pow(2)": "u32",
    "x.outer_iter().map(|row| row.std(0.0)).collect::<Vec<_>>()": "Vec<f64>",
    "ndarray::concatenate![Axis(0), x, y]": "Array2<f64>",
    "(&x - &x.mean_axis(Axis(1)).unwrap().insert_axis(Axis(1))) / 2.0": "Array2<f64>",
    "std::rc::Rc::new(std::cell::RefCell::new(vec![1.0]))": "std::rc::Rc<std::cell::RefCell<Vec<f64>>>",
    "std::thread::spawn(|| 2.5).join().unwrap()": "f64",
    "std::time::Instant::now().elapsed().as_secs_f64()": "f64",
    'format!("{:.3}", 1.5) + "a"': "String",
    "Box::new([1_u8, 2])": "Box<[u8; 2]>",
    "vec![3.0, 1.0].into_iter().map(f64::exp).collect::<Array1<f64>>()": "Array1<f64>",
    "std::fs::read_to_string(\"Cargo.toml\").is_ok()": "bool",
    "i64::from_str_radix(\"ff\", 16).ok()": "Option<i64>",
    "array![[1.0, 2.0]].dot(&array![[1.0], [2.0]])": "Array2<f64>",
}


def types_and_completions():
    kernel = Kernel()
    kernel.prints(LIBRARY, "")
    kernel.prints("let (x, y) = load_planar_dataset(1);", "")
    names = [f"kept_{number}" for number in range(len(KEPT))]
    kernel.prints("\n".join(f"let {name} = {value};" for name, value in zip(names, KEPT)), "")
    checks = "\n".join(f"let _: &{kind} = &{name};" for name, kind in zip(names, KEPT.values()))
    kernel.prints(f'{{ {checks} }}\nprintln!("son esos");', "son esos")

    # Completion and Shift+Tab know what ndarray, std and the library say of themselves.
    def completed(code):
        return set(kernel.client.complete(code, len(code), reply=True, timeout=60)["content"]["matches"])

    assert any(it.startswith("mean_axis") for it in completed("x.mean")), completed("x.mean")
    assert any(it.startswith("sqrt") for it in completed("2.5_f64.sq")), completed("2.5_f64.sq")
    assert any(it.startswith("plot_db") for it in completed("plot_")), completed("plot_")
    documented = {
        "f64::hypot": "the length of the hypotenuse",
        "Vec::<f64>::with_capacity": "with at least the specified capacity",
        "std::collections::HashMap": "A hash map implemented with",
        "7_usize.pow": "using exponentiation by squaring",
        "Array2::<f64>::zeros": "Create an array with zeros",
        "sigmoid": "between 0 and 1",
    }
    for code, said in documented.items():
        shown = kernel.client.inspect(code, len(code), reply=True, timeout=60)["content"]["data"].get("text/plain", "")
        assert said in shown, f"{code}: {shown!r}"
    kernel.end()


def plain(shown):
    """Without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def slips():
    kernel = Kernel()
    kernel.prints(LIBRARY, "")
    for name, body, told in BODIES:
        shown, status = kernel.run(FUNCTION.format(body))
        first, *others = plain(shown).split("en palabras de rustc")
        assert status == "error" and told in first, f"{name}: {plain(shown)}"
        assert name != "semicolon" or len(others) == 1, f"what follows from it is told too: {plain(shown)}"
    # As notebook 1 shows it, where a student learns to read an error.
    shown, _ = kernel.run("let a: f64 = 1.0;\nlet sum: f64 = a + 1;")
    first_line = plain(shown).splitlines()[0]
    notebook = json.loads(pathlib.Path("1_notacion_y_activaciones.ipynb").read_text())
    assert any(first_line in "".join(cell["source"]) for cell in notebook["cells"]), first_line

    # A lint is not an error, and Greek letters are letters.
    kernel.prints("let π = 3.5;\nlet (σ, α) = (2.0, 1.0);", "")
    kernel.prints("let θ = π * σ + α;\nθ", "8.0")
    kernel.prints("#[deny(warnings)]\nfn unused(a: f64) -> f64 { let b = 1; a }", "")
    kernel.prints("let big: u8 = 300_u64 as u8;\nbig", "44")
    kernel.fails("let kept = Vec::new();", "escríbelo, por ejemplo")
    kernel.fails("let x = 3;\nlet y = “3”;", "unas comillas de imprenta")

    # A check that sees an older version says so, until the newer one compiles.
    right = "fn predict(parameters: &Parameters, x: &Array2<f64>) -> Array2<f64> {{\n    {}\n}}"
    kernel.prints(right.format('todo!("predict, {:?} {:?}", x.dim(), parameters.b2)'), "")
    kernel.prints("check::predict(predict)", "sin resolver")
    kernel.fails(right.format("parameters.w1.dot(*x)"), "`.dot(")
    kernel.prints("check::predict(predict)", "lo último que escribiste de `predict` no compiló")
    kernel.prints("let z = 1;", "")
    kernel.prints("check::resumen(&[check::predict(predict)])", "se mira la versión anterior")
    kernel.prints(right.format("x.mapv(|v| parameters.b2[[0, 0]] * v)"), "")
    shown, _ = kernel.run("check::predict(predict)")
    assert "no compiló" not in shown and "predict" in shown, shown

    # What fails beside a function does not make it old.
    kernel.fails("predict(3)", "")
    kernel.fails("let moved = x; x.dim()", "")
    kernel.prints("vec![Some(1.5)]", "Some(1.5)")
    shown, _ = kernel.run("check::predict(predict)")
    assert "no compiló" not in shown, shown

    # Another crate comes by the network.
    kernel.prints(':dep rand_pcg = "0.3"\nuse rand_pcg::Pcg32;\nuse ndarray_rand::rand::{Rng, SeedableRng};', "")
    kernel.prints("let mut generator = Pcg32::seed_from_u64(1);\nlet drawn: f64 = generator.r#gen();", "")
    kernel.prints("drawn > 0.0 && drawn < 1.0", "true")
    kernel.fails(':dep no_crate_has_this_name_yet = "1"', "no existe el paquete `no_crate_has_this_name_yet`")
    kernel.fails(':dep rand_pcg = "99"', "no existe la versión")
    kernel.end()


def after_a_crash():
    """In JupyterLab: what evcxr says by itself, and what is there again afterwards."""
    lab = Lab()
    try:
        kernel = lab.open("slips.ipynb")

        def told(code, *expected):
            shown = plain(lab.run(kernel, code))
            assert all(it in shown for it in expected), f"{code!r} gave {shown!r}"

        panics = "let v: Vec<f64> = vec![];\nv[3]"
        told(LIBRARY)
        told("let (x, y) = load_planar_dataset(1);\nfn twice(a: f64) -> f64 { 2.0 * a }")
        told("let r = &x;", "`r` guarda un préstamo", "`let r = v.clone();`")
        told("let mut it = x.iter();", "`it` guarda un préstamo")
        told("let kept = x.clone();\nkept.dim()", "(2, 400)")
        endless = "fn endless(n: u64) -> u64 { if n == 0 { 0 } else { 1 + endless(n + 1) } }\nendless(1)"
        for crash, why in {endless: "se llame a sí misma sin fin", "std::process::exit(3);": "terminó por sí mismo"}.items():
            told(crash, "El programa del cuaderno", why, "Las variables se perdieron", "Run All Above")
            told(panics, "Tu código se detuvo: índice fuera de rango")
            told("twice(sigmoid(&array![[0.0]])[[0, 0]])", "1.0")
            told("x.dim()", "no existe `x`")
            told("let (x, y) = load_planar_dataset(1);\nx.dim()", "(2, 400)")
        told("std::thread::spawn(|| { let v: Vec<f64> = vec![]; v[3] }).join().is_err()", "Tu código se detuvo: índice fuera de rango", "true")
        stop = threading.Timer(2, lambda: lab.post(f"/api/kernels/{kernel}/interrupt", {}))
        stop.start()
        told("loop { std::thread::sleep(std::time::Duration::from_secs(1)); }", "lo paraste tú (■)")
        told(panics, "Tu código se detuvo: índice fuera de rango")
    finally:
        lab.end()


def a_session():
    before = folders()
    kernel = Kernel()
    folder = new_folder(before)
    kernel.prints(LIBRARY, "")
    kernel.prints("let (x, y) = load_planar_dataset(1);\nx.dim()", "(2, 400)")
    # Built of what the project is tested with, whatever newer versions this machine has parts of.
    known = {name for name, _ in locked("../..")}
    others = {(name, version) for name, version in locked(folder) - locked("../..") if name in known}
    assert not others and ("ex03_utils", "0.1.0") in locked(folder), others

    # It has read the signatures of std.
    std = pathlib.Path(folder, "std")
    assert {it.name for it in std.iterdir()} == {"alloc", "core", "std"}, list(std.iterdir())
    assert "pub const fn is_some(&self) -> bool {loop{}}" in (std / "core/src/option.rs").read_text()

    # Errors are rustc's, and nothing is lost by them.
    kernel.fails("let z = no_such_function(3);", "no_such_function")
    kernel.fails("fn twice(a: usize) -> f64 { 2 * a }", "mismatched types")
    kernel.fails("x.dot(y)", "E0")
    kernel.prints("fn twice(a: f64) -> f64 { 2.0 * a }\ntwice(x[[0, 0]]) == 2.0 * x[[0, 0]]", "true")

    # A variable is there for the cells that name it, whatever the others did.
    kernel.prints("let held = vec![1, 2];\nlet other = 1;", "")
    kernel.prints('panic!("ay");', "Tu código se detuvo")
    kernel.prints('println!("{held:?}");', "[1, 2]")
    kernel.prints("let moved = held;\nmoved.len()", "2")
    kernel.fails("held.len()", "held")
    kernel.prints('let held = "uno".to_string();\nheld', "uno")
    kernel.prints("(moved.len(), other)", "(2, 1)")

    # A cell that is run again does what it did; one that reads a file while it is compiled reads it again.
    with tempfile.TemporaryDirectory() as temporary:
        file = pathlib.Path(temporary) / "text"
        for text in ("uno", "dos"):
            file.write_text(text)
            kernel.prints(f'println!("{{}}", include_str!("{file}"));', text)
    for _ in range(2):
        kernel.prints('println!("{}", 6 * 7);', "42")
    kernel.prints("macro_rules! square { ($e:expr) => { $e * $e } }\nprintln!(\"{}\", square!(5));", "25")
    kernel.prints('println!("{}", std::process::Command::new("cargo").arg("--version").output().unwrap().status);', "exit status: 0")

    # An interrupt takes the variables, as on the stock kernel, and keeps the functions.
    message = kernel.client.execute("loop {}")
    time.sleep(3)
    kernel.manager.interrupt_kernel()
    until(lambda: kernel.client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") == message, "an answer after the interrupt")
    kernel.prints("twice(4.0)", "8.0")
    kernel.prints("let (x, y) = load_planar_dataset(1);\ny.sum()", "200.0")

    kernel.manager.restart_kernel(now=False)
    kernel.client.wait_for_ready(timeout=300)
    kernel.fails("twice(4.0)", "twice")
    kernel.prints("sigmoid(&array![[0.0]])", "0.5")
    restarted = folders() - before
    assert folder not in restarted and len(restarted) == 1, restarted
    kernel.end()
    until(lambda: folders() <= before, "the folder is gone")


def gathered_lines():
    """Lines in a row come as one message, and each is there; and evcxr's own words are Spanish wherever the notebook is open."""
    kernel = Kernel()
    printing = 'for i in 0..10_000 { println!("«{i}» \\"\\\\"); if i == 5_000 { eprintln!("a mitad") } }'
    told = {"stdout": [], "stderr": []}

    def hear(message):
        if message["msg_type"] == "stream":
            told[message["content"]["name"]].append(message["content"]["text"])

    kernel.client.execute_interactive(printing, output_hook=hear, timeout=60)
    while not (told["stderr"] and told["stdout"][-1].endswith('«9999» "\\\n')):
        hear(kernel.client.get_iopub_msg(timeout=10))
    assert "".join(told["stdout"]) == "".join(f'«{i}» "\\\n' for i in range(10_000)), told["stdout"][-1]
    assert told["stderr"] == ["a mitad\n"], told["stderr"]
    assert len(told["stdout"]) < 1000, f"{len(told['stdout'])} messages"
    kernel.prints("let v = vec![1];", "")
    kernel.fails("let it = v.iter();", "`it` guarda un préstamo")
    kernel.end()


def much_printed():
    """In JupyterLab: each of 10,000 lines arrives, in its order; and of more than a page can show, what is left out is told."""
    lab = Lab()
    try:
        kernel = lab.open("printed.ipynb")
        printing = 'for i in 0..10_000 { println!("iteración {i}: costo {:.6}", 1.0 / (i as f64 + 1.0)); }\neprintln!("y algo más"); 2 + 2'
        shown = lab.run(kernel, "1 + 1", printing)
        lines = re.findall(r"iteración (\d+): costo (\S+)\n", shown)
        assert lines == [(str(i), f"{1 / (i + 1):.6f}") for i in range(10_000)], f"{len(lines)} lines: {shown[-300:]!r}"
        assert "y algo más" in shown and "4" in shown[-40:], shown[-300:]
        shown = lab.run(kernel, 'for _ in 0..20_000 { println!("{:2000}", "") } "fin"', "1 + 2")
        told = shown.replace(" ", "")[-300:]
        assert "Tu celda imprime más de lo que una página puede mostrar" in shown and "rate exceeded" not in shown, told
        assert '"fin"' in shown and shown.endswith("3"), told
    finally:
        lab.end()


def playground():
    """Pages of a student's functions, for tests/browser/playground.py: as they are, with a wrong derivative, and with a panic."""
    pages = ROOT / "target" / "tmp"
    pages.mkdir(parents=True, exist_ok=True)
    solved = json.loads((ROOT / "notebooks" / "soluciones" / "3_red_neuronal.ipynb").read_text())
    functions = {cell["id"]: "".join(cell["source"]) for cell in solved["cells"] if "".join(cell["source"]).startswith("fn ")}
    kernel = Kernel()
    kernel.run(LIBRARY)
    kernel.prints("playground(|x: &Array2<f64>, y: &Array2<f64>, size: &LayerSize, _: usize, _: f64, _: &mut RandomState| -> (Parameters, Vec<f64>) { todo!() })", "Sin resolver todavía")
    names = ("layer-size", "init-parameters", "fpropagation", "cost-function", "bpropagation", "update-parameters", "nn-model")
    for name in names:
        kernel.run(functions[name])

    def shares(file, expected):
        kernel.prints(f'compartir("{pages / file}", "Ana <b>", nn_model);', expected)

    shares("none.html", "No escribo")
    shares("none.html", "falta definir predict")
    kernel.run(functions["predict"])
    shares("right.html", "Escribí")
    text = (pages / "right.html").read_text()
    assert len(text) < 500_000, len(text)
    assert "La red de Ana &lt;b&gt;" in text and "fn bpropagation(" in text, text[:500]
    home = re.escape(os.path.expanduser("~"))
    assert not re.search(home.encode(), unpacked(text)), "the page names the user's home"
    kernel.prints("playground(nn_model)", "Tu red después de 1000 iteraciones")
    kernel.run(functions["bpropagation"].replace("1.0 - a1 * a1", "1.0 + a1 * a1"))
    shares("wrong.html", "Escribí")
    kernel.run(functions["bpropagation"])
    kernel.run("fn predict(parameters: &Parameters, x: &Array2<f64>) -> Array2<f64> { let v: Vec<f64> = vec![]; x * v[3] * parameters.b2[[0, 0]] }")
    shares("panics.html", "Escribí")
    kernel.run("fn predict(parameters: &Parameters) -> f64 { parameters.b2[[0, 0]] }")
    shares("none.html", "tus funciones no se compilan para ella")
    assert not (pages / "none.html").exists()
    kernel.run(functions["predict"])
    kernel.prints('compartir("no/such/folder.html", "", nn_model);', "No puedo escribir no/such/folder.html")
    kernel.end()


def unpacked(page):
    return gzip.decompress(base64.b64decode(re.search(r'playground\(figure, "([^"]+)"', page).group(1)))


def main():
    # A kernel that outlives us would keep our pipes open.
    signal.signal(signal.SIGALRM, lambda *_: sys.exit(f"{sys.argv[1]} hangs"))
    signal.alarm(600)
    try:
        globals()[sys.argv[1]]()
    finally:
        for kernel in Kernel.started:
            if hasattr(kernel, "manager") and kernel.manager.is_alive():
                kernel.manager.shutdown_kernel(now=True)


main()
