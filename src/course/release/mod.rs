//! `ex03 release`: the students' notebooks from the solved ones, a bundle to hand out, and pages of
//! the solved ones.

mod bundle;
mod given;
mod live;
pub mod offline;
mod picture;
mod student;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use ex03_base::failure::usage;
use ex03_base::{files, notebook, project};

use crate::export;

#[derive(clap::Args)]
pub struct Options {
    /// Dónde se escribe el paquete para estudiantes: los cuadernos y la biblioteca, sin soluciones
    #[arg(value_name = "CARPETA")]
    bundle: Option<PathBuf>,
    /// Añade al paquete lo que se descarga, para un aula sin red con máquinas como esta
    #[arg(long, requires = "bundle")]
    offline: bool,
    /// Escribe los cuadernos resueltos como páginas que se leen sin red ni Jupyter
    #[arg(long, value_name = "CARPETA")]
    html: Option<PathBuf>,
    /// Escribe la red del cuaderno 3 resuelto, viva y sin su código, como una página
    #[arg(long, value_name = "ARCHIVO")]
    live: Option<PathBuf>,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    if let Some(html) = &options.html {
        keep_apart(html, options.bundle.as_deref())?;
    }
    // What needs no Python comes first: it is there even where the pages fail.
    match options {
        Options {
            bundle: Some(folder),
            ..
        } => {
            println!("{}", bundle::write(&project::root(), folder)?);
            if options.offline {
                println!("{}", offline::add_to(folder)?);
            }
        }
        Options {
            html: None,
            live: None,
            ..
        } => println!("{}", renew()?),
        _ => {}
    }
    if let Some(page) = &options.live {
        live::write(&project::solutions(), page)?;
        println!("La red viva, en {}", page.display());
    }
    if let Some(folder) = &options.html {
        let solved = notebook::in_folder(&project::solutions())?;
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
        .any(|it| Some(it) == bundle.as_deref() || bundle::is_bundle(it))
    {
        return Err(usage(format!(
            "{} está en la entrega para estudiantes, y las páginas tienen las soluciones: elige otra carpeta para --html",
            html.display()
        )));
    }
    Ok(())
}

/// Writes the students' notebooks of the project.
fn renew() -> Result<String> {
    let derived = student::derive_all(&project::solutions())?;
    let folder = project::exercises();
    let used: Vec<String> = derived
        .iter()
        .map(|(name, _)| folder.join(name))
        .filter(|path| {
            path.exists() && notebook::read(path).is_ok_and(|old| student::was_run(&old))
        })
        .map(|path| path.display().to_string())
        .collect();
    if !used.is_empty() {
        bail!(
            "alguien ha trabajado en {}: guárdalo en otra parte o bórralo, y repite",
            used.join(", ")
        );
    }
    files::create_folder(&folder)?;
    for (name, text) in &derived {
        files::write(&folder.join(name), text)?;
    }
    given::write(&derived, &project::root())?;
    picture::write(&project::solutions(), &project::root())?;
    Ok(format!(
        "{} cuadernos escritos en {}",
        derived.len(),
        folder.display()
    ))
}
