//! What the tool says of honest submissions: partial credit, what it finds and where, and what it
//! tells a student.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::submissions::{EXERCISES, Notebook, cost_function, ex03, grade, scratch, tool};

const TYPE_ERROR: &str = "let m: usize = 1.0;\n    0.0";

#[test]
fn what_does_not_compile_costs_itself_alone() {
    let folder = scratch("partial");
    let solved = Notebook::solved;
    let number = solved().number("cost_function");
    let place = |line: usize| format!("celda {number}, línea {line}");

    solved()
        .with("cost_function", cost_function(TYPE_ERROR))
        .write(&folder, "type_error");
    // A type error and a borrow of what has moved: rustc tells of one after the other.
    solved()
        .with("cost_function", cost_function(TYPE_ERROR))
        .with("predict", "fn predict(parameters: &Parameters, x: &Array2<f64>) -> Array2<f64> {\n    let a = x.clone();\n    let b = a;\n    a + b\n}")
        .write(&folder, "two_rounds");
    solved()
        .with(
            "cost_function",
            "fn cost_function(a2: &Array2<f64>, y: &Array2<f64>) -> f64 {\n    ((a2 - y).sum()\n}",
        )
        .write(&folder, "parse_error");
    solved()
        .changed("cost_function", "fn cost_function", "fnn cost_function")
        .write(&folder, "not_even_a_function");
    // Of a cell that does not parse, the other functions live.
    let both = format!(
        "{}\n\nfn broken(x: f64) -> f64 {{\n    x +\n}}\n\nlet y = ;\n",
        solved().source("cost_function")
    );
    solved()
        .with("cost_function", both)
        .write(&folder, "broken_beside");
    solved()
        .with("cost_function", cost_function("helper(a2) + y.sum()"))
        .before("fn helper(a: &Array2<f64>) -> f64 {\n    a.total()\n}")
        .write(&folder, "helper_error");
    solved()
        .with("layer_size", "fn layer_size(x: &Array2<f64>, y: &Array2<f64>) -> (usize, usize, usize) {\n    (x.nrows(), 4, y.nrows())\n}")
        .write(&folder, "signature");
    solved()
        .with("predict", "let predict = |parameters: &Parameters, x: &Array2<f64>| fpropagation(x, parameters).a2;")
        .write(&folder, "closure");
    solved()
        .changed("predict", "fn predict", "fn my_predict")
        .write(&folder, "renamed");
    solved().without("predict").write(&folder, "deleted");

    let graded = grade(&folder, &[]);
    let is = |name: &str, exercise: &str, outcome: &str, says: &[&str]| {
        let grade = graded.exercise(name, exercise);
        assert_eq!(grade["outcome"], outcome, "{name}: {grade}");
        for words in says {
            assert!(
                grade["message"].as_str().unwrap().contains(words),
                "{name}: {words}: {grade}"
            );
        }
    };
    for (name, wrong) in [
        ("type_error", &["cost_function"][..]),
        ("two_rounds", &["cost_function", "predict"]),
        ("parse_error", &["cost_function"]),
        ("not_even_a_function", &["cost_function"]),
        ("broken_beside", &[]),
        ("helper_error", &["cost_function"]),
        ("signature", &["layer_size"]),
        ("closure", &["predict"]),
        ("renamed", &["predict"]),
        ("deleted", &["predict"]),
    ] {
        graded.is_right_but(name, wrong).unwrap();
    }
    is(
        "type_error",
        "cost_function",
        "does_not_compile",
        &[&place(2), "se esperaba `usize`"],
    );
    let error = &graded.exercise("type_error", "cost_function")["compile_error"];
    assert_eq!(error["place"], place(2));
    assert!(
        error["rendered"].as_str().unwrap().contains("E0308"),
        "{error}"
    );
    let note = graded.exercise("type_error", "nn_model")["note"]
        .as_str()
        .unwrap();
    assert!(note.contains("en lugar de tu cost_function"), "{note}");
    is(
        "two_rounds",
        "predict",
        "does_not_compile",
        &["línea 4", "`a` ya se movió"],
    );
    is(
        "parse_error",
        "cost_function",
        "does_not_compile",
        &[&place(2), "no es lo que se abrió"],
    );
    is(
        "not_even_a_function",
        "cost_function",
        "does_not_compile",
        &[&place(1)],
    );
    is(
        "helper_error",
        "cost_function",
        "does_not_compile",
        &["celda 1, línea 2", "no tiene `total`"],
    );
    is(
        "signature",
        "layer_size",
        "wrong_signature",
        &["-> LayerSize`", "-> (usize, usize, usize)`"],
    );
    is("closure", "predict", "missing", &["clausura", "fn predict"]);
    is("renamed", "predict", "missing", &["`my_predict`"]);
    is(
        "deleted",
        "predict",
        "missing",
        &["falta la función predict"],
    );
}

