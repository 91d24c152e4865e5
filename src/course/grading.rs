//! Grading is a program of its own, which a student never compiles: it is compiled the first time
//! that a teacher asks for it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use ex03_base::{cargo, project, system};

const PROGRAM: &str = "ex03-grading";

/// Runs an order of the grader with these arguments, and ends as it does.
///
/// # Errors
///
/// Where the grader does not compile or cannot be started.
pub fn hand_over(order: &str, arguments: &[OsString]) -> Result<ExitCode> {
    let program = build()?;
    let mut grader = Command::new(&program);
    grader
        .arg(order)
        .args(arguments)
        .env(project::VARIABLE, project::root());
    // A signal to us is meant for the grader.
    system::become_program(&mut grader)
        .with_context(|| format!("no puedo ejecutar {}", program.display()))
}

/// The grader's program, compiled where it is not yet.
fn build() -> Result<PathBuf> {
    let made = cargo::build(
        &["--bin", PROGRAM],
        "Compilo el calificador, solo esta vez",
        "el calificador no compila",
    )?;
    let mut programs = made.iter().filter(|it| it["target"]["name"] == PROGRAM);
    let program = programs.find_map(|it| it["executable"].as_str());
    let program = program.context("cargo no dice dónde está el calificador")?;
    Ok(PathBuf::from(program))
}
