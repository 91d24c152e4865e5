//! `ex03 nbgrader`: a course folder for nbgrader, whose `autograde` asks `ex03 grade` in place of a
//! kernel.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use ex03_base::failure::usage;
use ex03_base::{files, notebook, project};
use serde_json::Value;

/// nbgrader's name for the three notebooks.
const ASSIGNMENT: &str = "ex03";
const STEPS: &str = include_str!("ex03_nbgrader.py");
const READING: &str = include_str!("ex03_reading.py");
const CONFIG: &str = include_str!("nbgrader_config.py");

/// Escribe un curso de nbgrader que califica con esta herramienta
#[derive(clap::Args)]
pub struct Options {
    /// Dónde se escribe el curso
    #[arg(value_name = "CARPETA")]
    folder: PathBuf,
    /// Dónde está este proyecto en la máquina de los estudiantes
    #[arg(long, value_name = "RUTA")]
    library: Option<PathBuf>,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let project = project::root();
    let library = options.library.as_ref().unwrap_or(&project);
    if !library.is_absolute() {
        return Err(usage(format!(
            "«{}» tiene que ser una ruta absoluta: la de la biblioteca en la máquina de los estudiantes",
            library.display()
        )));
    }
    let notebooks = options.folder.join("source").join(ASSIGNMENT);
    files::create_folder(&notebooks)?;
    for path in notebook::in_folder(&project::exercises())? {
        let mut notebook = notebook::read(&path)?;
        point_at(&mut notebook, library)?;
        let copy = notebooks.join(path.file_name().unwrap_or_default());
        write_once(&copy, &notebook::to_text(&notebook))?;
    }
    let tool = std::env::current_exe().context("no encuentro mi propio ejecutable")?;
    let tool = text_of(&tool)?;
    files::write(&options.folder.join("ex03_reading.py"), READING)?;
    let steps = STEPS.replace("@TOOL@", &escaped(tool));
    files::write(&options.folder.join("ex03_nbgrader.py"), &steps)?;
    let config = options.folder.join("nbgrader_config.py");
    let is_theirs = fs::read_to_string(&config).is_ok_and(|text| text != CONFIG);
    if !is_theirs {
        files::write(&config, CONFIG)?;
    }
    let folder = options.folder.display();
    println!("Curso de nbgrader en {folder}, con el ejercicio {ASSIGNMENT}.");
    if is_theirs {
        println!(
            "Añade a tu {} esta línea: load_subconfig(\"ex03_nbgrader.py\")",
            config.display()
        );
    }
    println!(
        "Ahí: nbgrader generate_assignment {ASSIGNMENT}, y cuando haya entregas, nbgrader autograde {ASSIGNMENT}. Se califica con {tool}, de {}.",
        project.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// A student's copy lies anywhere: it names the library's absolute path.
fn point_at(notebook: &mut Value, library: &Path) -> Result<()> {
    const RELATIVE: &str = "path = \"../..\"";
    let absolute = format!("path = \"{}\"", escaped(text_of(library)?));
    let cells = notebook["cells"].as_array_mut().into_iter().flatten();
    for cell in cells.filter(|cell| notebook::is_code(cell)) {
        let source = notebook::text(&cell["source"]);
        if source.contains(RELATIVE) {
            cell["source"] = notebook::lines(&source.replace(RELATIVE, &absolute));
        }
    }
    Ok(())
}

/// In a string of Python or of TOML.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn text_of(path: &Path) -> Result<&str> {
    path.to_str()
        .ok_or_else(|| anyhow!("{}: no es texto en UTF-8", path.display()))
}

/// Writes what is not there yet: a teacher may have changed it.
fn write_once(path: &Path, text: &str) -> Result<()> {
    match fs::read_to_string(path) {
        Ok(there) if there == text => Ok(()),
        Ok(_) => Err(usage(format!(
            "{} ya está, y es otro: muévelo o bórralo, y repite",
            path.display()
        ))),
        Err(_) => files::write(path, text),
    }
}