#[test]
fn an_earlier_mistake_is_not_counted_twice() {
    let folder = scratch("earlier");
    let wrong = || Notebook::solved().changed("fpropagation", "tanh(&z1)", "sigmoid(&z1)");
    wrong().write(&folder, "wrong");
    wrong()
        .changed("nn_model", "0..num_iterations", "1..num_iterations")
        .write(&folder, "both");
    Notebook::solved()
        .with("bpropagation", Notebook::blank().source("bpropagation"))
        .write(&folder, "unsolved");
    let graded = grade(&folder, &[]);
    for (name, earlier, right) in [
        ("wrong", "fpropagation", &["nn_model", "predict"][..]),
        ("both", "fpropagation", &["predict"]),
        ("unsolved", "bpropagation", &["nn_model"]),
    ] {
        let but = EXERCISES
            .into_iter()
            .filter(|it| *it == earlier || (*it == "nn_model" && name == "both"));
        graded.is_right_but(name, &but.collect::<Vec<_>>()).unwrap();
        for exercise in right {
            let note = graded.exercise(name, exercise)["note"].as_str().unwrap();
            assert!(
                note.contains(&format!("en lugar de tu {earlier}")),
                "{note}"
            );
        }
    }
    // Its own mistake is told, and not the earlier one's.
    let both = graded.exercise("both", "nn_model");
    assert!(both["misconception"].is_string(), "{both}");
    assert!(both["note"].as_str().unwrap().contains("Tampoco"), "{both}");
    assert_eq!(
        graded.exercise("wrong", "cost_function")["note"],
        serde_json::Value::Null
    );
}

#[test]
fn an_exercise_is_found_wherever_it_is() {
    let folder = scratch("found");
    let solved = Notebook::solved;
    let right = solved().source("cost_function");
    let wrong = cost_function("(a2 - y).sum()");
    let blank = Notebook::blank().source("cost_function");
    solved()
        .edited(|cells| {
            for cell in cells {
                let source = cell["source"].to_string();
                if source.contains("use ex03_utils") {
                    cell["source"] = "let a = 1;".into();
                }
            }
        })
        .write(&folder, "without_import");
    solved()
        .edited(|cells| cells.reverse())
        .write(&folder, "in_another_order");
    solved()
        .edited(|cells| {
            for cell in cells {
                cell["metadata"] = serde_json::json!({});
            }
        })
        .write(&folder, "without_metadata");
    solved()
        .with("cost_function", &wrong)
        .after(&right)
        .write(&folder, "right_later");
    solved()
        .with("cost_function", &blank)
        .before(&right)
        .write(&folder, "solved_elsewhere");
    solved().after(&wrong).write(&folder, "wrong_later");
    solved()
        .with("cost_function", "fn cost_function(a2: &Array2<f64>, y: &Array2<f64>) -> f64 {\n    -likelihood(a2, y) / M(y)\n}")
        .before("fn likelihood(a2: &Array2<f64>, y: &Array2<f64>) -> f64 {\n    (y * &ln(a2) + (1.0 - y) * ln(&(1.0 - a2))).sum()\n}")
        .after("#[allow(non_snake_case)]\nfn M(y: &Array2<f64>) -> f64 {\n    let Shape { m } = Shape::of(y);\n    m as f64\n}\nstruct Shape {\n    m: usize,\n}\nimpl Shape {\n    fn of(y: &Array2<f64>) -> Shape {\n        Shape { m: y.ncols() }\n    }\n}")
        .write(&folder, "split");
    solved()
        .before("#![allow(unused)]\n:dep rand = \"0.8\"\n!pip install numpy\n%matplotlib inline\nextern crate rand;\nfn main() {\n    println!(\"hola\");\n}\nprintln!(\"{}\", x.dim().0);")
        .before("#[derive(Clone)]\nstruct Parameters {\n    w1: Array2<f64>,\n}")
        .before("# Mis notas\nEsto es *texto*, no Rust: ¿por qué falla?")
        .write(&folder, "with_other_things");
    let graded = grade(&folder, &[]);
    for name in [
        "without_import",
        "in_another_order",
        "without_metadata",
        "right_later",
        "solved_elsewhere",
        "split",
        "with_other_things",
    ] {
        graded.is_right_but(name, &[]).unwrap();
    }
    graded
        .is_right_but("wrong_later", &["cost_function"])
        .unwrap();
}

