//! What a teacher and a student read: files that say what was graded, and hold nothing that a name
//! or a piece of code could break.

mod copies;
mod pages;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ex03_base::{notebook, project};
use ex03_grading::grades::{Code, CompileError, EXERCISES, Grade, Submission};
use ex03_grading::report;
use ex03_grading::similar::Similar;
use ex03_utils::check::{Hint, Outcome, exercises};

const HOSTILE: &str = "<script>alert(\"x\")</script>'\"><img src=x onerror=alert(1)> & \u{1b}[31m";

/// The outcome of that name in `grades.json`.
fn outcome_of(name: &str) -> Outcome {
    let mut all = Outcome::ALL.into_iter();
    all.find(|outcome| outcome.name() == name).unwrap()
}

fn grade(exercise: &'static str, outcome: &str) -> Grade {
    Grade {
        exercise,
        points: f64::from(outcome == "correct"),
        max_points: 1.0,
        outcome: outcome_of(outcome),
        difference: None,
        message: match outcome {
            "correct" => "Tu función da el resultado esperado en todos los casos.".to_owned(),
            "unsolved" => "Todavía sin resolver.".to_owned(),
            _ => "Tu resultado no es el esperado.".to_owned(),
        },
        hints: Vec::new(),
        note: None,
        code: reference(exercise).map(|source| Code { cell: 7, source }),
        compile_error: None,
    }
}

fn submission(name: &str, outcomes: &[(&str, &str)]) -> Submission {
    let outcome = |exercise| {
        let mut given = outcomes.iter().filter(|(of, _)| *of == exercise);
        given.next().map_or("correct", |(_, outcome)| outcome)
    };
    Submission {
        name: name.to_owned(),
        path: format!("clase/{name}.ipynb"),
        problem: None,
        grades: EXERCISES
            .into_iter()
            .map(|exercise| grade(exercise, outcome(exercise)))
            .collect(),
    }
}

/// What the check of an exercise says of a mistake.
fn hint(exercise: &str, misconception: &str) -> Hint {
    let hints = exercises::find(exercise).unwrap().hints();
    let mut hints = hints.into_iter();
    *hints.find(|hint| hint.id == misconception).unwrap()
}

fn hold(submission: &mut Submission, exercise: &str, misconception: &str) {
    let mut grades = submission.grades.iter_mut();
    let grade = grades.find(|grade| grade.exercise == exercise).unwrap();
    let hint = hint(exercise, misconception);
    grade.outcome = Outcome::Incorrect;
    grade.points = 0.0;
    grade.message = hint.wrong.to_owned();
    grade.difference = Some("El costo debería ser 0.65, y es 4.55.".to_owned());
    grade.hints = vec![hint];
}

/// The solved notebook's code of an exercise.
fn reference(exercise: &str) -> Option<String> {
    static CELLS: LazyLock<Vec<notebook::CodeCell>> = LazyLock::new(|| {
        let path = project::root().join("notebooks/soluciones/3_red_neuronal.ipynb");
        notebook::code_cells(&notebook::read(&path).unwrap())
    });
    let mut cells = CELLS.iter();
    let cell = cells.find(|cell| cell.grade_id.as_deref() == Some(exercise));
    cell.map(|cell| cell.source.clone())
}

/// A class as classes are.
fn class() -> Vec<Submission> {
    let mut class: Vec<Submission> = (1..=12)
        .map(|i| submission(&format!("Estudiante {i}"), &[]))
        .collect();
    for student in [0, 1, 2, 3, 4] {
        hold(&mut class[student], "cost_function", "missing_mean");
    }
    for student in [3, 4, 5] {
        hold(&mut class[student], "fpropagation", "slide_w2_x");
    }
    hold(&mut class[6], "bpropagation", "missing_mean");
    class[4].grades[6].note = Some(
        "Calificado con la referencia en lugar de cost_function y fpropagation, que no están bien."
            .to_owned(),
    );
    class[7] = submission(
        "María José Núñez",
        &[
            ("bpropagation", "does_not_compile"),
            ("nn_model", "unsolved"),
            ("predict", "missing"),
            ("update_parameters", "timed_out"),
        ],
    );
    class[7].grades[4].compile_error = Some(CompileError {
        place: "celda 7, línea 3".to_owned(),
        message: "falta un punto y coma".to_owned(),
        rendered: "error: expected `;`, found keyword `let`\n --> celda 7:3:29\n  |\n3 |     let dz2 = a2 - y\n  |                     ^ help: add `;` here\n".to_owned(),
    });
    class[8].grades[2].points = 0.5;
    let problem = "no es un cuaderno completo: se corta antes del final".to_owned();
    class.push(Submission::unreadable(
        "Óscar".to_owned(),
        "clase/oscar.ipynb".to_owned(),
        problem,
    ));
    class
}

fn hostile() -> Vec<Submission> {
    let mut hostile = Vec::new();
    for name in [
        HOSTILE,
        "../../x",
        "..\\..\\x",
        "=cmd|' /C calc'!A0",
        "",
        "CON",
        "Ñandú Pérez",
        "ñandu perez",
        "/etc/passwd",
        "\u{202e}gpj.exe",
        "a\nb",
    ] {
        let mut submission = submission(name, &[]);
        submission.path = format!("=1+1/{HOSTILE}.ipynb");
        for grade in &mut submission.grades {
            grade.outcome = Outcome::DoesNotCompile;
            grade.points = 0.0;
            grade.message = HOSTILE.to_owned();
            grade.difference = Some(HOSTILE.to_owned());
            grade.hints = vec![Hint {
                id: HOSTILE,
                wrong: HOSTILE,
                question: HOSTILE,
                formula: HOSTILE,
            }];
            grade.note = Some(HOSTILE.to_owned());
            grade.code = Some(Code {
                cell: 1,
                source: format!("</code></pre></details>{HOSTILE}"),
            });
            grade.compile_error = Some(CompileError {
                place: HOSTILE.to_owned(),
                message: HOSTILE.to_owned(),
                rendered: HOSTILE.to_owned(),
            });
        }
        hostile.push(submission);
    }
    hostile.push(Submission::unreadable(
        HOSTILE.to_owned() + "2",
        HOSTILE.to_owned(),
        HOSTILE.to_owned(),
    ));
    hostile
}

fn written(name: &str, submissions: &[Submission], similar: &[Similar]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("reports")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    report::write(&folder, submissions, similar).unwrap();
    folder
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files, with their paths in the folder.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in [folder.to_owned(), folder.join("entregas")] {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_file() {
                files.push((
                    entry.file_name().into_string().unwrap(),
                    text(&entry.path()),
                ));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn the_same_grades_write_the_same_files() {
    assert_eq!(
        files(&written("one", &class(), &[])),
        files(&written("two", &class(), &[]))
    );
}
