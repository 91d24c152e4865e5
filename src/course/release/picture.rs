//! The picture that the README shows: the boundary of the trained network, taken from the solved
//! notebook's output.

use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ex03_base::{files, notebook};

const PICTURE: &str = ".github/frontera.svg";

/// Writes it below `folder`.
pub fn write(solved: &Path, folder: &Path) -> Result<()> {
    files::write_if_other(&folder.join(PICTURE), &boundary(solved)?)
}

/// The boundary of the trained network, as the solved notebook shows it.
fn boundary(solved: &Path) -> Result<String> {
    let solved = notebook::read(&solved.join("3_red_neuronal.ipynb"))?;
    let cells = solved["cells"].as_array().into_iter().flatten();
    let shown = cells
        .filter(|cell| cell["id"] == "frontera-entrenada")
        .flat_map(|cell| cell["outputs"].as_array().into_iter().flatten())
        .map(|output| notebook::text(&output["data"]["text/html"]))
        .collect::<String>();
    shown
        .split_once("data:image/svg+xml;base64,")
        .and_then(|(_, rest)| rest.split_once('"'))
        .and_then(|(encoded, _)| BASE64_STANDARD.decode(encoded).ok())
        .and_then(|svg| String::from_utf8(svg).ok())
        .context("la celda frontera-entrenada del cuaderno 3 resuelto no muestra ninguna figura")
}
