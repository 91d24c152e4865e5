//! Finds what was handed in: notebooks in folders and archives, and what cannot be read in their
//! place.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use ex03_base::failure::usage;
use ex03_base::interrupt;

use super::archive::{Place, Reader};
use super::file::Problem;
use super::owner::owner;

/// Folders in folders, and archives in archives.
const DEEPEST: usize = 30;
const MOST_NESTED: usize = 2;

/// A file that a student handed in.
pub struct Found {
    /// Its path's components, from the root of the file system or of what is known of it;
    /// archives' names without their ending.
    pub parts: Vec<String>,
    /// The path as the user gave it.
    pub path: String,
    /// Where to read it, or why not.
    pub place: Result<Place, Problem>,
    /// Whether it is another file than a notebook. It matters only where the student handed in no
    /// notebook.
    pub is_other: bool,
}

#[derive(Default)]
pub struct Walk {
    pub found: Vec<Found>,
    reader: Reader,
}

/// A place among folders: what names the student, and what the user reads.
#[derive(Clone)]
struct Here {
    parts: Vec<String>,
    path: String,
}

impl Here {
    fn enter(&self, name: &str) -> Here {
        let mut parts = self.parts.clone();
        parts.push(name.to_owned());
        let path = format!("{}/{name}", self.path.trim_end_matches('/'));
        Here { parts, path }
    }
}

impl Walk {
    /// What the user names: whatever its ending, it is read.
    pub fn root(&mut self, path: &Path) -> Result<()> {
        let shown = path.display().to_string();
        let real = path
            .canonicalize()
            .map_err(|error| usage(format!("{shown}: no se puede leer: {error}")))?;
        let parts = real
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned());
        let here = Here {
            parts: parts.collect(),
            path: shown,
        };
        if real.is_dir() {
            self.folder(&real, &real, &here, 0)?;
        } else if is_archive(&here.parts) {
            self.archive(Place::Disk(real), here, 0)?;
        } else {
            self.add(here, Ok(Place::Disk(real)), false);
        }
        Ok(())
    }

    fn folder(&mut self, root: &Path, folder: &Path, here: &Here, depth: usize) -> Result<()> {
        let mut entries: Vec<_> = match fs::read_dir(folder) {
            Ok(entries) => entries.flatten().collect(),
            Err(error) => {
                let problem = format!("la carpeta no se puede leer: {error}");
                self.add(here.clone(), Err(problem), false);
                return Ok(());
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            interrupt::check()?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_hidden(&name) {
                continue;
            }
            let path = entry.path();
            let here = here.enter(&name);
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let leaves = is_link && !path.canonicalize().is_ok_and(|real| real.starts_with(root));
            if leaves && (is_notebook(&here.parts) || is_archive(&here.parts)) {
                let problem = "es un enlace que sale de la carpeta, o que no lleva a ningún sitio";
                self.add(here, Err(problem.to_owned()), false);
            } else if path.is_dir() && is_notebook(&here.parts) {
                let problem = "es una carpeta, no un cuaderno".to_owned();
                self.add(here, Err(problem), false);
            } else if path.is_dir() {
                // A link to a folder of the same root is walked where the folder is.
                if !is_link && depth < DEEPEST {
                    self.folder(root, &path, &here, depth + 1)?;
                }
            } else if !leaves {
                self.file(Place::Disk(path), here, 0, None)?;
            }
        }
        Ok(())
    }

    fn file(
        &mut self,
        place: Place,
        here: Here,
        nested: usize,
        refused: Option<Problem>,
    ) -> Result<()> {
        let place = match refused {
            Some(problem) => Err(problem),
            None => Ok(place),
        };
        match place {
            Ok(place) if is_archive(&here.parts) && nested < MOST_NESTED => {
                self.archive(place, here, nested)?;
            }
            place if is_notebook(&here.parts) || is_archive(&here.parts) => {
                self.add(here, place, false);
            }
            place => {
                if owner(&here.parts).is_some() && !is_of_nbgrader(&here.parts) {
                    self.add(here, place, true);
                }
            }
        }
        Ok(())
    }

    fn archive(&mut self, place: Place, here: Here, nested: usize) -> Result<()> {
        let place = Arc::new(place);
        let members = match self.reader.members(&place) {
            Ok(members) => members,
            Err(problem) => {
                self.add(here, Err(problem), false);
                return Ok(());
            }
        };
        let mut inside = here.clone();
        if let Some(name) = inside.parts.last_mut() {
            name.truncate(name.len() - ".zip".len());
        }
        for member in members {
            interrupt::check()?;
            if member.parts.is_empty() || member.parts.iter().any(|part| is_hidden(part)) {
                continue;
            }
            let mut here = inside.clone();
            for part in &member.parts {
                here = here.enter(part);
            }
            let place = Place::Member {
                archive: place.clone(),
                index: member.index,
            };
            self.file(place, here, nested + 1, member.refused)?;
        }
        Ok(())
    }

    fn add(&mut self, here: Here, place: Result<Place, Problem>, is_other: bool) {
        self.found.push(Found {
            parts: here.parts,
            path: here.path,
            place,
            is_other,
        });
    }
}

/// What systems and Jupyter add.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}

/// What nbgrader puts beside the notebooks.
fn is_of_nbgrader(parts: &[String]) -> bool {
    ends_with(parts, &["timestamp.txt", "submission_secret.txt"])
}

/// Browsers like to add an ending.
fn is_notebook(parts: &[String]) -> bool {
    ends_with(parts, &[".ipynb", ".ipynb.txt", ".ipynb.json"])
}

fn is_archive(parts: &[String]) -> bool {
    ends_with(parts, &[".zip"])
}

fn ends_with(parts: &[String], endings: &[&str]) -> bool {
    let name = parts
        .last()
        .map(|name| name.to_lowercase())
        .unwrap_or_default();
    endings.iter().any(|ending| name.ends_with(ending))
}
