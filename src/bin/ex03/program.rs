//! A Rust program of what a notebook's cells define.
//!
//! Each cell is a file of its own, named `celda 7`, with its statements blanked. So rustc's errors and panics name cell, line and column
//! as a student sees them, and a cell that does not parse breaks no other.

use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Block, Item, Stmt};

use crate::notebook::CodeCell;

/// What a code cell defines.
pub struct Cell {
    pub number: usize,
    /// Functions, types, constants and imports, in the lines and columns of the cell's source.
    pub items: String,
    /// The names of the functions that `items` defines.
    pub functions: Vec<String>,
}

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

/// Splits the cells of a notebook. Of what is defined twice the last definition stays, as in the kernel.
pub fn split(cells: &[CodeCell]) -> Vec<Cell> {
    let mut defined_later = HashSet::new();
    let mut split: Vec<Cell> = cells
        .iter()
        .rev()
        .filter(|cell| !cell.raises_exception)
        .map(|cell| split_cell(cell, &mut defined_later))
        .collect();
    split.reverse();
    split
}

fn split_cell(cell: &CodeCell, defined_later: &mut HashSet<String>) -> Cell {
    let source = without_commands(&cell.source);
    let Ok(statements) = Block::parse_within.parse_str(&source) else {
        // In a function, where statements may stand, rustc says best what is wrong, and where.
        return Cell {
            number: cell.number,
            items: format!("fn celda_{}() {{{source}\n}}", cell.number),
            functions: Vec::new(),
        };
    };
    let mut blanks = Vec::new();
    let mut functions = Vec::new();
    let mut defined_here = Vec::new();
    for statement in &statements {
        let range = statement.span().byte_range();
        let Stmt::Item(item) = statement else {
            blanks.push(range);
            continue;
        };
        if is_left_out(item) || is_replaced(item, &source, defined_later) {
            blanks.push(range);
        } else if let Item::Fn(function) = item {
            functions.push(function.sig.ident.to_string());
        }
        defined_here.extend(name(item, &source));
    }
    defined_later.extend(defined_here);
    Cell {
        number: cell.number,
        items: blank(&source, &blanks),
        functions,
    }
}

/// A program has its own `main`, and its crates by the command line.
fn is_left_out(item: &Item) -> bool {
    match item {
        Item::Fn(function) => function.sig.ident == "main",
        Item::ExternCrate(_) => true,
        _ => false,
    }
}

/// A later cell takes the item's name. With a type go its impls.
fn is_replaced(item: &Item, source: &str, defined_later: &HashSet<String>) -> bool {
    let of_replaced_type = match item {
        Item::Impl(item) => {
            defined_later.contains(&format!("type {}", code(source, &item.self_ty)))
        }
        _ => false,
    };
    of_replaced_type || name(item, source).is_some_and(|name| defined_later.contains(&name))
}

/// What an item is called, with its namespace.
fn name(item: &Item, source: &str) -> Option<String> {
    let (namespace, ident) = match item {
        Item::Fn(item) => ("value", &item.sig.ident),
        Item::Const(item) if item.ident != "_" => ("value", &item.ident),
        Item::Static(item) => ("value", &item.ident),
        Item::Struct(item) => ("type", &item.ident),
        Item::Enum(item) => ("type", &item.ident),
        Item::Union(item) => ("type", &item.ident),
        Item::Type(item) => ("type", &item.ident),
        Item::Trait(item) => ("type", &item.ident),
        Item::Mod(item) => ("type", &item.ident),
        Item::Macro(item) => ("macro", item.ident.as_ref()?),
        Item::Use(item) => return Some(code(source, item)),
        Item::Impl(item) => {
            let (implemented, _) = item.trait_.as_ref()?;
            let of = code(source, &item.self_ty);
            return Some(format!("impl {} for {of}", code(source, implemented)));
        }
        _ => return None,
    };
    Some(format!("{namespace} {ident}"))
}

/// The source of a piece of syntax, whatever its line breaks.
fn code(source: &str, of: &impl Spanned) -> String {
    source[of.span().byte_range()].split_whitespace().collect()
}

/// Blanks the kernel's own commands, such as `:dep`.
pub fn without_commands(source: &str) -> String {
    let lines = source.split_inclusive('\n');
    lines
        .map(|line| match line.starts_with(':') {
            true => blank_text(line),
            false => line.to_owned(),
        })
        .collect()
}

fn blank(source: &str, ranges: &[Range<usize>]) -> String {
    let mut text = String::new();
    let mut end = 0;
    for range in ranges {
        text += &source[end..range.start];
        text += &blank_text(&source[range.clone()]);
        end = range.end;
    }
    text + &source[end..]
}

fn blank_text(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' { c } else { ' ' })
        .collect()
}

/// A program that runs one check, named on its command line, and ends with the report's JSON as its last line.
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
    main += "        ::std::println!(\"\\n{}\", report.json());\n    }\n}\n";
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
