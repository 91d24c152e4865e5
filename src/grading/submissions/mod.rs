//! What a class handed in: found, named, and read one file at a time.
//!
//! Nothing is written, and nothing stops the batch: a file that cannot be read comes with the
//! reason in Spanish.

mod archive;
mod cells;
mod exercises;
mod file;
mod json;
mod names;
mod owner;
mod text;
mod turned;
mod walk;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::PathBuf;

use anyhow::{Result, bail};
use ex03_base::notebook::CodeCell;

use self::archive::{Place, Reader};
pub use self::cells::{Reason, code_cells};
pub use self::file::Problem;
pub use self::turned::noted;

/// A class's files, none of them read yet.
pub struct Class {
    files: Vec<File>,
}

struct File {
    student: String,
    name: String,
    path: String,
    place: Result<Place, Problem>,
}

/// One submission, read.
pub struct Handed {
    /// Whose it is, as far as the path tells; unique in a class.
    pub name: String,
    /// As the user gave it; of a file in an archive, the archive's path and the name within.
    pub path: String,
    /// The code cells, or why there are none to grade.
    pub cells: Result<Vec<CodeCell>, Problem>,
}

/// Looks for notebooks in files, folders and archives.
pub fn find(paths: &[PathBuf]) -> Result<Class> {
    let mut walk = walk::Walk::default();
    for path in paths {
        walk.root(path)?;
    }
    let students = names::students(&walk.found);
    let with_notebook = walk.found.iter().zip(&students);
    let mut with_file: HashSet<String> = with_notebook
        .filter(|(file, _)| !file.is_other)
        .map(|(_, student)| student.key.clone())
        .collect();
    // Other files matter only where a student handed in no notebook. Then one row says so.
    let kept: Vec<_> = (walk.found.into_iter().zip(students))
        .filter(|(file, student)| !file.is_other || with_file.insert(student.key.clone()))
        .collect();
    let names = names::names(&kept);
    let mut files: Vec<File> = kept
        .into_iter()
        .zip(names)
        .map(|((file, student), name)| File {
            student: student.key,
            name,
            place: match file.is_other {
                true => Err(no_notebook(&file.parts)),
                false => file.place,
            },
            path: file.path,
        })
        .collect();
    if files.is_empty() {
        bail!("ningún cuaderno (.ipynb) en lo que indicas");
    }
    // A student's files together, the students in the order of their first file.
    let mut order = HashMap::new();
    for file in &files {
        let next = order.len();
        order.entry(file.student.clone()).or_insert(next);
    }
    files.sort_by_key(|file| order[&file.student]);
    Ok(Class { files })
}

fn no_notebook(parts: &[String]) -> Problem {
    let name = parts.last().map_or("", |name| name);
    format!("no entregó ningún cuaderno (.ipynb), sino «{name}»")
}

impl Class {
    /// How many files there are; a student's notebooks without exercises are not told from others
    /// before they are read.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// Reads the files, each when it is asked for. A student's notebooks without exercises are left
    /// out where another has some.
    pub fn read(self) -> impl Iterator<Item = Handed> + Send {
        let mut reader = Reader::default();
        let mut files = self.files.into_iter().peekable();
        let mut student = String::new();
        let mut has_exercises = false;
        let mut without = VecDeque::<Handed>::new();
        std::iter::from_fn(move || {
            loop {
                if files.peek().is_none_or(|file| file.student != student) {
                    if let Some(handed) = without.pop_front().filter(|_| !has_exercises) {
                        return Some(handed);
                    }
                    without.clear();
                    has_exercises = false;
                    student = files.peek()?.student.clone();
                }
                let file = files.next()?;
                let bytes = file.place.and_then(|place| reader.bytes(&place));
                let cells = bytes
                    .map_err(Reason::Unreadable)
                    .and_then(|bytes| code_cells(&bytes));
                let handed = |cells| Handed {
                    name: file.name,
                    path: file.path,
                    cells,
                };
                match cells {
                    Ok(cells) => {
                        has_exercises = true;
                        return Some(handed(Ok(cells)));
                    }
                    Err(Reason::Unreadable(problem)) => return Some(handed(Err(problem))),
                    Err(Reason::NoExercises(problem)) => without.push_back(handed(Err(problem))),
                }
            }
        })
    }
}
