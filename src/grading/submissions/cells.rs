//! From a file's bytes to a notebook's code cells, whatever the file is.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::error::Category;

use super::json::{elements, members};
use crate::grades::EXERCISES;
use ex03_base::notebook::{self, CodeCell};

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
        match kind.and_then(value).as_ref().and_then(Value::as_str) {
            Some("code") => code.push(code_cell(code.len() + 1, source, metadata)?),
            Some("markdown") if title.is_none() => title = source.and_then(heading),
            _ => {}
        }
    }
    if code.iter().map(|cell| cell.source.len()).sum::<usize>() > MOST_CODE {
        let problem = "tiene más de un millón de letras de código".to_owned();
        return Err(Reason::Unreadable(problem));
    }
    match has_exercises(&code) {
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

/// A notebook to grade has checks or functions of the exercises.
fn has_exercises(cells: &[CodeCell]) -> bool {
    EXERCISES.iter().any(|exercise| {
        cells.iter().any(|cell| {
            let id = cell.grade_id.as_deref().unwrap_or_default();
            id.strip_prefix("check_").unwrap_or(id) == *exercise || mentions(&cell.source, exercise)
        })
    })
}

/// `fn name(`, `fn name<`, `let name =`: with whatever spaces between.
fn mentions(source: &str, name: &str) -> bool {
    source.match_indices(name).any(|(at, _)| {
        let before = source[..at].trim_end();
        let after = source[at + name.len()..].trim_start();
        let is_function = before.ends_with("fn") && after.starts_with(['(', '<']);
        let is_closure = before.ends_with("let") && after.starts_with(['=', ':']);
        before.len() < at && (is_function || is_closure)
    })
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
    let mut problem = "no tiene ninguno de los ocho ejercicios".to_owned();
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

/// Text in any encoding that editors write. Bytes that fit none of them are replaced; they mostly
/// stand in comments.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => from_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => from_utf16(rest, u16::from_be_bytes),
        [b'{', 0, ..] => from_utf16(bytes, u16::from_le_bytes),
        [0, b'{', ..] => from_utf16(bytes, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes),
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'_, str> {
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
    Cow::Owned(String::from_utf16_lossy(&units))
}

/// Says what a file is if it is no JSON.
fn not_json(bytes: &[u8], error: &serde_json::Error) -> String {
    let start = bytes.trim_ascii_start();
    let lower = start[..start.len().min(20)].to_ascii_lowercase();
    let kind = match start {
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            "una imagen"
        }
        [b'%', b'P', b'D', b'F', ..] => "un PDF",
        [b'P', b'K', 3, 4, ..] => "un archivo comprimido, o de Word",
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xbc, ..] | [0x1f, 0x8b, ..] => {
            "un archivo comprimido"
        }
        _ if lower.starts_with(b"<!doctype") || lower.starts_with(b"<html") => {
            "una página web; el cuaderno se descarga desde JupyterLab con File > Download"
        }
        _ if error.classify() == Category::Eof => {
            return "no es un cuaderno completo: se corta antes del final".to_owned();
        }
        _ => {
            return format!(
                "no es un cuaderno de Jupyter: su JSON no es válido en la línea {}, columna {}",
                error.line(),
                error.column()
            );
        }
    };
    format!("no es un cuaderno de Jupyter: es {kind}")
}
