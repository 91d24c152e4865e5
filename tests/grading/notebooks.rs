//! The notebooks, on a machine with Rust alone: their form, the student ones' freshness, and the
//! grading of the solved ones.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use ex03_base::library::Library;
use ex03_base::notebook::{self, CodeCell};
use ex03_base::project;
use ex03_grading::grades::EXERCISES;
use ex03_grading::{definitions, program};
use serde_json::Value;
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Block, Expr, Pat, Stmt};

const SOLVED: &str = "notebooks/soluciones";
const STUDENT: &str = "notebooks/ejercicios";
const GRADED: &str = "3_red_neuronal.ipynb";

/// Each exercise's function in a wrong version, that calls the right one under the name `right`.
const MUTANTS: [(&str, &str); EXERCISES.len()] = [
    (
        "layer_size",
        "fn layer_size(x: &Array2<f64>, y: &Array2<f64>) -> LayerSize { LayerSize { n_x: x.ncols(), ..right(x, y) } }",
    ),
    (
        "init_parameters",
        "fn init_parameters(size: &LayerSize, rng: &mut RandomState) -> Parameters {
            let p = right(size, rng); Parameters { b1: p.b1 + 1.0, ..p } }",
    ),
    (
        "fpropagation",
        "fn fpropagation(x: &Array2<f64>, parameters: &Parameters) -> Cache {
            let c = right(x, parameters); Cache { a1: sigmoid(&c.z1), ..c } }",
    ),
    (
        "cost_function",
        "fn cost_function(a2: &Array2<f64>, y: &Array2<f64>) -> f64 { right(a2, y) * y.ncols() as f64 }",
    ),
    (
        "bpropagation",
        "fn bpropagation(parameters: &Parameters, cache: &Cache, x: &Array2<f64>, y: &Array2<f64>) -> Gradients {
            let g = right(parameters, cache, x, y); Gradients { dw1: -g.dw1, ..g } }",
    ),
    (
        "update_parameters",
        "fn update_parameters(parameters: &Parameters, gradients: &Gradients, learning_rate: f64) -> Parameters {
            right(parameters, gradients, -learning_rate) }",
    ),
    (
        "nn_model",
        "fn nn_model(x: &Array2<f64>, y: &Array2<f64>, size: &LayerSize, num_iterations: usize, learning_rate: f64, rng: &mut RandomState)
            -> (Parameters, Vec<f64>) { right(x, y, size, num_iterations / 2, learning_rate, rng) }",
    ),
    (
        "predict",
        "fn predict(parameters: &Parameters, x: &Array2<f64>) -> Array2<f64> { 1.0 - right(parameters, x) }",
    ),
];

#[test]
fn the_reference_solutions_are_right() {
    let grades = grade(&root().join(SOLVED).join(GRADED));
    if let Err(wrong) = all_correct(&grades) {
        panic!("the reference solutions of {GRADED} fall short:\n{wrong}");
    }
}

#[test]
fn a_wrong_reference_solution_fails_by_name() {
    assert_eq!(MUTANTS.map(|(exercise, _)| exercise), EXERCISES);
    let folder = scratch("mutants");
    for (exercise, mutant) in MUTANTS {
        let mut solved = notebook::read(&root().join(SOLVED).join(GRADED)).unwrap();
        let cells = solved["cells"].as_array_mut().unwrap();
        let cell = cells
            .iter_mut()
            .find(|cell| cell["metadata"]["nbgrader"]["grade_id"] == exercise)
            .unwrap_or_else(|| panic!("{GRADED} has no cell with grade_id {exercise}"));
        let source = notebook::text(&cell["source"]);
        let renamed = source.replacen(&format!("fn {exercise}("), "fn right(", 1);
        assert_ne!(renamed, source, "the cell {exercise} does not define it");
        cell["source"] = format!("{renamed}\n{mutant}").into();
        fs::write(
            folder.join(format!("{exercise}.ipynb")),
            notebook::to_text(&solved),
        )
        .unwrap();
    }
    let graded = grade(&folder);
    let submissions = graded["submissions"].as_array().unwrap();
    assert_eq!(submissions.len(), MUTANTS.len());
    for submission in submissions {
        let exercise = submission["name"].as_str().unwrap();
        let grades = submission["exercises"].as_array().unwrap();
        let grade = grades
            .iter()
            .find(|grade| grade["exercise"] == exercise)
            .unwrap();
        assert_eq!(
            grade["outcome"], "incorrect",
            "a wrong {exercise} is graded {grade}"
        );
        let wrong = all_correct(submission).unwrap_err();
        assert!(
            wrong.contains(exercise),
            "a wrong {exercise} is reported as: {wrong}"
        );
    }
    // The terminal shows the three folds of a hint, as the notebook does.
    let shown = run(Command::new(env!("CARGO_BIN_EXE_ex03-grading"))
        .arg("grade")
        .arg(folder.join("cost_function.ipynb")));
    let shown = lossy(&shown.stdout);
    for fold in ["¿falta el factor 1/m?", "Para pensar: ", "La fórmula: J = "] {
        assert!(shown.contains(fold), "{fold} is not in: {shown}");
    }
}

