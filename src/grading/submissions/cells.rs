//! From a file's bytes to a notebook's code cells, whatever the file is.

use ex03_base::notebook::{self, CodeCell};
use serde_json::Value;

use super::json::{elements, members};
use super::text::{decode, not_json};
use super::{exercises, turned};

/// The most cells that are read. No notebook of the course has 100.
const MOST_CELLS: usize = 10_000;
/// The most bytes of code in all cells together. The solved notebook has 10 KB.
const MOST_CODE: usize = 1 << 20;

/// Why a file gives no cells to grade, in one line.
#[derive(Debug)]
pub enum Reason {
    Unreadable(String),
    /// A notebook, but not of the exercises.
    NoExercises(String),
}

/// The code cells of a notebook that holds exercises.
pub fn code_cells(bytes: &[u8]) -> Result<Vec<CodeCell>, Reason> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Reason::Unreadable("el archivo está vacío".to_owned()));
    }
    let text = decode(bytes);
    let text = notebook::standard_json(&text);
    let [cells, worksheets, metadata] = members(&text, ["cells", "worksheets", "metadata"])
        .map_err(|error| Reason::Unreadable(not_json(bytes, &error)))?;
    if cells.is_none() && worksheets.is_none() {
        let problem = "no es un cuaderno de Jupyter: le falta la lista «cells»";
        return Err(Reason::Unreadable(problem.to_owned()));
    }
    // nbformat 3 has cells in sheets.
    let mut all = elements(cells.unwrap_or("[]"), MOST_CELLS + 1).unwrap_or_default();
    for sheet in elements(worksheets.unwrap_or("[]"), MOST_CELLS).unwrap_or_default() {
        let [cells] = members(sheet, ["cells"]).unwrap_or_default();
        all.extend(elements(cells.unwrap_or("[]"), MOST_CELLS + 1 - all.len()).unwrap_or_default());
        if all.len() > MOST_CELLS {
            break;
        }
    }
    if all.len() > MOST_CELLS {
        let problem = format!("tiene más de {MOST_CELLS} celdas");
        return Err(Reason::Unreadable(problem));
    }
    let mut code = Vec::new();
    let mut title = None;
    for cell in all {
        let [kind, source, input, metadata] =
            members(cell, ["cell_type", "source", "input", "metadata"]).unwrap_or_default();
        let source = source.or(input);
        let kind = kind.and_then(value).unwrap_or_default();
        let kind = kind.as_str().unwrap_or_default();
        if kind == "markdown" && title.is_none() {
            title = source.and_then(heading);
        }
        let turned_into = turned::shown_kind(kind);
        if kind == "code" || (turned_into.is_some() && turned::may_be_code(source)) {
            code.push(CodeCell {
                turned_into,
                ..code_cell(code.len() + 1, source, metadata)?
            });
        }
    }
    turned::leave_out_prose(&mut code);
    if code.iter().map(|cell| cell.source.len()).sum::<usize>() > MOST_CODE {
        let problem = "tiene más de un millón de letras de código".to_owned();
        return Err(Reason::Unreadable(problem));
    }
    match exercises::any_in(&code) {
        true => Ok(code),
        false => Err(Reason::NoExercises(no_exercises(title, metadata))),
    }
}

fn code_cell(
    number: usize,
    source: Option<&str>,
    metadata: Option<&str>,
) -> Result<CodeCell, Reason> {
    let source = match source.map(value) {
        Some(None) => {
            let problem =
                format!("el código de la celda {number} no se puede leer: su JSON no es válido");
            return Err(Reason::Unreadable(problem));
        }
        source => notebook::text(&source.flatten().unwrap_or_default()),
    };
    let metadata = metadata.and_then(value).unwrap_or_default();
    let nbgrader = &metadata["nbgrader"];
    let tags = metadata["tags"].as_array().into_iter().flatten();
    let points = nbgrader["points"].as_f64();
    Ok(CodeCell {
        number,
        source: unix_lines(source),
        grade_id: nbgrader["grade_id"].as_str().map(str::to_owned),
        points: points.filter(|points| (0.0..=1e6).contains(points)),
        raises_exception: tags.into_iter().any(|tag| tag == "raises-exception"),
        turned_into: None,
    })
}

/// A small value, or none where the text is no such value or too large for one.
fn value(json: &str) -> Option<Value> {
    (json.len() <= 8 * MOST_CODE).then(|| serde_json::from_str(json).ok())?
}

/// rustc refuses a lone carriage return.
fn unix_lines(source: String) -> String {
    match source.contains('\r') {
        true => source.replace("\r\n", "\n").replace('\r', "\n"),
        false => source,
    }
}

fn no_exercises(title: Option<String>, metadata: Option<&str>) -> String {
    let metadata = metadata.and_then(value).unwrap_or_default();
    let language = [
        &metadata["kernelspec"]["language"],
        &metadata["language_info"]["name"],
        &metadata["kernelspec"]["name"],
    ];
    let python = language
        .iter()
        .filter_map(|language| language.as_str())
        .any(|language| language.to_lowercase().starts_with("python"));
    let mut problem = "no tiene ninguno de los ejercicios del curso".to_owned();
    if let Some(title) = title {
        problem += &format!("; se titula «{title}»");
    }
    if python {
        problem += "; es un cuaderno de Python";
    }
    problem
}

/// The first heading, cut to a line's length.
fn heading(source: &str) -> Option<String> {
    let text = notebook::text(&value(source)?);
    let line = text.lines().find(|line| line.starts_with("# "))?;
    Some(line[2..].trim().chars().take(60).collect())
}
