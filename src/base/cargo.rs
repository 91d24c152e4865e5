//! Runs cargo: shows, while it compiles, that it does, and tells what it made.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::progress::Progress;
use crate::project;

/// Runs `cargo build` with these arguments in the project, and returns its messages on what it made. `what` is told while it compiles;
/// where all is compiled already, nothing is.
///
/// # Errors
///
/// All that cargo said, where it fails; `failed` comes before it.
pub fn build(arguments: &[&str], what: &'static str, failed: &str) -> Result<Vec<Value>> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .arg("build")
        .args(arguments)
        .args(["--message-format=json-render-diagnostics", "--color=never"])
        .current_dir(project::root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = cargo.spawn().context("no puedo ejecutar cargo")?;
    let stderr = child.stderr.take().map(BufReader::new);
    let said = std::thread::spawn(move || said(stderr.into_iter().flat_map(|it| it.lines()), what));
    let stdout = child.stdout.take().map(BufReader::new);
    let made = stdout
        .into_iter()
        .flat_map(|it| it.lines())
        .map_while(Result::ok)
        .filter_map(|line| serde_json::from_str(&line).ok())
        .collect();
    let status = child.wait().context("perdí a cargo")?;
    let said = said.join().unwrap_or_default();
    if !status.success() {
        bail!("{failed}:\n{said}");
    }
    Ok(made)
}

/// Shows, while cargo compiles, that it does; and returns all that it said.
fn said(lines: impl Iterator<Item = std::io::Result<String>>, what: &'static str) -> String {
    let mut progress = None;
    let mut compiled = 0;
    let mut text = String::new();
    for line in lines.map_while(Result::ok) {
        if line.trim_start().starts_with("Compiling ") {
            compiled += 1;
            progress
                .get_or_insert_with(|| Progress::start(what))
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