#[test]
fn the_student_notebook_earns_nothing_and_says_so() {
    let grades = grade(&root().join(STUDENT).join(GRADED));
    let submission = &grades["submissions"][0];
    assert_eq!(
        (&submission["points"], &submission["max_points"]),
        (&0.0.into(), &(EXERCISES.len() as f64).into())
    );
    for grade in submission["exercises"].as_array().unwrap() {
        assert_eq!(grade["outcome"], "unsolved", "{grade}");
        assert!(
            grade["message"].as_str().unwrap().contains("sin resolver"),
            "{grade}"
        );
    }
}

#[test]
fn grading_reports_what_it_cannot_grade() {
    let folder = scratch("not_gradable");
    let broken = folder.join("roto.ipynb");
    fs::write(&broken, "{\"cells\": [").unwrap();
    let baseline = root().join(SOLVED).join("2_regresion_logistica.ipynb");
    let grade = |path: &Path| {
        run(Command::new(env!("CARGO_BIN_EXE_ex03-grading"))
            .args(["grade", "--strict"])
            .arg(path))
    };
    for (path, reason) in [
        (&broken, "se corta antes del final"),
        (&baseline, "no tiene ninguno de los ejercicios del curso"),
    ] {
        let output = grade(path);
        let shown = lossy(&output.stdout);
        assert!(shown.contains(reason), "{shown}");
        assert_eq!(output.status.code(), Some(1));
    }
    let output = grade(&folder.join("falta.ipynb"));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        lossy(&output.stderr).lines().count(),
        1,
        "{}",
        lossy(&output.stderr)
    );
}

#[test]
fn a_submission_that_does_not_compile_names_cell_and_line() {
    let mut notebook = notebook::read(&root().join(SOLVED).join(GRADED)).unwrap();
    let cells = notebook["cells"].as_array_mut().unwrap();
    let exercises = || cells.iter().filter(|cell| notebook::is_code(cell));
    let number = 1 + exercises()
        .position(|cell| cell["metadata"]["nbgrader"]["grade_id"] == "predict")
        .unwrap();
    let cell = cells
        .iter_mut()
        .find(|cell| cell["metadata"]["nbgrader"]["grade_id"] == "predict")
        .unwrap();
    cell["source"] = "fn predict(parameters: &Parameters, x: &Array2<f64>) -> Array2<f64> {\n    let m: usize = 1.0;\n    x.clone()\n}".into();
    let path = scratch("does_not_compile").join(GRADED);
    fs::write(&path, notebook::to_text(&notebook)).unwrap();
    let output = run(Command::new(env!("CARGO_BIN_EXE_ex03-grading"))
        .args(["grade", "--strict"])
        .arg(&path));
    assert_eq!(output.status.code(), Some(1));
    let table = lossy(&output.stdout);
    assert!(
        table.contains(&format!(
            "celda {number}, línea 2: los tipos no coinciden: se esperaba `usize`"
        )),
        "{table}"
    );
}

