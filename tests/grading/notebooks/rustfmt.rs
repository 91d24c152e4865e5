//! The code of the cells is as rustfmt writes it.

use std::fs;
use std::path::Path;
use std::process::Command;

use ex03_base::notebook::{self, CodeCell};

use super::clippy::clippy;
use super::*;

#[test]
fn all_cells_are_formatted_by_rustfmt() {
    let complaints: Vec<String> = all_notebooks()
        .iter()
        .flat_map(|path| unformatted(path))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The cells that rustfmt would write in another way, each with what it has and what it should
/// have.
fn unformatted(path: &Path) -> Vec<String> {
    let cells = notebook::code_cells(&notebook::read(path).unwrap());
    let cells: Vec<&CodeCell> = cells.iter().filter(|cell| !cell.raises_exception).collect();
    // Statements need a function around them. Its indentation must not cost a line its width.
    let wrapped = cells
        .iter()
        .map(|cell| format!("fn celda() {{\n{}\n}}\n", hide(&cell.source)));
    let formatted = rustfmt(&wrapped.collect::<String>())
        .unwrap_or_else(|error| panic!("{}: {error}", name_with_folder(path)));
    let bodies: Vec<String> = formatted
        .split("fn celda() {")
        .skip(1)
        .map(|function| {
            let body = function.trim().strip_suffix('}').unwrap_or(function);
            let lines = body.trim_matches('\n').lines();
            let lines: Vec<&str> = lines
                .map(|line| line.strip_prefix("    ").unwrap_or(line))
                .collect();
            lines.join("\n")
        })
        .collect();
    assert_eq!(
        cells.len(),
        bodies.len(),
        "{}: rustfmt's functions are not the cells",
        path.display()
    );
    cells
        .iter()
        .zip(bodies)
        .filter(|(cell, formatted)| hide(&cell.source) != *formatted)
        .map(|(cell, formatted)| {
            format!(
                "{}, celda {} is\n{}\nand rustfmt makes of it\n{formatted}\n",
                name_with_folder(path),
                cell.number,
                cell.source
            )
        })
        .collect()
}

/// What rustfmt does not know: the kernel's commands, such as `:dep`.
fn hide(source: &str) -> String {
    let hidden = source.split('\n').map(|line| match line.starts_with(':') {
        true => format!("// {line}"),
        false => line.to_owned(),
    });
    hidden.collect::<Vec<String>>().join("\n")
}

fn rustfmt(code: &str) -> Result<String, String> {
    let file = scratch(&format!("rustfmt/{:?}", std::thread::current().id())).join("cells.rs");
    fs::write(&file, code).unwrap();
    // The widths that follow from max_width stay those of a width of 100.
    let widths = "max_width=104,fn_call_width=60,attr_fn_like_width=70,struct_lit_width=18,struct_variant_width=35,array_width=60,\
        chain_width=60,single_line_if_else_max_width=50,single_line_let_else_max_width=50";
    let output = run(Command::new("rustfmt")
        .args(["--edition=2024", "--emit=stdout", "--config", widths])
        .stdin(fs::File::open(&file).unwrap()));
    match output.status.success() {
        true => Ok(lossy(&output.stdout)),
        false => Err(lossy(&output.stderr)),
    }
}

#[test]
fn the_tests_of_form_find_what_is_wrong() {
    let folder = scratch("wrong_form");
    for (source, complaint) in [
        ("let one: usize = 1.0;", "mismatched types"),
        (
            "let x = vec![1.0];\nlet sum = |y: f64| x[0] + y;",
            "borrowed",
        ),
        (
            "let x = vec![1.0];\nif x.len() == 0 {\n    println!(\"vacío\");\n}",
            "is_empty",
        ),
        (
            "fn f(x: f64) -> f64 {\n    todo!()\n}\nf(1.0)",
            "unused variable",
        ),
        ("let one = ;", "expected expression"),
    ] {
        let path = folder.join("wrong.ipynb");
        let cells = serde_json::json!([{"cell_type": "code", "metadata": {}, "source": source}]);
        fs::write(&path, serde_json::json!({ "cells": cells }).to_string()).unwrap();
        let error = clippy(&path).expect_err(source);
        assert!(
            error.contains("celda 1") && error.contains(complaint),
            "{source}: {error}"
        );
    }
    let path = folder.join("wrong.ipynb");
    let cells = serde_json::json!([{"cell_type": "code", "metadata": {}, "source": ":dep a\nlet  one = 1;\none"}]);
    fs::write(&path, serde_json::json!({ "cells": cells }).to_string()).unwrap();
    assert_eq!(unformatted(&path).len(), 1);
}
