//! A Rust program of what a notebook's cells define.
//!
//! Each cell is a file of its own, named `celda 7`, with its statements blanked. So rustc's errors and panics name cell, line and column
//! as a student sees them, and a cell that does not parse breaks no other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::definitions::Cell;

/// The compiled support library, as rustc wants it.
pub struct Library {
    rlib: PathBuf,
    dependencies: PathBuf,
    /// Where programs may be written: a folder of the project's target folder.
    pub scratch: PathBuf,
}

/// What rustc says, placed in its cell.
#[derive(Debug)]
pub struct Diagnostic {
    /// The file, such as `celda 7`, and the line, where rustc names them.
    pub place: Option<(String, usize)>,
    pub is_error: bool,
    pub message: String,
    /// As rustc shows it, with the code.
    pub rendered: String,
}

/// The line above a report in what a program prints.
pub const REPORT: &str = "---- report of ex03";

/// A program that runs one check, named on its command line, and ends with [`REPORT`], the report's text, and its JSON as the last line.
pub fn grading(cells: &[Cell], exercises: &[&str]) -> String {
    let mut main = "#![allow(warnings)]\nuse ::ex03_utils::*;\n".to_owned();
    main += &includes(cells);
    main += "mod ex03_grading {\n    pub fn run(exercise: &str) {\n        let report = match exercise {\n";
    for exercise in exercises {
        main += &format!(
            "            \"{exercise}\" => ::ex03_utils::check::{exercise}(crate::{exercise}),\n"
        );
    }
    main += "            _ => ::std::process::exit(2),\n        };\n";
    main += &format!(
        "        ::std::println!(\"\\n{REPORT}\\n{{report}}\\n{{}}\", report.json());\n    }}\n}}\n"
    );
    main += "fn main() {\n    let exercise = ::std::env::args().nth(1);\n";
    main += "    ex03_grading::run(&exercise.unwrap_or_default());\n}\n";
    main
}

pub fn includes(cells: &[Cell]) -> String {
    let lines = cells
        .iter()
        .map(|cell| format!("::core::include!(\"{}\");\n", file_name(cell)));
    lines.collect()
}

fn file_name(cell: &Cell) -> String {
    format!("celda {}", cell.number)
}

/// Builds the support library, or finds that cargo has built it.
pub fn library(root: &Path) -> Result<Library, String> {
    let output = Command::new("cargo")
        .args([
            "build",
            "--lib",
            "--quiet",
            "--message-format=json-render-diagnostics",
        ])
        .current_dir(root)
        .output()
        .map_err(|error| format!("no se puede ejecutar cargo: {error}"))?;
    let artifacts = String::from_utf8_lossy(&output.stdout);
    let rlib = artifacts
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == "ex03_utils")
        .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .find(|file| {
            file.extension()
                .is_some_and(|extension| extension == "rlib")
        });
    let profile = rlib.as_deref().and_then(Path::parent);
    let Some((rlib, profile)) = rlib.as_deref().zip(profile) else {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(format!("la biblioteca ex03_utils no compila:\n{error}"));
    };
    Ok(Library {
        rlib: rlib.to_owned(),
        dependencies: profile.join("deps"),
        scratch: profile.with_file_name("ex03"),
    })
}

/// Writes a program into a folder of its own.
pub fn write(folder: &Path, cells: &[Cell], main: &str) -> Result<(), String> {
    let failed = |error| format!("{}: no se puede escribir: {error}", folder.display());
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(folder.join("main.rs"), main).map_err(failed)?;
    for cell in cells {
        fs::write(folder.join(file_name(cell)), &cell.items).map_err(failed)?;
    }
    Ok(())
}

/// Compiles the program in `folder` by rustc or a driver of the same options, such as clippy's, and returns its messages.
pub fn compile(
    compiler: &str,
    library: &Library,
    folder: &Path,
    options: &[&str],
) -> Result<(bool, Vec<Diagnostic>), String> {
    let output = Command::new(compiler)
        .args([
            "--edition=2024",
            "--crate-name=notebook",
            "--error-format=json",
            "main.rs",
        ])
        .args(options)
        .arg("--extern")
        .arg(format!("ex03_utils={}", library.rlib.display()))
        .arg(format!("-Ldependency={}", library.dependencies.display()))
        .current_dir(folder)
        .output()
        .map_err(|error| format!("no se puede ejecutar {compiler}: {error}"))?;
    let diagnostics = String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(is_of_use)
        .map(|message| diagnostic(&message))
        .collect();
    Ok((output.status.success(), diagnostics))
}

/// Not what rustc adds at the end: how many errors there were, and where to read about them.
fn is_of_use(message: &Value) -> bool {
    let text = message["message"].as_str().unwrap_or("aborting due to");
    !text.starts_with("aborting due to") && message["level"] != "failure-note"
}

fn diagnostic(message: &Value) -> Diagnostic {
    let mut spans = message["spans"].as_array().into_iter().flatten();
    let place = spans
        .find(|span| span["is_primary"] == true)
        .and_then(|span| Some((span["file_name"].as_str()?, span["line_start"].as_u64()?)));
    Diagnostic {
        place: place.map(|(file, line)| (file.to_owned(), line as usize)),
        is_error: message["level"] == "error",
        message: message["message"].as_str().unwrap_or_default().to_owned(),
        rendered: message["rendered"].as_str().unwrap_or_default().to_owned(),
    }
}
