//! The std that rust-analyzer reads: its three crates whose names a cell can use, as signatures.
//!
//! rust-analyzer reads std when evcxr starts, for an empty program whose types nobody asks for, and
//! once more when the prelude brings the library. So a kernel starts where std looks empty, until its
//! first program is compiled.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use super::signatures;
use crate::places::STD_SOURCES;

/// Where rust-analyzer looks for std before it looks in the toolchain.
const VARIABLE: &str = "RUST_SRC_PATH";

/// Of what [`prepare`] writes. It changes when that does, so that kernels get the new one.
pub const VERSION: u32 = 1;

/// Of std's thirty folders. Without the Cargo.toml beside them, rust-analyzer does not look for what
/// they are built of either.
const CRATES: [&str; 3] = ["alloc", "core", "std"];

/// Hash maps and sets stand on a crate that is none of the three. Their types depend on parameters that
/// are met in its types alone, and where it is missing, rust-analyzer takes it that they depend on none.
const STAND_INS: [(&str, &str); 2] = [
    (
        "use hashbrown::hash_map as base;",
        "mod base {
    pub struct HashMap<K, V, S, A>(K, V, S, A);
    pub struct Iter<'a, K, V>(&'a K, &'a V);
    pub struct IterMut<'a, K, V>(&'a K, &'a mut V);
    pub struct IntoIter<K, V, A>(K, V, A);
    pub struct Drain<'a, K, V, A>(&'a A, K, V);
    pub struct ExtractIf<'a, K, V, F, A>(&'a A, K, V, F);
    pub struct RustcOccupiedEntry<'a, K, V, A>(&'a mut A, K, V);
    pub struct RustcVacantEntry<'a, K, V, A>(&'a mut A, K, V);
    pub struct RustcEntry<'a, K, V, A>(&'a mut A, K, V);
}",
    ),
    (
        "use hashbrown::hash_set as base;",
        "mod base {
    pub struct HashSet<T, S, A>(T, S, A);
    pub struct Iter<'a, K>(&'a K);
    pub struct IntoIter<K, A>(K, A);
    pub struct Drain<'a, K, A>(&'a A, K);
    pub struct ExtractIf<'a, K, F, A>(&'a A, K, F);
    pub struct Entry<'a, T, S, A>(&'a mut A, T, S);
    pub struct OccupiedEntry<'a, T, S, A>(&'a mut A, T, S);
    pub struct VacantEntry<'a, T, S, A>(&'a mut A, T, S);
}",
    ),
];

/// Writes the signatures of this toolchain's std into a folder, for all kernels that are started beside
/// it.
pub fn prepare(sysroot: &Path, kernels: &Path) -> io::Result<()> {
    let part = kernels.join("std-part");
    let _ = fs::remove_dir_all(&part);
    for name in CRATES {
        let source = sysroot.join(STD_SOURCES).join(name).join("src");
        write_signatures(&source, &part.join(name).join("src"))?;
    }
    let _ = fs::remove_dir_all(prepared(kernels));
    fs::rename(part, prepared(kernels))
}

fn write_signatures(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            write_signatures(&path, &target)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            let source = fs::read_to_string(&path)?;
            let mut left = signatures::of(&source).unwrap_or(source);
            for (missing, stand_in) in STAND_INS {
                left = left.replace(missing, stand_in);
            }
            fs::write(target, left)?;
        }
    }
    Ok(())
}

/// Puts an empty std before the prepared one, for a program that is started in this folder.
pub fn hide(command: &mut Command, folder: &Path) {
    clear(folder);
    let (shown, hidden) = (shown(folder), hidden(folder));
    let Some(kernels) = folder.parent() else {
        return;
    };
    // rust-analyzer takes a folder for std if it holds this one.
    let made =
        fs::create_dir_all(shown.join("core")).and_then(|()| link_all(&prepared(kernels), &hidden));
    if made.is_ok() {
        command.env(VARIABLE, shown);
    }
}

/// Puts the prepared std in place of the empty one.
pub fn show(folder: &Path) {
    if hidden(folder).exists() {
        let _ = fs::remove_dir_all(shown(folder));
        let _ = fs::rename(hidden(folder), shown(folder));
    }
}

/// Removes what a kernel had in this folder.
pub fn clear(folder: &Path) {
    for left in [shown(folder), hidden(folder)] {
        let _ = fs::remove_dir_all(left);
    }
}

/// The same files in another folder. They are never written to.
fn link_all(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            link_all(&source, &target)?;
        } else if fs::hard_link(&source, &target).is_err() {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}

fn prepared(kernels: &Path) -> PathBuf {
    kernels.join("std")
}

fn shown(folder: &Path) -> PathBuf {
    folder.join("std")
}

fn hidden(folder: &Path) -> PathBuf {
    folder.join("std-hidden")
}