#[test]
fn all_notebooks_compile_without_a_warning_of_clippy() {
    let complaints: Vec<String> = all_notebooks()
        .iter()
        .filter_map(|path| clippy(path).err())
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Compiles all that a notebook does, as one program.
fn clippy(path: &Path) -> Result<(), String> {
    let cells = notebook::code_cells(&notebook::read(path).unwrap());
    let definitions = definitions::split(&cells);
    let files: Vec<(usize, String)> = definitions
        .iter()
        .map(|cell| (cell.number, items(cell)))
        .collect();
    let main = program::includes(files.iter().map(|(number, _)| *number)) + &main_of(&cells);
    let folder = scratch(&format!("clippy/{}", name_with_folder(path)));
    program::write(&folder, &files, &main).unwrap();
    let mut driver = Command::new("clippy-driver");
    let driver = program::compiler(&mut driver, library(), &folder);
    driver.args(["--emit=metadata", "-Dwarnings"]);
    if path.starts_with(root().join(STUDENT)) {
        // A stub is its name alone, and uses nothing that the function is given.
        driver.arg("-Aunused_variables");
    }
    let output = run(driver);
    let shown: Vec<String> = program::diagnostics(&lossy(&output.stderr))
        .iter()
        .map(|diagnostic| {
            let place = match diagnostic.primary() {
                Some(span) if span.file == "main.rs" => cell_above(&main, span.line),
                Some(span) => &span.file,
                None => "",
            };
            format!(
                "{}, {place}: {}",
                name_with_folder(path),
                diagnostic.rendered
            )
        })
        .collect();
    match shown.is_empty() {
        true => Ok(()),
        false => Err(shown.join("\n")),
    }
}

/// All that a cell defines. What does not parse stands in a function, where statements may stand:
/// rustc says best what is wrong there.
fn items(cell: &definitions::Cell) -> String {
    match cell.broken.is_empty() {
        true => cell.only(cell.definitions.iter().map(|it| &it.range)),
        false => format!("fn celda_{}() {{{}\n}}", cell.number, cell.source),
    }
}

/// What the cells do, one after the other. A notebook shows a last expression's value, a program
/// drops it.
fn main_of(cells: &[CodeCell]) -> String {
    let mut main =
        "fn lasts<T: 'static>(_: &T) {}\nfn main() -> Result<(), Box<dyn std::error::Error>> {\n"
            .to_owned();
    for cell in cells.iter().filter(|cell| !cell.raises_exception) {
        let source = definitions::without_commands(&cell.source);
        let statements = Block::parse_within.parse_str(&source).unwrap_or_default();
        main += &format!("// celda {}\n", cell.number);
        for statement in &statements {
            let code = &source[statement.span().byte_range()];
            main += &match statement {
                Stmt::Item(_) => continue,
                // The kernel keeps a cell's variables for the next one, and refuses those that
                // borrow.
                Stmt::Local(local) => {
                    let names = names(&local.pat).into_iter();
                    let kept: String = names.map(|name| format!("lasts(&{name});\n")).collect();
                    format!("{code}\n{kept}")
                }
                Stmt::Expr(Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_), None) => {
                    format!("{code}\n")
                }
                Stmt::Expr(_, None) => format!("_ = {code};\n"),
                Stmt::Macro(call) if call.semi_token.is_none() => format!("{code};\n"),
                _ => format!("{code}\n"),
            };
        }
    }
    main + "Ok(())\n}\n"
}

