//! The solved notebook earns all points, the student one none, and a wrong answer is told.

use std::fs;
use std::path::Path;
use std::process::Command;

use ex03_base::notebook;
use ex03_grading::grades::EXERCISES;

use super::*;

/// Each exercise's function in a wrong version, that calls the right one under the name `right`.
pub const MUTANTS: [(&str, &str); EXERCISES.len()] = [
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
