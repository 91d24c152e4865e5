//! A Rust program of what a notebook's cells define.
//!
//! Each cell is a file of its own, named `celda 7`, with its statements blanked. So rustc's errors
//! and panics name cell, line and column as a student sees them.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use ex03_base::files;
use serde_json::Value;

use crate::library::Library;

/// A piece of a student's code that rustc speaks of.
#[derive(Clone, Debug)]
pub struct Span {
    /// Such as `celda 7`.
    pub file: String,
    /// In bytes of the file.
    pub start: usize,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub label: String,
    pub is_primary: bool,
}

/// What rustc says, placed in its cell.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// In the cell, where a macro of another crate is to blame too.
    pub spans: Vec<Span>,
    pub is_error: bool,
    /// Such as `E0308`; may be empty.
    pub code: String,
    pub message: String,
    /// As rustc shows it, with the code.
    pub rendered: String,
}

impl Diagnostic {
    /// The first in the text: a bracket that is not closed, and not the one that closes another.
    pub fn primary(&self) -> Option<&Span> {
        let spans = self.spans.iter().filter(|span| span.is_primary);
        spans.min_by_key(|span| span.line)
    }
}

/// The lines of a program's root that take its cells in.
pub fn includes(cells: impl Iterator<Item = usize>) -> String {
    cells
        .map(|number| format!("::core::include!(\"{}\");\n", file_name(number)))
        .collect()
}

pub fn file_name(cell: usize) -> String {
    format!("celda {cell}")
}

/// Writes a program into a folder of its own: its root, and the numbers and texts of its cells.
pub fn write(folder: &Path, cells: &[(usize, String)], main: &str) -> Result<()> {
    files::create_folder(folder)?;
    files::write(&folder.join("main.rs"), main)?;
    for (number, text) in cells {
        files::write(&folder.join(file_name(*number)), text)?;
    }
    Ok(())
}

/// Adds to a compiler of rustc's options, such as clippy's driver, those that compile the program
/// in `folder`.
pub fn compiler<'a>(command: &'a mut Command, library: &Library, folder: &Path) -> &'a mut Command {
    command
        .args([
            "--edition=2024",
            "--crate-name=notebook",
            "--error-format=json",
            "main.rs",
        ])
        .arg("--extern")
        .arg(format!("ex03_utils={}", library.rlib.display()))
        .arg(format!("-Ldependency={}", library.dependencies.display()))
        .current_dir(folder)
}

/// What a compiler has written on stderr as JSON.
pub fn diagnostics(stderr: &str) -> Vec<Diagnostic> {
    stderr
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(is_of_use)
        .map(|message| diagnostic(&message))
        .collect()
}

/// Not what rustc adds at the end: how many errors there were, and where to read about them.
fn is_of_use(message: &Value) -> bool {
    let text = message["message"].as_str().unwrap_or("aborting due to");
    !text.starts_with("aborting due to") && message["level"] != "failure-note"
}

fn diagnostic(message: &Value) -> Diagnostic {
    let spans = message["spans"].as_array().into_iter().flatten();
    Diagnostic {
        spans: spans.map(in_the_cell).collect(),
        is_error: message["level"] == "error",
        code: text(&message["code"]["code"]),
        message: text(&message["message"]),
        rendered: text(&message["rendered"]),
    }
}

/// Of what a macro makes, where the macro is called.
fn in_the_cell(span: &Value) -> Span {
    let mut outermost = span;
    while !outermost["expansion"]["span"].is_null() {
        outermost = &outermost["expansion"]["span"];
    }
    // What `include!` takes in is no expansion of the line that has it.
    let is_cell = |span: &Value| {
        span["file_name"]
            .as_str()
            .is_some_and(|it| it.starts_with("celda "))
    };
    let place = match is_cell(outermost) {
        true => outermost,
        false => span,
    };
    Span {
        file: text(&place["file_name"]),
        start: place["byte_start"].as_u64().unwrap_or(0) as usize,
        line: place["line_start"].as_u64().unwrap_or(0) as usize,
        column: place["column_start"].as_u64().unwrap_or(0) as usize,
        label: text(&span["label"]),
        is_primary: span["is_primary"] == true,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
