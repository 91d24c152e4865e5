//! `ex03 release`: the students' notebooks from the solved ones, a bundle to hand out, and pages of the solved ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ex03_base::failure::usage;
use ex03_base::{files, notebook, project};
use serde_json::{Value, json};

use crate::export;

const SOLVED: &str = "notebooks/soluciones";
const STUDENT: &str = "notebooks/ejercicios";
/// What the README shows.
const PICTURE: &str = ".github/frontera.svg";
const BEGIN: &str = "// BEGIN SOLUTION";
const END: &str = "// END SOLUTION";

/// What a student needs to run the notebooks, beside the notebooks. What does not exist is left out.
const BUNDLED: [&str; 7] = [
    "Cargo.lock",
    "README.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "LICENSE",
    ".gitignore",
    "src",
];

/// The manifests of the packages that have tests, which a bundle does not hold.
const MANIFESTS: [&str; 3] = [
    "Cargo.toml",
    "src/course/Cargo.toml",
    "src/grading/Cargo.toml",
];

#[derive(clap::Args)]
pub struct Options {
    /// Dónde se escribe el paquete para estudiantes: los cuadernos y la biblioteca, sin soluciones
    #[arg(value_name = "CARPETA")]
    bundle: Option<PathBuf>,
    /// Escribe los cuadernos resueltos como páginas que se leen sin red ni Jupyter
    #[arg(long, value_name = "CARPETA")]
    html: Option<PathBuf>,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let root = project::root();
    if let Some(html) = &options.html {
        keep_apart(html, options.bundle.as_deref())?;
    }
    // What needs no Python comes first: it is there even where the pages fail.
    match options {
        Options {
            bundle: Some(folder),
            ..
        } => println!("{}", bundle(&root, folder)?),
        Options { html: None, .. } => println!("{}", renew(&root)?),
        _ => {}
    }
    if let Some(folder) = &options.html {
        let solved = notebook::in_folder(&root.join(SOLVED))?;
        export::pages(&solved, folder)?;
        println!(
            "{} páginas, con las soluciones, en {}",
            solved.len(),
            folder.display()
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses a folder for the pages that students would get with their bundle.
fn keep_apart(html: &Path, bundle: Option<&Path>) -> Result<()> {
    let whole = |path: &Path| {
        std::path::absolute(path).with_context(|| format!("{}: no es una ruta", path.display()))
    };
    let html = whole(html)?;
    let bundle = bundle.map(whole).transpose()?;
    if html
        .ancestors()
        .any(|it| Some(it) == bundle.as_deref() || is_bundle(it))
    {
        return Err(usage(format!(
            "{} está en la entrega para estudiantes, y las páginas tienen las soluciones: elige otra carpeta para --html",
            html.display()
        )));
    }
    Ok(())
}

/// Writes the students' notebooks of the project.
fn renew(root: &Path) -> Result<String> {
    let derived = derive_all(root)?;
    let folder = root.join(STUDENT);
    let used: Vec<String> = derived
        .iter()
        .map(|(name, _)| folder.join(name))
        .filter(|path| path.exists() && notebook::read(path).is_ok_and(|old| was_run(&old)))
        .map(|path| path.display().to_string())
        .collect();
    if !used.is_empty() {
        return Err(anyhow!(
            "alguien ha trabajado en {}: guárdalo en otra parte o bórralo, y repite",
            used.join(", ")
        ));
    }
    files::create_folder(&folder)?;
    for (name, text) in &derived {
        files::write(&folder.join(name), text)?;
    }
    write_picture(root, root)?;
    Ok(format!("{} cuadernos escritos en {STUDENT}", derived.len()))
}

/// Writes a bundle for students: all they need to run, no solutions, no tests.
fn bundle(root: &Path, folder: &Path) -> Result<String> {
    let derived = derive_all(root)?;
    if !is_new(folder) && !is_bundle(folder) {
        return Err(usage(format!(
            "{} no está vacía ni es una entrega anterior: elige otra carpeta",
            folder.display()
        )));
    }
    files::create_folder(&folder.join(STUDENT))?;
    for name in BUNDLED {
        let from = root.join(name);
        if from.exists() {
            files::copy(&from, &folder.join(name))?;
        }
    }
    for manifest in MANIFESTS {
        let text = files::read(&root.join(manifest))?;
        files::write(&folder.join(manifest), &without_tests(&text))?;
    }
    write_picture(root, folder)?;
    let mut kept = Vec::new();
    for (name, text) in &derived {
        let path = folder.join(STUDENT).join(name);
        if path.exists() && files::read(&path)? != *text {
            kept.push(name.as_str());
        } else {
            files::write(&path, text)?;
        }
    }
    let mut message = format!("entrega lista en {}", folder.display());
    if !kept.is_empty() {
        message += &format!(
            "\nse conservan, porque difieren de los nuevos: {}; para renovarlos, bórralos y repite",
            kept.join(", ")
        );
    }
    Ok(message)
}

fn write_picture(root: &Path, folder: &Path) -> Result<()> {
    files::create_folder(&folder.join(".github"))?;
    files::write(&folder.join(PICTURE), &boundary(root)?)
}

/// The boundary of the trained network, as the solved notebook shows it.
fn boundary(root: &Path) -> Result<String> {
    let solved = notebook::read(&root.join(SOLVED).join("3_red_neuronal.ipynb"))?;
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

/// Name and text of each student notebook.
fn derive_all(root: &Path) -> Result<Vec<(String, String)>> {
    let solved = notebook::in_folder(&root.join(SOLVED))?;
    solved
        .iter()
        .map(|path| {
            let student = student_version(notebook::read(path)?)
                .with_context(|| path.display().to_string())?;
            let name = path.file_name().expect("a listed file has a name");
            Ok((
                name.to_string_lossy().into_owned(),
                notebook::to_text(&student),
            ))
        })
        .collect()
}

/// A solved notebook without outputs and without what stands between the solution's marks.
fn student_version(mut solved: Value) -> Result<Value> {
    let cells = solved["cells"].as_array_mut().into_iter().flatten();
    for (i, cell) in cells.filter(|cell| notebook::is_code(cell)).enumerate() {
        cell["outputs"] = json!([]);
        cell["execution_count"] = Value::Null;
        let source = notebook::text(&cell["source"]);
        let student = replace_solutions(&source).with_context(|| format!("celda {}", i + 1))?;
        if student != source {
            cell["source"] = match cell["source"] {
                Value::String(_) => Value::String(student),
                _ => notebook::lines(&student),
            };
        }
    }
    Ok(solved)
}

/// Puts each region's stub, written behind its BEGIN mark, in the region's place.
fn replace_solutions(source: &str) -> Result<String> {
    let mut student = String::new();
    let mut begun = None;
    for (i, line) in source.split_inclusive('\n').enumerate() {
        let number = i + 1;
        let code = line.trim();
        if let Some(stub) = code.strip_prefix(BEGIN) {
            if begun.is_some() {
                return Err(anyhow!("línea {number}: «{BEGIN}» dentro de otra solución"));
            }
            let stub = stub.strip_prefix(':').unwrap_or_default().trim();
            if stub.is_empty() {
                return Err(anyhow!(
                    "línea {number}: tras «{BEGIN}:» falta lo que el estudiante encuentra en su lugar"
                ));
            }
            let indent = &line[..line.len() - line.trim_start().len()];
            student += &format!("{indent}{stub}\n");
            begun = Some(number);
        } else if code == END {
            if begun.take().is_none() {
                return Err(anyhow!("línea {number}: «{END}» sin «{BEGIN}»"));
            }
        } else if code.contains("BEGIN SOLUTION") || code.contains("END SOLUTION") {
            return Err(anyhow!(
                "línea {number}: la marca debe ocupar la línea entera"
            ));
        } else if begun.is_none() {
            student += line;
        }
    }
    match begun {
        Some(number) => Err(anyhow!("línea {number}: «{BEGIN}» sin «{END}»")),
        None => Ok(student),
    }
}

/// A derived notebook has neither outputs nor execution counts.
fn was_run(notebook: &Value) -> bool {
    let cells = notebook["cells"].as_array().into_iter().flatten();
    cells.filter(|cell| notebook::is_code(cell)).any(|cell| {
        !cell["execution_count"].is_null()
            || cell["outputs"]
                .as_array()
                .is_some_and(|outputs| !outputs.is_empty())
    })
}

/// The manifest without the targets that a bundle does not hold. They are whole tables whose lines are left out, which is less than a
/// parser of TOML would add to a student's first `cargo run`.
fn without_tests(manifest: &str) -> String {
    let mut dropping = false;
    let mut kept = String::new();
    for line in manifest.split_inclusive('\n') {
        if line.starts_with('[') {
            dropping = ["[[test]]", "[[bench]]", "[[example]]"].contains(&line.trim());
        }
        if !dropping {
            kept += line;
        }
    }
    kept
}

fn is_new(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !folder.exists(),
    }
}

/// The project itself is none: it has the solutions.
fn is_bundle(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.contains("name = \"ex03_utils\"")
        && folder.join(STUDENT).is_dir()
        && !folder.join(SOLVED).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stub_takes_the_solution_s_place_and_nothing_else_changes() {
        let solved = "fn f() -> u8 {\n    // pista\n    // BEGIN SOLUTION: todo!(\"f\")\n    let one = 1;\n    one\n    // END SOLUTION\n}";
        let student = "fn f() -> u8 {\n    // pista\n    todo!(\"f\")\n}";
        assert_eq!(replace_solutions(solved).unwrap(), student);
        assert_eq!(replace_solutions(student).unwrap(), student);
    }

    #[test]
    fn malformed_marks_are_refused_with_their_line() {
        for (source, line) in [
            ("// BEGIN SOLUTION: todo!()\n1", 1),
            ("1\n// END SOLUTION", 2),
            ("// BEGIN SOLUTION\n1\n// END SOLUTION", 1),
            ("// BEGIN SOLUTION:  \n1\n// END SOLUTION", 1),
            (
                "// BEGIN SOLUTION: todo!()\n// BEGIN SOLUTION: todo!()\n// END SOLUTION",
                2,
            ),
            (
                "let a = 1; // BEGIN SOLUTION: todo!()\n1\n// END SOLUTION",
                1,
            ),
            ("// BEGIN SOLUTION: todo!()\n1 // END SOLUTION", 2),
        ] {
            let error = replace_solutions(source).unwrap_err();
            assert!(
                error.to_string().starts_with(&format!("línea {line}: ")),
                "{source:?}: {error}"
            );
        }
    }

    #[test]
    fn a_derived_notebook_has_no_outputs_and_counts_as_not_run() {
        let cell = |source| {
            json!({"cell_type": "code", "id": "a", "execution_count": 3, "metadata": {},
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}], "source": source})
        };
        let solved = json!({"cells": [cell(json!("1")), cell(json!(["// BEGIN SOLUTION: todo!()\n", "1\n", "// END SOLUTION"]))]});
        assert!(was_run(&solved));
        let student = student_version(solved).unwrap();
        assert!(!was_run(&student));
        assert_eq!(student["cells"][0]["source"], json!("1"));
        assert_eq!(student["cells"][1]["source"], json!(["todo!()\n"]));
    }

    #[test]
    fn a_bundle_s_manifest_names_no_tests() {
        let manifest = "[package]\nname = \"a\"\n\n[[test]]\nname = \"t\"\n\n[[bin]]\nname = \"b\"\n\n[[bench]]\nname = \"c\"\n";
        assert_eq!(
            without_tests(manifest),
            "[package]\nname = \"a\"\n\n[[bin]]\nname = \"b\"\n\n"
        );
    }
}
