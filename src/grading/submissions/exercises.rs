//! Knows an exercise in a cell, by its check or by its function.

use ex03_base::notebook::CodeCell;

use crate::grades::EXERCISES;

/// A notebook to grade has checks or functions of the exercises.
pub fn any_in(cells: &[CodeCell]) -> bool {
    EXERCISES.iter().any(|exercise| {
        cells.iter().any(|cell| {
            let id = cell.grade_id.as_deref().unwrap_or_default();
            id.strip_prefix("check_").unwrap_or(id) == *exercise || mentions(&cell.source, exercise)
        })
    })
}

/// `fn name(`, `fn name<`, `let name =`: with whatever spaces between.
pub fn mentions(source: &str, name: &str) -> bool {
    source.match_indices(name).any(|(at, _)| {
        let before = source[..at].trim_end();
        let after = source[at + name.len()..].trim_start();
        let is_function = before.ends_with("fn") && after.starts_with(['(', '<']);
        let is_closure = before.ends_with("let") && after.starts_with(['=', ':']);
        before.len() < at && (is_function || is_closure)
    })
}