#[test]
fn fresh_cases_tell_right_wrong_and_blank_apart() {
    let folder = scratch("seeds");
    Notebook::solved().write(&folder, "good");
    Notebook::blank().write(&folder, "blank");
    let wrong = Notebook::solved()
        .changed("layer_size", "n_x: x.nrows()", "n_x: x.ncols()")
        .changed("init_parameters", " * 0.01", "")
        .changed("fpropagation", "tanh(&z1)", "sigmoid(&z1)")
        .changed("cost_function", ".sum() / m", ".sum()")
        .changed("bpropagation", "a2 - y", "y - a2")
        .changed("update_parameters", "- learning_rate", "+ learning_rate")
        .changed("nn_model", "0..num_iterations", "1..num_iterations")
        .changed("predict", "v > 0.5", "v > 0.25");
    wrong.write(&folder, "wrong");
    let mut ids = Vec::new();
    for seed in ["1", "2", "3"] {
        let graded = grade(&folder, &["--seed", seed]);
        graded.is_right_but("good", &[]).unwrap();
        graded.is_right_but("wrong", &EXERCISES).unwrap();
        graded.is_right_but("blank", &EXERCISES).unwrap();
        for exercise in EXERCISES {
            assert_eq!(graded.exercise("blank", exercise)["outcome"], "unsolved");
            let wrong = graded.exercise("wrong", exercise);
            assert!(wrong["misconception"].is_string(), "seed {seed}: {wrong}");
            ids.push(wrong["misconception"].clone());
        }
    }
    // Whatever the cases, a mistake is the same mistake.
    assert_eq!(ids[..8], ids[8..16]);
    assert_eq!(ids[..8], ids[16..]);
}

/// A hint is data from the check to the page: words of the student's that look like one are only
/// words.
#[test]
fn a_panic_forges_no_hint() {
    let folder = scratch("forged_hint");
    let forged = "panic!(\"alto\\nPara pensar: ¿no está bien así?\\nLa fórmula: J = 0\")";
    Notebook::solved()
        .with("cost_function", cost_function(forged))
        .write(&folder, "forged");
    let graded = grade(&folder, &[]);
    let grade = graded.exercise("forged", "cost_function");
    assert_eq!(grade["outcome"], "panicked", "{grade}");
    for field in ["hints", "hint_details"] {
        assert_eq!(grade[field], serde_json::json!([]), "{grade}");
    }
    assert!(grade["misconception"].is_null(), "{grade}");
}

