//! Reading and writing files, with errors in one line of Spanish that name the file. The messages
//! of `fs_err` are in English, and students read these.

use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result};

/// The text of a file.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{}: no se puede leer", path.display()))
}

/// Writes a file over what is there.
pub fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| unwritable(path))
}

/// Writes a file and the folders that it lies in, unless it is there with this text already.
pub fn write_if_other(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    path.parent().map_or(Ok(()), create_folder)?;
    write(path, text)
}

/// Makes a folder, and those that it lies in, where they are missing.
pub fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| unwritable(path))
}

/// Copies a file, or a folder with all that it holds, over what is there.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        fs::copy(from, to).with_context(|| unwritable(to))?;
        return Ok(());
    }
    create_folder(to)?;
    let unreadable = || format!("{}: no se puede leer", from.display());
    for entry in fs::read_dir(from).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// The path of what is there, without links. On Windows it is a plain path where it can be, since
/// Python and Jupyter do not read the form `\\?\C:\…` that the system gives.
pub fn canonical(path: &Path) -> io::Result<PathBuf> {
    dunce::canonicalize(path)
}

/// What is said of a path that cannot be written to; the system's reason follows it.
pub fn unwritable(path: &Path) -> String {
    format!(
        "no puedo escribir en {}: da permiso, libera espacio o elige otra carpeta",
        path.display()
    )
}
