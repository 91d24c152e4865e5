//! A kernel's working folder. It is copied from the warm one in a fraction of a second, and is
//! removed when the kernel ends.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{io, thread};

use anyhow::{Context, Result};
use ex03_base::files::unwritable;

use super::analyzer;
use super::environment::FOLDER;
use super::{cargo, cells};

/// Written by the kernel when its prelude has run.
pub const STARTED: &str = "started";

pub struct Folder {
    path: PathBuf,
    /// The lock is held as long as the kernel lives. A folder whose lock is free belongs to
    /// nobody.
    _lock: File,
}

impl Folder {
    /// A copy of the warm folder, among those of all kernels.
    pub fn copy_of(warm: &Path, kernels: &Path) -> Result<Folder> {
        let path = kernels.join(format!("kernel-{}", std::process::id()));
        // Kernels that start together take turns, so that no folder is swept away before it has its
        // lock.
        let turn = turn(kernels).with_context(|| unwritable(kernels))?;
        sweep_in_turn(kernels);
        let lock = claim(&path)?;
        cells::tidy(&kernels.join("cells"));
        drop(turn);
        let folder = Folder { path, _lock: lock };
        copy(warm, &folder.path)
            .and_then(|()| cargo::install(&folder.path))
            .with_context(|| unwritable(&folder.path))?;
        Ok(folder)
    }

    /// A program that finds this folder, its prelude and its cargo.
    pub fn command(&self, program: &Path) -> Command {
        command(program, &self.path)
    }

    /// Whether its prelude has run.
    pub fn is_started(&self) -> bool {
        self.path.join(STARTED).exists()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Windows does not remove a library that a program uses, and what the kernel has started may
        // take a moment to end. If something is left after that, the next kernel sweeps it away.
        for _ in 0..20 {
            if fs::remove_dir_all(&self.path).is_ok() || !self.path.exists() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

/// A program that finds this folder, its prelude and its cargo.
pub fn command(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env(FOLDER, folder)
        .env("EVCXR_TMPDIR", folder)
        .env("EVCXR_CONFIG_DIR", folder.join("config"));
    cargo::prepare(&mut command, folder);
    analyzer::std::hide(&mut command, folder);
    command
}

/// Makes a folder and takes its lock.
fn claim(path: &Path) -> Result<File> {
    let file = fs::create_dir_all(path)
        .and_then(|()| File::create(path.join("lock")))
        .with_context(|| unwritable(path))?;
    file.try_lock()
        .with_context(|| format!("{} ya está en uso", path.display()))?;
    Ok(file)
}

/// Clears away the folders of kernels that were killed.
pub fn sweep(kernels: &Path) {
    if let Ok(_turn) = turn(kernels) {
        sweep_in_turn(kernels);
    }
}

/// Takes the lock that everyone takes who makes or removes folders.
pub fn turn(kernels: &Path) -> io::Result<File> {
    let file = File::create(kernels.join("lock"))?;
    file.lock()?;
    Ok(file)
}

fn sweep_in_turn(kernels: &Path) {
    for entry in fs::read_dir(kernels).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with("kernel-") && is_free(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_free(folder: &Path) -> bool {
    match File::open(folder.join("lock")) {
        Ok(lock) => lock.try_lock().is_ok(),
        Err(_) => true,
    }
}

/// Copies a folder. What the compiler has built is never written to again, so it is shared by hard
/// links; the rest is small.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy(&source, &target)?;
        } else if kind.is_symlink() {
            // Earlier versions of this program left links into std's sources here.
            continue;
        } else if entry.file_name() != "lock" && entry.file_name() != STARTED {
            if is_built(&source) && fs::hard_link(&source, &target).is_ok() {
                continue;
            }
            fs::copy(&source, &target)?;
            // Cargo compares times to see what has to be built anew.
            let modified = entry.metadata()?.modified()?;
            File::options()
                .write(true)
                .open(&target)?
                .set_modified(modified)?;
        }
    }
    Ok(())
}

fn is_built(file: &Path) -> bool {
    let of_a_cell = file.file_stem().is_some_and(|stem| {
        let stem = stem.to_string_lossy();
        let name = stem.strip_prefix("lib").unwrap_or(&stem);
        name.starts_with("ctx") || name.starts_with("code_")
    });
    !of_a_cell
        && file.extension().is_some_and(|ending| {
            ["rlib", "rmeta", "so", "dylib", "dll"]
                .iter()
                .any(|it| ending == *it)
        })
}