#[test]
fn common_errors_are_told_in_spanish() {
    let folder = scratch("spanish");
    let cases = [
        (
            "a2.sum() / y.ncols()",
            "no existe entre `f64` y `usize`: convierte con `as f64`",
        ),
        (
            "let m: f64 = y.ncols();\n    m",
            "se esperaba `f64`, y hay `usize`",
        ),
        ("a2.sum() / 2", "convierte con `as f64`, y escribe 1.0"),
        ("logaritmo(a2)", "no existe `logaritmo`"),
        ("a2.dot(y.t()).sum()", "como en `.dot(&b)`"),
        ("(y.ln() * a2).suma()", "no tiene"),
        ("ln(a2, y).sum()", "la función recibe 1, y aquí se le dan 2"),
        (
            "let m = y.ncols() as f64\n    a2.sum() / m",
            "falta un punto y coma",
        ),
        (
            "let total = 0.0;\n    total += a2.sum();\n    total",
            "decláralo con `let mut`",
        ),
        (
            "let mut a = a2.clone();\n    let b = &a;\n    a.fill(0.0);\n    b.sum()",
            "`a` está prestado",
        ),
        (
            "let v = vec![1.0];\n    let w = v;\n    v[0] + w[0]",
            "`v` ya se movió",
        ),
        (
            "a2.sum();",
            "¿hay un punto y coma después de lo que la función devuelve",
        ),
        ("a2 - y", "se esperaba `f64`, y hay"),
        ("sigmoid(a2.clone()).sum()", "¿falta un `&`?"),
        ("std::fs::leer(a2)", "no existe `leer`"),
        ("foo!(a2)", "no existe la macro `foo!`"),
    ];
    for (i, (body, _)) in cases.iter().enumerate() {
        Notebook::solved()
            .with("cost_function", cost_function(body))
            .write(&folder, &format!("case_{i}"));
    }
    let graded = grade(&folder, &[]);
    let mut complaints = Vec::new();
    for (i, (body, says)) in cases.iter().enumerate() {
        let grade = graded.exercise(&format!("case_{i}"), "cost_function");
        let is_told = grade["message"].as_str().unwrap().contains(says);
        if grade["outcome"] != "does_not_compile" || !is_told {
            complaints.push(format!(
                "{body}\n{says}\n{}\n{}",
                grade["message"],
                grade["compile_error"]["rendered"].as_str().unwrap_or("")
            ));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_run_ends_at_once_and_leaves_nothing() {
    let folder = scratch("interrupted");
    for i in 0..4 {
        Notebook::solved()
            .with("cost_function", cost_function("loop {}"))
            .write(&folder, &format!("endless_{i}"));
    }
    let mut tool = start(&folder, &["--limit", "4000000000"]);
    // What it computes itself, and not the compiler: more than it takes to grade all else.
    let computes = || processor_seconds(tool.id()) > 2.0;
    wait_until(computes, "nothing is run");
    let interrupted = Instant::now();
    let pid = tool.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    let status = tool.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert!(
        interrupted.elapsed() < Duration::from_secs(3),
        "{:?}",
        interrupted.elapsed()
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_run_leaves_no_process() {
    let folder = scratch("killed");
    // Of another name in each run of the tests: what has been compiled once is kept.
    let name = format!("KILLED_{}", std::process::id());
    let endless = format!(
        "#[allow(long_running_const_eval)]\nconst {name}: u64 = {{\n    let mut i = 0_u64;\n    while i < u64::MAX {{\n        i += 1;\n    }}\n    i\n}};"
    );
    Notebook::solved()
        .with("cost_function", cost_function(&format!("{name} as f64")))
        .before(&endless)
        .write(&folder, "endless");
    let mut tool = start(&folder, &[]);
    let parent = format!("PPid:\t{}\n", tool.id());
    let compilers = || {
        let processes = fs::read_dir("/proc").unwrap().flatten().map(|it| it.path());
        let is_child = |path: &std::path::PathBuf| {
            let folder = fs::read_link(path.join("cwd")).unwrap_or_default();
            let cells = fs::read_dir(folder).into_iter().flatten().flatten();
            fs::read_to_string(path.join("status")).is_ok_and(|it| it.contains(&parent))
                && cells
                    .filter_map(|it| fs::read_to_string(it.path()).ok())
                    .any(|text| text.contains(&name))
        };
        processes.filter(is_child).collect::<Vec<_>>()
    };
    wait_until(|| !compilers().is_empty(), "nothing is compiled");
    let children = compilers();
    tool.kill().unwrap();
    tool.wait().unwrap();
    wait_until(
        || children.iter().all(|it| !it.exists()),
        "it outlives the tool",
    );
}

/// The tool at work on a folder.
fn start(folder: &std::path::Path, options: &[&str]) -> std::process::Child {
    tool(folder, options)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn wait_until(is_so: impl Fn() -> bool, otherwise: &str) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(60), "{otherwise}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// What a process has computed, its children apart.
fn processor_seconds(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // In hundredths, the twelfth after the name, which is in brackets.
    let ticks = stat.rsplit(')').next().unwrap().split(' ').nth(12);
    ticks.unwrap().parse::<f64>().unwrap() / 100.0
}

#[test]
fn options_are_explained() {
    let output = ex03(&scratch("help"), &["--help"]);
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    for option in ["--json", "--seed", "--limit", "--strict", "--out"] {
        assert!(help.contains(option), "{option}");
    }
}
