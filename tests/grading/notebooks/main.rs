//! The notebooks, on a machine with Rust alone: their form, the student ones' freshness, and the
//! grading of the solved ones.

mod clippy;
mod course;
mod form;
mod graded;
mod rustfmt;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use ex03_base::library::Library;
use ex03_base::{notebook, project};
use ex03_grading::grades::EXERCISES;
use serde_json::Value;

const SOLVED: &str = "notebooks/soluciones";

const STUDENT: &str = "notebooks/ejercicios";

const GRADED: &str = "3_red_neuronal.ipynb";

fn all_notebooks() -> Vec<PathBuf> {
    let folders =
        [SOLVED, STUDENT].map(|folder| notebook::in_folder(&root().join(folder)).unwrap());
    let notebooks = folders.concat();
    assert_eq!(notebooks.len(), 6, "{notebooks:?}");
    notebooks
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

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::build().unwrap())
}

fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(project::root)
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
