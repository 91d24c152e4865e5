//! Jupyter notebooks as files: JSON that keeps the order of its keys, so that what is not changed
//! stays byte-equal.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::files;

/// A code cell as text, with what the course keeps in its metadata.
#[derive(Clone, Debug)]
pub struct CodeCell {
    /// Counted from 1 among the code cells.
    pub number: usize,
    pub source: String,
    /// nbgrader's `grade_id`, where the cell has one.
    pub grade_id: Option<String>,
    /// nbgrader's `points`, where the cell is a check.
    pub points: Option<f64>,
    /// The cell is there to show an error (nbclient's tag `raises-exception`): programs leave it
    /// out.
    pub raises_exception: bool,
    /// What JupyterLab calls the kind of cell that this one has become, where it is code no more.
    pub turned_into: Option<&'static str>,
}

/// Reads a notebook and sees that it has cells.
pub fn read(path: &Path) -> Result<Value> {
    let shown = path.display();
    let text = files::read(path)?;
    let notebook: Value = serde_json::from_str(&standard_json(text.trim_start_matches('\u{feff}')))
        .with_context(|| format!("{shown}: no es un cuaderno de Jupyter, su JSON no es válido"))?;
    if !notebook["cells"].is_array() {
        bail!("{shown}: no es un cuaderno de Jupyter: le falta la lista «cells»");
    }
    Ok(notebook)
}

/// What Python writes as JSON, as JSON: the numbers that the standard lacks become null. They stand in
/// outputs and in metadata that others wrote, of which nothing is asked.
pub fn standard_json(text: &str) -> Cow<'_, str> {
    const NUMBERS: [&str; 3] = ["NaN", "-Infinity", "Infinity"];
    if !NUMBERS.iter().any(|it| text.contains(it)) {
        return Cow::Borrowed(text);
    }
    let mut standard = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let number = NUMBERS.iter().find(|it| rest.starts_with(**it));
        let length = match number {
            Some(number) => number.len(),
            None if rest.starts_with('"') => string_length(rest),
            None => {
                let mut later = rest.char_indices().skip(1);
                let next = later.find(|(_, c)| "\"NI-".contains(*c));
                next.map_or(rest.len(), |(at, _)| at)
            }
        };
        standard += number.map_or(&rest[..length], |_| "null");
        rest = &rest[length..];
    }
    Cow::Owned(standard)
}

/// Of the string that a text begins with, with its quotes.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |end| end + 2)
}

/// The text of a notebook's file as Jupyter writes it: indented by one space, UTF-8 unescaped, a
/// newline at the end.
pub fn to_text(notebook: &Value) -> String {
    let pretty = serde_json::to_string_pretty(notebook).expect("a JSON value is JSON");
    let mut text = String::with_capacity(pretty.len());
    for line in pretty.lines() {
        // serde_json indents by two. A JSON string holds no raw newline, so what a line begins with
        // is indentation.
        let content = line.trim_start_matches(' ');
        text += &line[..(line.len() - content.len()) / 2];
        text += content;
        text.push('\n');
    }
    text
}

/// The notebooks right in a folder, by name.
pub fn in_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{}: no se puede leer", folder.display()))?;
    let mut notebooks: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "ipynb")
        })
        .collect();
    notebooks.sort();
    Ok(notebooks)
}

pub fn code_cells(notebook: &Value) -> Vec<CodeCell> {
    let cells = notebook["cells"].as_array().into_iter().flatten();
    cells
        .filter(|cell| is_code(cell))
        .enumerate()
        .map(|(i, cell)| {
            let metadata = &cell["metadata"];
            let nbgrader = &metadata["nbgrader"];
            let tags = metadata["tags"].as_array().into_iter().flatten();
            CodeCell {
                number: i + 1,
                source: text(&cell["source"]),
                grade_id: nbgrader["grade_id"].as_str().map(str::to_owned),
                points: nbgrader["points"].as_f64(),
                raises_exception: tags.into_iter().any(|tag| tag == "raises-exception"),
                turned_into: None,
            }
        })
        .collect()
}

pub fn is_code(cell: &Value) -> bool {
    cell["cell_type"] == "code"
}

/// Notebooks hold text as one string or as a list of lines.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        _ => String::new(),
    }
}

/// Text as a list of lines, the form that Jupyter writes and diffs read well.
pub fn lines(text: &str) -> Value {
    text.split_inclusive('\n').map(Value::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_s_numbers_become_null_and_texts_stay() {
        for (python, standard) in [
            ("{\"a\": 1}", "{\"a\": 1}"),
            ("[NaN, -Infinity,Infinity]", "[null, null,null]"),
            ("{\"NaN\": \"Infinity\"}", "{\"NaN\": \"Infinity\"}"),
            (
                "[\"\\\"\", NaN, \"\\\\\", NaN]",
                "[\"\\\"\", null, \"\\\\\", null]",
            ),
            ("[-1, \"é\", NaNé, \"NaN", "[-1, \"é\", nullé, \"NaN"),
        ] {
            assert_eq!(standard_json(python), standard);
        }
    }
}
