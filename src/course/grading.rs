//! Grading is a program of its own, which a student never compiles: it is compiled the first time
//! that a teacher asks for it.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use ex03_base::progress::Progress;
use ex03_base::{project, system};
use serde_json::Value;

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
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args([
            "build",
            "--bin",
            PROGRAM,
            "--message-format=json-render-diagnostics",
            "--color=never",
        ])
        .current_dir(project::root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = cargo.spawn().context("no puedo ejecutar cargo")?;
    let stderr = child.stderr.take().map(BufReader::new);
    let said = std::thread::spawn(move || said(stderr.into_iter().flat_map(|it| it.lines())));
    let mut program = None;
    let stdout = child.stdout.take().map(BufReader::new);
    for line in stdout
        .into_iter()
        .flat_map(|it| it.lines())
        .map_while(Result::ok)
    {
        let message: Value = serde_json::from_str(&line).unwrap_or_default();
        if message["target"]["name"] == PROGRAM
            && let Some(executable) = message["executable"].as_str()
        {
            program = Some(PathBuf::from(executable));
        }
    }
    let status = child.wait().context("perdí a cargo")?;
    let said = said.join().unwrap_or_default();
    match program.filter(|_| status.success()) {
        Some(program) => Ok(program),
        None => bail!("el calificador no compila:\n{said}"),
    }
}

/// Shows, while cargo compiles, that it does; and returns all that it said.
fn said(lines: impl Iterator<Item = std::io::Result<String>>) -> String {
    let mut progress = None;
    let mut compiled = 0;
    let mut text = String::new();
    for line in lines.map_while(Result::ok) {
        if line.trim_start().starts_with("Compiling ") {
            compiled += 1;
            progress
                .get_or_insert_with(|| Progress::start("Compilo el calificador, solo esta vez"))
                .show(Some((compiled, compiled)));
        }
        text += &line;
        text.push('\n');
    }
    if let Some(progress) = progress {
        progress.finish();
    }
    text
}