/// The variables that a `let` of these patterns makes.
fn names(pattern: &Pat) -> Vec<String> {
    match pattern {
        Pat::Ident(pattern) => vec![pattern.ident.to_string()],
        Pat::Type(pattern) => names(&pattern.pat),
        Pat::Tuple(pattern) => pattern.elems.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

/// The cell that a line of `main` comes from.
fn cell_above(main: &str, line: usize) -> &str {
    let marks = main
        .lines()
        .take(line)
        .filter_map(|line| line.strip_prefix("// "));
    marks.last().unwrap_or_default()
}

#[test]
fn all_cells_are_formatted_by_rustfmt() {
    let complaints: Vec<String> = all_notebooks()
        .iter()
        .flat_map(|path| unformatted(path))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The cells that rustfmt would write in another way, each with what it has and what it should
/// have.
fn unformatted(path: &Path) -> Vec<String> {
    let cells = notebook::code_cells(&notebook::read(path).unwrap());
    let cells: Vec<&CodeCell> = cells.iter().filter(|cell| !cell.raises_exception).collect();
    // Statements need a function around them. Its indentation must not cost a line its width.
    let wrapped = cells
        .iter()
        .map(|cell| format!("fn celda() {{\n{}\n}}\n", hide(&cell.source)));
    let formatted = rustfmt(&wrapped.collect::<String>())
        .unwrap_or_else(|error| panic!("{}: {error}", name_with_folder(path)));
    let bodies: Vec<String> = formatted
        .split("fn celda() {")
        .skip(1)
        .map(|function| {
            let body = function.trim().strip_suffix('}').unwrap_or(function);
            let lines = body.trim_matches('\n').lines();
            let lines: Vec<&str> = lines
                .map(|line| line.strip_prefix("    ").unwrap_or(line))
                .collect();
            lines.join("\n")
        })
        .collect();
    assert_eq!(
        cells.len(),
        bodies.len(),
        "{}: rustfmt's functions are not the cells",
        path.display()
    );
    cells
        .iter()
        .zip(bodies)
        .filter(|(cell, formatted)| hide(&cell.source) != *formatted)
        .map(|(cell, formatted)| {
            format!(
                "{}, celda {} is\n{}\nand rustfmt makes of it\n{formatted}\n",
                name_with_folder(path),
                cell.number,
                cell.source
            )
        })
        .collect()
}

/// What rustfmt does not know: the kernel's commands, such as `:dep`.
fn hide(source: &str) -> String {
    let hidden = source.split('\n').map(|line| match line.starts_with(':') {
        true => format!("// {line}"),
        false => line.to_owned(),
    });
    hidden.collect::<Vec<String>>().join("\n")
}

fn rustfmt(code: &str) -> Result<String, String> {
    let file = scratch(&format!("rustfmt/{:?}", std::thread::current().id())).join("cells.rs");
    fs::write(&file, code).unwrap();
    // The widths that follow from max_width stay those of a width of 100.
    let widths = "max_width=104,fn_call_width=60,attr_fn_like_width=70,struct_lit_width=18,struct_variant_width=35,array_width=60,\
        chain_width=60,single_line_if_else_max_width=50,single_line_let_else_max_width=50";
    let output = run(Command::new("rustfmt")
        .args(["--edition=2024", "--emit=stdout", "--config", widths])
        .stdin(fs::File::open(&file).unwrap()));
    match output.status.success() {
        true => Ok(lossy(&output.stdout)),
        false => Err(lossy(&output.stderr)),
    }
}

#[test]
fn all_notebooks_are_as_jupyter_writes_them() {
    for path in all_notebooks() {
        let shown = name_with_folder(&path);
        let text = fs::read_to_string(&path).unwrap();
        let notebook = notebook::read(&path).unwrap();
        assert!(
            text == notebook::to_text(&notebook),
            "{shown}: indent is not 1, or the newline at the end is missing"
        );
        assert_eq!(
            (&notebook["nbformat"], &notebook["nbformat_minor"]),
            (&4.into(), &5.into()),
            "{shown}"
        );
        // As the kernel tells it, spelling and all: JupyterLab would write that into a notebook as
        // soon as it is opened.
        let metadata = serde_json::json!({
            "kernelspec": {"display_name": "Rust", "language": "rust", "name": "rust"},
            "language_info": {
                "codemirror_mode": "rust",
                "file_extension": ".rs",
                "mimetype": "text/rust",
                "name": "Rust",
                "pygment_lexer": "rust",
                "version": "",
            },
        });
        assert_eq!(notebook["metadata"], metadata, "{shown}");
        for place in ["/home", "/root", "/tmp", "/work", "/Users", "\\\\Users"] {
            assert!(
                !text.contains(place),
                "{shown} holds a path of some machine: {place}"
            );
        }
    }
}

#[test]
fn the_tests_of_form_find_what_is_wrong() {
    let folder = scratch("wrong_form");
    for (source, complaint) in [
        ("let one: usize = 1.0;", "mismatched types"),
        (
            "let x = vec![1.0];\nlet sum = |y: f64| x[0] + y;",
            "borrowed",
        ),
        (
            "let x = vec![1.0];\nif x.len() == 0 {\n    println!(\"vacío\");\n}",
            "is_empty",
        ),
        (
            "fn f(x: f64) -> f64 {\n    todo!()\n}\nf(1.0)",
            "unused variable",
        ),
        ("let one = ;", "expected expression"),
    ] {
        let path = folder.join("wrong.ipynb");
        let cells = serde_json::json!([{"cell_type": "code", "metadata": {}, "source": source}]);
        fs::write(&path, serde_json::json!({ "cells": cells }).to_string()).unwrap();
        let error = clippy(&path).expect_err(source);
        assert!(
            error.contains("celda 1") && error.contains(complaint),
            "{source}: {error}"
        );
    }
    let path = folder.join("wrong.ipynb");
    let cells = serde_json::json!([{"cell_type": "code", "metadata": {}, "source": ":dep a\nlet  one = 1;\none"}]);
    fs::write(&path, serde_json::json!({ "cells": cells }).to_string()).unwrap();
    assert_eq!(unformatted(&path).len(), 1);
}

#[test]
fn all_cells_have_readable_ids_and_no_counts() {
    for path in all_notebooks() {
        let shown = name_with_folder(&path);
        let mut ids = HashSet::new();
        for cell in notebook::read(&path).unwrap()["cells"].as_array().unwrap() {
            let id = cell["id"].as_str().unwrap_or_default();
            assert!(is_readable(id), "{shown}: {id:?} is no readable id");
            assert!(
                ids.insert(id.to_owned()),
                "{shown}: two cells are called {id}"
            );
            assert!(
                cell["source"].is_array(),
                "{shown}, {id}: the source is not a list of lines"
            );
            assert!(
                cell["execution_count"].is_null(),
                "{shown}, {id} has an execution count"
            );
            let is_student = path.parent().unwrap().ends_with("ejercicios");
            let outputs = cell["outputs"].as_array().into_iter().flatten();
            for output in outputs {
                assert!(!is_student, "{shown}, {id} has outputs");
                assert!(
                    output["execution_count"].is_null(),
                    "{shown}, {id}: an output has an execution count"
                );
            }
        }
    }
}

/// Words of small letters and digits, joined by hyphens, and not what a program draws at random.
fn is_readable(id: &str) -> bool {
    let words = || id.split('-');
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let is_random = |word: &str| word.len() >= 6 && word.chars().any(|c| c.is_ascii_digit());
    id.len() >= 3 && words().all(is_word) && !words().any(is_random)
}

#[test]
fn all_notebooks_read_like_a_chapter() {
    for path in all_notebooks() {
        let shown = name_with_folder(&path);
        let notebook = notebook::read(&path).unwrap();
        let code: Vec<String> = notebook::code_cells(&notebook)
            .into_iter()
            .map(|cell| cell.source)
            .collect();
        let mut lengths: Vec<usize> = code.iter().map(|source| source.lines().count()).collect();
        lengths.sort_unstable();
        let (median, longest) = (lengths[lengths.len() / 2], lengths[lengths.len() - 1]);
        assert!(
            median <= 10,
            "{shown}: half of the code cells have {median} lines or more"
        );
        assert!(longest <= 30, "{shown}: a code cell has {longest} lines");

        let cells = notebook["cells"].as_array().unwrap();
        let prose: Vec<String> = cells
            .iter()
            .filter(|cell| cell["cell_type"] == "markdown")
            .map(|cell| notebook::text(&cell["source"]))
            .collect();
        let titles = prose
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| line.starts_with("# "));
        assert_eq!(titles.count(), 1, "{shown}: not one title");
        let size = |texts: &[String]| texts.iter().map(|text| text.chars().count()).sum::<usize>();
        assert!(size(&prose) > size(&code), "{shown}: less prose than code");
    }
}

#[test]
fn the_graded_notebook_has_a_numbered_section_a_function_and_a_check_for_each_exercise() {
    for folder in [SOLVED, STUDENT] {
        let notebook = notebook::read(&root().join(folder).join(GRADED)).unwrap();
        let cells = notebook["cells"].as_array().unwrap();
        for (i, (exercise, _)) in MUTANTS.iter().enumerate() {
            let heading = format!("Ejercicio {}", i + 1);
            let has_section = cells.iter().any(|cell| {
                let text = notebook::text(&cell["source"]);
                text.lines().any(|line| {
                    line.starts_with("## ") && line.contains(&heading) && line.contains(exercise)
                })
            });
            assert!(
                has_section,
                "{folder}: no section «## {heading} … {exercise}»"
            );
            let solution = cell_of(cells, exercise);
            let check = cell_of(cells, &format!("check_{exercise}"));
            let nbgrader = |cell: &Value| cell["metadata"]["nbgrader"].clone();
            assert_eq!(
                nbgrader(solution),
                serde_json::json!({"schema_version": 3, "grade_id": exercise, "solution": true, "grade": false, "locked": false, "task": false})
            );
            assert_eq!(
                nbgrader(check),
                serde_json::json!({"schema_version": 3, "grade_id": format!("check_{exercise}"), "grade": true, "solution": false, "locked": true, "points": 1, "task": false})
            );
            assert_eq!(
                notebook::text(&check["source"]),
                format!("check::{exercise}({exercise})")
            );
        }
    }
}

#[test]
fn solved_notebooks_show_what_their_cells_show() {
    for path in notebook::in_folder(&root().join(SOLVED)).unwrap() {
        let notebook = notebook::read(&path).unwrap();
        for cell in notebook["cells"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|cell| notebook::is_code(cell))
        {
            let source = notebook::text(&cell["source"]);
            let is_silent = cell["outputs"].as_array().is_none_or(Vec::is_empty);
            assert!(
                !(is_silent && must_show(&source)),
                "{}, {}: no output; run `UPDATE_OUTPUTS=1 cargo test --test kernel -- --ignored`",
                name_with_folder(&path),
                cell["id"]
            );
        }
    }
}

/// A cell shows what it prints, and the value that it ends with.
fn must_show(source: &str) -> bool {
    source.contains("println!") || !source.trim_end().ends_with([';', '}'])
}

fn cell_of<'a>(cells: &'a [Value], grade_id: &str) -> &'a Value {
    let found = cells
        .iter()
        .find(|cell| cell["metadata"]["nbgrader"]["grade_id"] == grade_id);
    found.unwrap_or_else(|| panic!("no cell with grade_id {grade_id}"))
}

