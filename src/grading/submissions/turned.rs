//! Code cells that became text by a slip: in JupyterLab, M turns the selected cell into Markdown, and
//! R into raw text. Their functions are graded, and their author is told how to turn them back.

use ex03_base::notebook::CodeCell;

use super::exercises;
use crate::grades::{EXERCISES, Submission};

/// What JupyterLab calls a kind of cell that code may have been turned into.
pub fn shown_kind(kind: &str) -> Option<&'static str> {
    match kind {
        "markdown" => Some("Markdown"),
        "raw" => Some("Raw"),
        _ => None,
    }
}

/// Whether a cell's source may define an exercise, before its JSON is read.
pub fn may_be_code(source: Option<&str>) -> bool {
    source.is_some_and(|it| it.contains("fn ") && EXERCISES.iter().any(|name| it.contains(name)))
}

/// Of the cells that are no code, leaves those that define an exercise which no code cell has, and
/// numbers all cells as they will be when those are code again.
pub fn leave_out_prose(cells: &mut Vec<CodeCell>) {
    let lacking = EXERCISES.map(|name| {
        let mut code = cells.iter().filter(|cell| cell.turned_into.is_none());
        (!code.any(|cell| exercises::mentions(&cell.source, name))).then_some(name)
    });
    cells.retain(|cell| {
        let mut lacking = lacking.iter().flatten();
        cell.turned_into.is_none() || lacking.any(|name| defines(&cell.source, name))
    });
    for (i, cell) in cells.iter_mut().enumerate() {
        cell.number = i + 1;
    }
}

/// Prose names functions too: code begins a line with one, and gives it a body.
fn defines(source: &str, name: &str) -> bool {
    source.lines().enumerate().any(|(i, line)| {
        let line = line.trim_start();
        let line = line.strip_prefix("pub ").unwrap_or(line);
        let named = line.strip_prefix("fn ").map(str::trim_start);
        let rest = named.and_then(|it| it.strip_prefix(name));
        rest.is_some_and(|it| it.trim_start().starts_with(['(', '<']))
            && source.lines().skip(i).any(|line| line.contains('{'))
    })
}

/// Tells whoever wrote an exercise in such a cell what happened to it.
pub fn noted(mut submission: Submission, cells: &[CodeCell]) -> Submission {
    for grade in &mut submission.grades {
        let code = grade.code.as_ref();
        let cell = code.and_then(|code| cells.iter().find(|cell| cell.number == code.cell));
        let Some((number, kind)) = cell.and_then(|it| Some((it.number, it.turned_into?))) else {
            continue;
        };
        let note = format!(
            "La celda {number} es de tipo {kind}, y así el cuaderno no la ejecuta: selecciónala, \
             pulsa Esc y después Y, y volverá a ser de código. Se ha calificado como si lo fuera."
        );
        let notes: Vec<String> = grade.note.take().into_iter().chain([note]).collect();
        grade.note = Some(notes.join("\n"));
    }
    submission
}
