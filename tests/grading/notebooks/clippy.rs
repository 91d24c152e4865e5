//! Clippy reads the code of a notebook's cells as one program.

use std::path::Path;
use std::process::Command;

use ex03_base::notebook::{self, CodeCell};
use ex03_grading::{definitions, program};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Block, Expr, Pat, Stmt};

use super::*;

#[test]
fn all_notebooks_compile_without_a_warning_of_clippy() {
    let complaints: Vec<String> = all_notebooks()
        .iter()
        .filter_map(|path| clippy(path).err())
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Compiles all that a notebook does, as one program.
pub fn clippy(path: &Path) -> Result<(), String> {
    let cells = notebook::code_cells(&notebook::read(path).unwrap());
    let definitions = definitions::split(&cells);
    let files: Vec<(usize, String)> = definitions
        .iter()
        .map(|cell| (cell.number, items(cell)))
        .collect();
    let main = program::includes(files.iter().map(|(number, _)| *number)) + &main_of(&cells);
    let folder = scratch(&format!("clippy/{}", name_with_folder(path)));
    program::write(&folder, &files, &main).unwrap();
    let mut driver = Command::new("clippy-driver");
    let driver = program::compiler(&mut driver, library(), &folder);
    driver.args(["--emit=metadata", "-Dwarnings"]);
    if path.starts_with(root().join(STUDENT)) {
        // A stub is its name alone, and uses nothing that the function is given.
        driver.arg("-Aunused_variables");
    }
    let output = run(driver);
    let shown: Vec<String> = program::diagnostics(&lossy(&output.stderr))
        .iter()
        .map(|diagnostic| {
            let place = match diagnostic.primary() {
                Some(span) if span.file == "main.rs" => cell_above(&main, span.line),
                Some(span) => &span.file,
                None => "",
            };
            format!(
                "{}, {place}: {}",
                name_with_folder(path),
                diagnostic.rendered
            )
        })
        .collect();
    match shown.is_empty() {
        true => Ok(()),
        false => Err(shown.join("\n")),
    }
}

/// All that a cell defines. What does not parse stands in a function, where statements may stand:
/// rustc says best what is wrong there.
fn items(cell: &definitions::Cell) -> String {
    match cell.broken.is_empty() {
        true => cell.only(cell.definitions.iter().map(|it| &it.range)),
        false => format!("fn celda_{}() {{{}\n}}", cell.number, cell.source),
    }
}

/// What the cells do, one after the other. A notebook shows a last expression's value, a program
/// drops it.
fn main_of(cells: &[CodeCell]) -> String {
    let mut main =
        "fn lasts<T: 'static>(_: &T) {}\nfn main() -> Result<(), Box<dyn std::error::Error>> {\n"
            .to_owned();
    for cell in cells.iter().filter(|cell| !cell.raises_exception) {
        let source = definitions::without_commands(&cell.source);
        let statements = Block::parse_within.parse_str(&source).unwrap_or_default();
        main += &format!("// celda {}\n", cell.number);
        for statement in &statements {
            let code = &source[statement.span().byte_range()];
            main += &match statement {
                Stmt::Item(_) => continue,
                // The kernel keeps a cell's variables for the next one, and refuses those that
                // borrow.
                Stmt::Local(local) => {
                    let names = names(&local.pat).into_iter();
                    let kept: String = names.map(|name| format!("lasts(&{name});\n")).collect();
                    format!("{code}\n{kept}")
                }
                Stmt::Expr(Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_), None) => {
                    format!("{code}\n")
                }
                Stmt::Expr(_, None) => format!("_ = {code};\n"),
                Stmt::Macro(call) if call.semi_token.is_none() => format!("{code};\n"),
                _ => format!("{code}\n"),
            };
        }
    }
    main + "Ok(())\n}\n"
}

/// The variables that a `let` of these patterns makes.
fn names(pattern: &Pat) -> Vec<String> {
    match pattern {
        Pat::Ident(pattern) => vec![pattern.ident.to_string()],
        Pat::Type(pattern) => names(&pattern.pat),
        Pat::Tuple(pattern) => pattern.elems.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

/// The cell that a line of `main` comes from.
fn cell_above(main: &str, line: usize) -> &str {
    let marks = main
        .lines()
        .take(line)
        .filter_map(|line| line.strip_prefix("// "));
    marks.last().unwrap_or_default()
}
