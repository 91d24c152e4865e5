"""What cells have defined, called from other cells; and the cells that the course gives, which were compiled ahead."""

import json
import re

from lab import Lab
from session import LIBRARY, ROOT, Kernel, caches, folders, until


def functions_between_cells():
    """A function is called where it stands compiled, and is the one that the student last wrote."""
    kernel = Kernel()
    kernel.prints(LIBRARY, "")
    kernel.prints("fn inner(a: f64) -> f64 { a + 1.0 }", "")
    kernel.prints("fn outer(a: f64) -> f64 { 10.0 * inner(a) }", "")
    kernel.prints("outer(1.0)", "20.0")
    kernel.prints("fn inner(a: f64) -> f64 { a + 2.0 }", "")
    kernel.prints("outer(1.0)", "30.0")
    kernel.prints("fn inner(a: f64) -> f64 { a + 1.0 }", "")
    kernel.prints("outer(1.0)", "20.0")
    kernel.prints("fn inner(a: f64) -> f64 { a + 3.0 }\ninner(0.0) + outer(1.0)", "43.0")

    # Another type of one that others call is an error where they are, as on the stock kernel, and changes nothing.
    kernel.fails("fn inner(a: f64, b: f64) -> f64 { a + b }", "E0061")
    kernel.prints("outer(1.0)", "40.0")
    # Of one that nobody calls it is not.
    kernel.prints("fn alone(a: f64) -> f64 { a }\nalone(1.0)", "1.0")
    kernel.prints("fn alone(a: f64, b: &str) -> String { format!(\"{a} {b}\") }", "")
    kernel.prints('alone(1.5, "m")', "1.5 m")
    kernel.fails("alone(1.5)", "E0061")

    # Whatever a function takes and gives.
    kinds = {
        "fn nothing() { println!(\"nada\"); }": ("nothing();", "nada"),
        "fn first((a, _): (i32, i32), mut b: Vec<i32>) -> Vec<i32> { b.push(a); b }": ("first((1, 2), vec![0])", "[0, 1]"),
        "fn longest<'a>(a: &'a str, b: &'a str) -> &'a str { if a.len() > b.len() { a } else { b } }": ('longest("uno", "tres")', "tres"),
        "fn part(v: &[f64]) -> &f64 { &v[1] }": ("*part(&[1.0, 2.5])", "2.5"),
        "fn twice<T: std::ops::Add<Output = T> + Copy>(a: T) -> T { a + a }": ("twice(2) + twice(3)", "10"),
        "fn applied(f: impl Fn(f64) -> f64) -> f64 { f(outer(1.0)) }": ("applied(|a| a / 2.0)", "20.0"),
        "fn counted(f: &dyn Fn(usize) -> usize) -> usize { (0..4).map(f).sum() }": ("counted(&|i| i * i)", "14"),
        "fn maker(step: f64) -> impl Fn(f64) -> f64 { move |a| a + step }": ("maker(1.0)(2.0)", "3.0"),
        "fn boxed(step: f64) -> Box<dyn Fn(f64) -> f64> { Box::new(move |a| a + step) }": ("boxed(1.0)(3.0)", "4.0"),
        "/// Dice cuánto.\nfn told(a: Option<&Array2<f64>>) -> Result<usize, String> { a.map(|a| a.len()).ok_or(\"no\".into()) }": (
            "told(Some(&array![[1.0, 2.0]]))", "Ok(2)"),
        "#[inline]\nconst fn fixed() -> usize { 7 }": ("[0; fixed()].len()", "7"),
        "fn depth(n: u64) -> u64 { if n == 0 { 0 } else { 1 + depth(n - 1) } }": ("depth(50)", "50"),
        "fn año(a: i32) -> i32 { a + 1 }": ("año(2025)", "2026"),
    }
    for definition, (call, value) in kinds.items():
        kernel.prints(definition, "")
        kernel.prints(call, value)
    for call, value in kinds.values():
        kernel.prints(call, value)
    # A name may be a variable's too, and a function a value.
    kernel.prints("let part = part(&[1.0, 3.5]).to_owned();\npart", "3.5")
    kernel.prints("[inner, outer].map(|f| f(0.0))", "[3.0, 30.0]")
    kernel.prints("let kept: fn(f64) -> f64 = outer;", "")
    kernel.prints("kept(0.0)", "30.0")

    # A value that does not say how it is shown.
    for value, shown in {"outer(1.0)": "40.0", "(1, 2.5)": "(1, 2.5)", '"uno"': '"uno"', "vec![Some(1)]": "[Some(1)]", "()": "()", "&[1][..]": "[1]"}.items():
        kernel.prints(value, shown)
    kernel.prints("Box::new(sigmoid(&array![[0.0]]))", "[[0.5]]")
    kernel.fails("struct Shy;\nShy", "Debug")
    # What fails is told of the student's own text.
    kernel.fails('outer("a")', "E0308")
    kernel.fails("oter(1.0)", "¿quisiste escribir `outer`?")
    kernel.prints("fn stops(v: &[f64]) -> f64 { v[9] }", "")
    kernel.prints("stops(&[1.0])", "Tu código se detuvo: índice fuera de rango")

    # With a type of one's own all goes as before.
    kernel.prints("#[derive(Debug)]\nstruct Point { x: f64 }\nfn moved(p: &Point) -> Point { Point { x: outer(p.x) } }", "")
    kernel.prints("let p = moved(&Point { x: 1.0 });\np", "Point { x: 40.0 }")
    kernel.prints("moved(&p).x", "430.0")
    kernel.end()


def given_cells():
    """While JupyterLab is open, the cells that the course gives are compiled: they are known whatever a student writes, and in whatever order."""
    states = {warm.parent for warm in caches("kernels/*/warm")}
    for state in states:
        (state / "ahead").unlink(missing_ok=True)
    lab = Lab()
    try:
        [done] = until(lambda: [it / "ahead" for it in states if (it / "ahead").exists()], "all is compiled ahead", 300)
    finally:
        assert lab.end() == 0
    kept = done.with_name("cells")
    for notebook in sorted((ROOT / "notebooks" / "soluciones").glob("*.ipynb")):
        kernel = Kernel()
        for cell in json.loads(notebook.read_text())["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] != "code":
                continue
            own = re.sub("// BEGIN SOLUTION", "let _mine = 1;\n// BEGIN SOLUTION", source)
            before = set(kept.glob("*.rs"))
            kernel.run(own)
            new = set(kept.glob("*.rs")) - before
            is_given = "fn " not in source and own == source
            assert not (is_given and new), f"{notebook.name}, {cell['id']}: {[it.read_text() for it in new]}"
            if cell["id"] == "preparar":
                # As whoever tries this and that, and runs the first cell again.
                for number in range(3):
                    kernel.run(f"let tried = {number};\ntried + 1")
                kernel.run(source)
        kernel.end()

    # It ends with JupyterLab, wherever it stands.
    done.unlink()
    before = folders()
    lab = Lab()
    reserve = until(lambda: folders() - before, "a kernel waits")
    until(lambda: folders() - before - reserve, "one compiles ahead", 60)
    assert lab.end() == 0
    until(lambda: folders() <= before, "nothing is left", 5)
    assert not done.exists()
