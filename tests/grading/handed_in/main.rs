//! What students hand in, read: real-life folders and archives, hostile ones, and 1,000 damaged
//! notebooks.

mod archives;
mod damage;
#[cfg(unix)]
mod interrupted;
mod owners;
mod reasons;
#[cfg(unix)]
mod special;
mod strange;

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use ex03_base::project;
use ex03_grading::submissions::{self, Handed};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const GRADED: &str = "3_red_neuronal.ipynb";

fn course(name: &str) -> Vec<u8> {
    let folder = project::exercises();
    fs::read(folder.join(name)).unwrap()
}

fn graded() -> Vec<u8> {
    course(GRADED)
}

/// A folder to fill.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("handed_in")
            .join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Folder {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn read(&self) -> Vec<Handed> {
        read(&[&self.0])
    }
}

fn read(paths: &[&Path]) -> Vec<Handed> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
    submissions::find(&paths).unwrap().read().collect()
}

/// Names, each with the reason where there is one.
fn rows(handed: &[Handed]) -> Vec<(String, String)> {
    let rows = handed.iter().map(|handed| {
        let problem = handed.cells.as_ref().err();
        (handed.name.clone(), problem.cloned().unwrap_or_default())
    });
    rows.collect()
}

fn names(handed: &[Handed]) -> Vec<&str> {
    handed.iter().map(|handed| &*handed.name).collect()
}

#[track_caller]
fn assert_rows(handed: &[Handed], expected: &[(&str, &str)]) {
    let rows = rows(handed);
    let fits = rows.len() == expected.len()
        && rows
            .iter()
            .zip(expected)
            .all(|((name, problem), (expected, reason))| {
                name == expected
                    && problem.is_empty() == reason.is_empty()
                    && problem.contains(reason)
            });
    assert!(fits, "{rows:#?}\nin place of {expected:#?}");
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// All paths below and beside a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        }
        all.push(entry.path());
    }
    all.sort();
    all
}

fn positions(bytes: &[u8], part: &[u8]) -> Vec<usize> {
    let windows = bytes.windows(part.len()).enumerate();
    windows
        .filter(|(_, window)| *window == part)
        .map(|(at, _)| at)
        .collect()
}
