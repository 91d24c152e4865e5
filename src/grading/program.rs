//! A Rust program of what a notebook's cells define.
//!
//! Each cell is a file of its own, named `celda 7`, with its statements blanked. So rustc's errors
//! and panics name cell, line and column as a student sees them.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
pub use ex03_base::compiler::{Diagnostic, Span};
use ex03_base::files;
use serde_json::Value;

use ex03_base::library::Library;

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
        .current_dir(folder);
    library.link(command);
    command
}

/// What a compiler has written on stderr as JSON, placed in the cells.
pub fn diagnostics(stderr: &str) -> Vec<Diagnostic> {
    let is_cell = |file: &str| file.starts_with("celda ");
    stderr
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| Diagnostic::read(&message, &is_cell))
        .collect()
}
