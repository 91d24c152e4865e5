//! The network of the solved notebook, alive in a page of its own, for whoever only wants to see. The
//! notebook's output has it already; its functions' text is not in it.

use std::path::Path;

use anyhow::{Result, bail};
use ex03_base::{files, notebook};

/// Writes the page.
pub fn write(solved: &Path, page: &Path) -> Result<()> {
    files::write(page, &document(&figure(solved)?))
}

fn figure(solved: &Path) -> Result<String> {
    let solved = notebook::read(&solved.join("3_red_neuronal.ipynb"))?;
    let cells = solved["cells"].as_array().into_iter().flatten();
    let shown = cells
        .filter(|cell| cell["id"] == "patio")
        .flat_map(|cell| cell["outputs"].as_array().into_iter().flatten())
        .map(|output| notebook::text(&output["data"]["text/html"]))
        .collect::<String>();
    if !shown.contains("<script>") {
        bail!(
            "la celda patio del cuaderno 3 resuelto no muestra ninguna red viva: ejecútala con el núcleo del curso"
        );
    }
    Ok(shown)
}

fn document(figure: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"es\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Tu primera red neuronal</title>\n\
         <style>body {{ max-width: 800px; margin: 1rem auto; padding: 0 12px; font: 16px/1.5 system-ui, sans-serif }} h1 {{ font-size: 1.4rem }} \
         @media (prefers-color-scheme: dark) {{ body {{ color: #ddd; background: #1b1b1b }} }}</style>\n\
         <h1>Tu primera red neuronal</h1>\n\
         <p>Esta red tiene una capa oculta, se entrena en tu navegador, y en el curso la escribes tú. Mueve los controles.</p>\n\
         {figure}\n</html>\n"
    )
}
