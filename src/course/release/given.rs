//! The cells of the students' notebooks as they are handed out, which are compiled ahead while JupyterLab
//! is open (`ahead`). A student's own notebook is not run for that.

use std::path::Path;

use anyhow::Result;
use ex03_base::{files, notebook};
use serde_json::{Value, json};

const GIVEN: &str = "src/course/given.json";

/// Writes them below `folder`: for each derived notebook, a list of its cells.
pub fn write(derived: &[(String, String)], folder: &Path) -> Result<()> {
    let mut given = Vec::new();
    for (_, text) in derived {
        let cells = notebook::code_cells(&serde_json::from_str::<Value>(text)?);
        given.push(json!(
            cells.into_iter().map(|it| it.source).collect::<Vec<_>>()
        ));
    }
    let path = folder.join(GIVEN);
    files::create_folder(path.parent().unwrap_or(folder))?;
    files::write_if_other(&path, &notebook::to_text(&json!(given)))
}