/// What `ex03 grade` says of a notebook, or of a folder of them.
fn grade(path: &Path) -> Value {
    let output = run(Command::new(env!("CARGO_BIN_EXE_ex03-grading"))
        .args(["grade", "--json"])
        .arg(path));
    assert!(output.status.success(), "{}", lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Names the exercises that are not right, of one submission or of several.
fn all_correct(grades: &Value) -> Result<(), String> {
    let one = std::slice::from_ref(grades);
    let submissions = grades["submissions"].as_array().map_or(one, Vec::as_slice);
    let exercises: Vec<&Value> = submissions
        .iter()
        .flat_map(|submission| submission["exercises"].as_array().unwrap())
        .collect();
    let wrong: Vec<String> = exercises
        .iter()
        .filter(|grade| grade["outcome"] != "correct")
        .map(|grade| format!("{}: {}", grade["exercise"], grade["message"]))
        .collect();
    match (exercises.len(), wrong.is_empty()) {
        (count, true) if count == EXERCISES.len() => Ok(()),
        (count, true) => Err(format!("{count} exercises in place of {}", EXERCISES.len())),
        (_, false) => Err(wrong.join("\n")),
    }
}

fn all_notebooks() -> Vec<PathBuf> {
    let folders =
        [SOLVED, STUDENT].map(|folder| notebook::in_folder(&root().join(folder)).unwrap());
    let notebooks = folders.concat();
    assert_eq!(notebooks.len(), 6, "{notebooks:?}");
    notebooks
}

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::build().unwrap())
}

fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(project::root)
}

#[test]
fn the_benchmark_trains_with_the_solved_notebook_s_functions() {
    let copy = root().join("benches/training/training.rs");
    let copy = fs::read_to_string(copy).unwrap().replace("pub fn ", "fn ");
    let solved = notebook::read(&root().join(SOLVED).join(GRADED)).unwrap();
    for exercise in [
        "fpropagation",
        "cost_function",
        "bpropagation",
        "update_parameters",
    ] {
        let cell = cell_of(solved["cells"].as_array().unwrap(), exercise);
        let source = notebook::text(&cell["source"]);
        let function: String = source
            .split_inclusive('\n')
            .filter(|line| !line.contains(" SOLUTION"))
            .collect();
        assert!(
            copy.contains(&function),
            "benches/training/training.rs has another {exercise} than {GRADED}: copy it from there"
        );
    }
}

/// An empty folder for a test.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn name_with_folder(path: &Path) -> String {
    format!("{}/{}", name(path.parent().unwrap()), name(path))
}

fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
