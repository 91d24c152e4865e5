//! A student's notebook from the solved one: no outputs, and a stub in place of each solution.

use std::path::Path;

use anyhow::{Context, Result, bail};
use ex03_base::notebook;
use serde_json::{Value, json};

const BEGIN: &str = "// BEGIN SOLUTION";
const END: &str = "// END SOLUTION";

/// Name and text of the student notebook of each solved one in the folder.
pub fn derive_all(solved: &Path) -> Result<Vec<(String, String)>> {
    let solved = notebook::in_folder(solved)?;
    solved
        .iter()
        .map(|path| {
            let student = student_version(notebook::read(path)?)
                .with_context(|| path.display().to_string())?;
            let name = path.file_name().expect("a listed file has a name");
            Ok((
                name.to_string_lossy().into_owned(),
                notebook::to_text(&student),
            ))
        })
        .collect()
}

/// A solved notebook without outputs and without what stands between the solution's marks.
fn student_version(mut solved: Value) -> Result<Value> {
    let cells = solved["cells"].as_array_mut().into_iter().flatten();
    for (i, cell) in cells.filter(|cell| notebook::is_code(cell)).enumerate() {
        cell["outputs"] = json!([]);
        cell["execution_count"] = Value::Null;
        let source = notebook::text(&cell["source"]);
        let student = replace_solutions(&source).with_context(|| format!("celda {}", i + 1))?;
        if student != source {
            cell["source"] = match cell["source"] {
                Value::String(_) => Value::String(student),
                _ => notebook::lines(&student),
            };
        }
    }
    Ok(solved)
}

/// Puts each region's stub, written behind its BEGIN mark, in the region's place.
fn replace_solutions(source: &str) -> Result<String> {
    let mut student = String::new();
    let mut begun = None;
    for (i, line) in source.split_inclusive('\n').enumerate() {
        let number = i + 1;
        let code = line.trim();
        if let Some(stub) = code.strip_prefix(BEGIN) {
            if begun.is_some() {
                bail!("línea {number}: «{BEGIN}» dentro de otra solución");
            }
            let stub = stub.strip_prefix(':').unwrap_or_default().trim();
            if stub.is_empty() {
                bail!(
                    "línea {number}: tras «{BEGIN}:» falta lo que el estudiante encuentra en su lugar"
                );
            }
            let indent = &line[..line.len() - line.trim_start().len()];
            student += &format!("{indent}{stub}\n");
            begun = Some(number);
        } else if code == END {
            if begun.take().is_none() {
                bail!("línea {number}: «{END}» sin «{BEGIN}»");
            }
        } else if code.contains("BEGIN SOLUTION") || code.contains("END SOLUTION") {
            bail!("línea {number}: la marca debe ocupar la línea entera");
        } else if begun.is_none() {
            student += line;
        }
    }
    match begun {
        Some(number) => bail!("línea {number}: «{BEGIN}» sin «{END}»"),
        None => Ok(student),
    }
}

/// A derived notebook has neither outputs nor execution counts.
pub fn was_run(notebook: &Value) -> bool {
    let cells = notebook["cells"].as_array().into_iter().flatten();
    cells.filter(|cell| notebook::is_code(cell)).any(|cell| {
        !cell["execution_count"].is_null()
            || cell["outputs"]
                .as_array()
                .is_some_and(|outputs| !outputs.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stub_takes_the_solution_s_place_and_nothing_else_changes() {
        let solved = "fn f() -> u8 {\n    // pista\n    // BEGIN SOLUTION: todo!(\"f\")\n    let one = 1;\n    one\n    // END SOLUTION\n}";
        let student = "fn f() -> u8 {\n    // pista\n    todo!(\"f\")\n}";
        assert_eq!(replace_solutions(solved).unwrap(), student);
        assert_eq!(replace_solutions(student).unwrap(), student);
    }

    #[test]
    fn malformed_marks_are_refused_with_their_line() {
        for (source, line) in [
            ("// BEGIN SOLUTION: todo!()\n1", 1),
            ("1\n// END SOLUTION", 2),
            ("// BEGIN SOLUTION\n1\n// END SOLUTION", 1),
            ("// BEGIN SOLUTION:  \n1\n// END SOLUTION", 1),
            (
                "// BEGIN SOLUTION: todo!()\n// BEGIN SOLUTION: todo!()\n// END SOLUTION",
                2,
            ),
            (
                "let a = 1; // BEGIN SOLUTION: todo!()\n1\n// END SOLUTION",
                1,
            ),
            ("// BEGIN SOLUTION: todo!()\n1 // END SOLUTION", 2),
        ] {
            let error = replace_solutions(source).unwrap_err();
            assert!(
                error.to_string().starts_with(&format!("línea {line}: ")),
                "{source:?}: {error}"
            );
        }
    }

    #[test]
    fn a_derived_notebook_has_no_outputs_and_counts_as_not_run() {
        let cell = |source| {
            json!({"cell_type": "code", "id": "a", "execution_count": 3, "metadata": {},
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}], "source": source})
        };
        let solved = json!({"cells": [cell(json!("1")), cell(json!(["// BEGIN SOLUTION: todo!()\n", "1\n", "// END SOLUTION"]))]});
        assert!(was_run(&solved));
        let student = student_version(solved).unwrap();
        assert!(!was_run(&student));
        assert_eq!(student["cells"][0]["source"], json!("1"));
        assert_eq!(student["cells"][1]["source"], json!(["todo!()\n"]));
    }
}
