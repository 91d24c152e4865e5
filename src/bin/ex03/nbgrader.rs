//! `ex03 nbgrader`: a course folder for nbgrader, whose `autograde` asks `ex03 grade` in place of a kernel.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

use crate::{bad_argument, notebook, places};

/// nbgrader's name for the three notebooks.
const ASSIGNMENT: &str = "ex03";
const STEPS: &str = include_str!("nbgrader/ex03_nbgrader.py");
const CONFIG: &str = include_str!("nbgrader/nbgrader_config.py");

struct Options {
    folder: PathBuf,
    library: PathBuf,
}

pub fn run(arguments: &[OsString]) -> Result<ExitCode, String> {
    let options = options(arguments)?;
    let project = places::project();
    let notebooks = options.folder.join("source").join(ASSIGNMENT);
    fs::create_dir_all(&notebooks).map_err(|error| unwritable(&notebooks, &error))?;
    for path in notebook::in_folder(&places::exercises())? {
        let mut notebook = notebook::read(&path)?;
        point_at(&mut notebook, &options.library)?;
        let copy = notebooks.join(path.file_name().unwrap_or_default());
        write_once(&copy, &notebook::to_text(&notebook))?;
    }
    let tool = std::env::current_exe()
        .map_err(|error| format!("no encuentro mi propio ejecutable: {error}"))?;
    let tool = text_of(&tool)?;
    let steps = options.folder.join("ex03_nbgrader.py");
    fs::write(&steps, STEPS.replace("@TOOL@", &escaped(tool)))
        .map_err(|error| unwritable(&steps, &error))?;
    let config = options.folder.join("nbgrader_config.py");
    let is_theirs = fs::read_to_string(&config).is_ok_and(|text| text != CONFIG);
    if !is_theirs {
        fs::write(&config, CONFIG).map_err(|error| unwritable(&config, &error))?;
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

fn options(arguments: &[OsString]) -> Result<Options, String> {
    let mut folder = None;
    let mut library = None;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(bad_argument)? {
        match argument {
            lexopt::Arg::Long("library") => {
                library = Some(PathBuf::from(parser.value().map_err(bad_argument)?));
            }
            lexopt::Arg::Value(value) if folder.is_none() => folder = Some(value.into()),
            other => return Err(bad_argument(other.unexpected())),
        }
    }
    let folder = folder.ok_or("falta la carpeta del curso: cargo run -- nbgrader CARPETA")?;
    let library = library.unwrap_or_else(places::project);
    if !library.is_absolute() {
        return Err(format!(
            "«{}» tiene que ser una ruta absoluta: la de la biblioteca en la máquina de los estudiantes",
            library.display()
        ));
    }
    Ok(Options { folder, library })
}

/// A student's copy lies anywhere: it names the library's absolute path.
fn point_at(notebook: &mut Value, library: &Path) -> Result<(), String> {
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

fn text_of(path: &Path) -> Result<&str, String> {
    path.to_str()
        .ok_or_else(|| format!("{}: no es texto en UTF-8", path.display()))
}

/// Writes what is not there yet: a teacher may have changed it.
fn write_once(path: &Path, text: &str) -> Result<(), String> {
    match fs::read_to_string(path) {
        Ok(there) if there == text => Ok(()),
        Ok(_) => Err(format!(
            "{} ya está, y es otro: muévelo o bórralo, y repite",
            path.display()
        )),
        Err(_) => fs::write(path, text).map_err(|error| unwritable(path, &error)),
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> String {
    format!("{}: no se puede escribir: {error}", path.display())
}
