//! The solved notebooks as pages to read: each an HTML file that needs nothing but itself.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use ex03_base::files;
use ex03_base::process::{self, Ended};

use crate::jupyter;
use crate::places::{self, Cache};

const EXPORT: &str = include_str!("export.py");
const PAGE: &str = include_str!("page.html.j2");
const STYLE: &str = include_str!("page.css");

/// Converting takes seconds.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(300);

/// Writes a page for each notebook into the folder, over those of an earlier time.
///
/// # Errors
///
/// One line, when the Python environment is not set up or a page cannot be written.
pub fn pages(notebooks: &[PathBuf], folder: &Path) -> Result<()> {
    let environment = Cache::find()?.python();
    if !environment.is_ready() {
        bail!(
            "las páginas necesitan el entorno de Python, y no está preparado: cargo run -- setup, y repite la orden"
        );
    }
    files::create_folder(folder)?;
    let mut python = jupyter::python(&environment)?;
    python
        .args(["-c", EXPORT, PAGE, STYLE])
        .arg(folder)
        .args(notebooks);
    let log = places::jupyter().join("paginas.log");
    match process::run(&mut python, &log, LIMIT, |_| {})? {
        Ended::Well(_) => Ok(()),
        _ => bail!(
            "no he podido escribir las páginas en {}: mira por qué en {}",
            folder.display(),
            log.display()
        ),
    }
}
