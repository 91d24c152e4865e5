//! Runs cargo: shows, while it compiles, that it does, and tells what it made.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::progress::Progress;
use crate::{process, project};

/// Runs `cargo build` with these arguments in the project, and returns its messages on what it
/// made. `what` is told while it compiles; where all is compiled already, nothing is.
///
/// # Errors
///
/// All that cargo said, where it fails; `failed` comes before it.
pub fn build(arguments: &[&str], what: &'static str, failed: &str) -> Result<Vec<Value>> {
    build_by(Command::new(program()), arguments, Some(what), failed)
}

/// The cargo that runs us, or the one of the PATH.
pub fn program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// [`build`] by a cargo that is called otherwise, and in silence where nothing is to be told.
///
/// # Errors
///
/// As there.
pub fn build_by(
    mut cargo: Command,
    arguments: &[&str],
    what: Option<&'static str>,
    failed: &str,
) -> Result<Vec<Value>> {
    cargo
        .arg("build")
        .args(arguments)
        .args(["--message-format=json-render-diagnostics", "--color=never"])
        .current_dir(project::root());
    let mut progress = None;
    let mut compiled = 0;
    let output = process::follow(&mut cargo, |line| {
        if let Some(what) = what
            && line.trim_start().starts_with("Compiling ")
        {
            compiled += 1;
            progress
                .get_or_insert_with(|| Progress::start(what))
                .show(Some((compiled, compiled)));
        }
    })?;
    if !output.status.success() {
        bail!("{failed}:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    if let Some(progress) = progress {
        progress.finish();
    }
    let made = String::from_utf8_lossy(&output.stdout);
    Ok(made
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}
