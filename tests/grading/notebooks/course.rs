//! The notebooks hold what the course, its checks and its benchmark expect of them.

use std::fs;

use ex03_base::notebook;
use serde_json::Value;

use super::graded::MUTANTS;
use super::*;

#[test]
fn the_graded_notebook_has_a_numbered_section_a_function_and_a_check_for_each_exercise() {
    for folder in [SOLVED, STUDENT] {
        let notebook = notebook::read(&root().join(folder).join(GRADED)).unwrap();
        let cells = notebook["cells"].as_array().unwrap();
        for (i, (exercise, _)) in MUTANTS.iter().enumerate() {
            let heading = format!("Ejercicio {}", i + 1);
            let has_section = cells.iter().any(|cell| {
                let text = notebook::text(&cell["source"]);
                text.lines().any(|line| {
                    line.starts_with("## ") && line.contains(&heading) && line.contains(exercise)
                })
            });
            assert!(
                has_section,
                "{folder}: no section «## {heading} … {exercise}»"
            );
            let solution = cell_of(cells, exercise);
            let check = cell_of(cells, &format!("check_{exercise}"));
            let nbgrader = |cell: &Value| cell["metadata"]["nbgrader"].clone();
            assert_eq!(
                nbgrader(solution),
                serde_json::json!({"schema_version": 3, "grade_id": exercise, "solution": true, "grade": false, "locked": false, "task": false})
            );
            assert_eq!(
                nbgrader(check),
                serde_json::json!({"schema_version": 3, "grade_id": format!("check_{exercise}"), "grade": true, "solution": false, "locked": true, "points": 1, "task": false})
            );
            assert_eq!(
                notebook::text(&check["source"]),
                format!("check::{exercise}({exercise})")
            );
        }
    }
}

#[test]
fn solved_notebooks_show_what_their_cells_show() {
    for path in notebook::in_folder(&root().join(SOLVED)).unwrap() {
        let notebook = notebook::read(&path).unwrap();
        for cell in notebook["cells"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|cell| notebook::is_code(cell))
        {
            let source = notebook::text(&cell["source"]);
            let is_silent = cell["outputs"].as_array().is_none_or(Vec::is_empty);
            assert!(
                !(is_silent && must_show(&source)),
                "{}, {}: no output; run `UPDATE_OUTPUTS=1 cargo test --test kernel -- --ignored`",
                name_with_folder(&path),
                cell["id"]
            );
        }
    }
}

/// A cell shows what it prints, and the value that it ends with.
fn must_show(source: &str) -> bool {
    source.contains("println!") || !source.trim_end().ends_with([';', '}'])
}

fn cell_of<'a>(cells: &'a [Value], grade_id: &str) -> &'a Value {
    let found = cells
        .iter()
        .find(|cell| cell["metadata"]["nbgrader"]["grade_id"] == grade_id);
    found.unwrap_or_else(|| panic!("no cell with grade_id {grade_id}"))
}

#[test]
fn the_benchmark_trains_with_the_solved_notebook_s_functions() {
    let copy = root().join("benches/training/training.rs");
    let copy = fs::read_to_string(copy).unwrap().replace("pub fn ", "fn ");
    let solved = notebook::read(&root().join(SOLVED).join(GRADED)).unwrap();
    for exercise in [
        "fpropagation",
        "cost_function",
        "bpropagation",
        "update_parameters",
    ] {
        let cell = cell_of(solved["cells"].as_array().unwrap(), exercise);
        let source = notebook::text(&cell["source"]);
        let function: String = source
            .split_inclusive('\n')
            .filter(|line| !line.contains(" SOLUTION"))
            .collect();
        assert!(
            copy.contains(&function),
            "benches/training/training.rs has another {exercise} than {GRADED}: copy it from there"
        );
    }
}
