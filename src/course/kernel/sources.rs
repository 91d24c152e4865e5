//! The sources of std, which evcxr's rust-analyzer reads to find the types of variables.
//!
//! It reads them when evcxr starts, for an empty program whose types nobody asks for, and once more
//! when the prelude brings the library. That takes seconds each time. So a kernel starts where std
//! looks empty, until its first program is compiled. What it sees then lacks the processors' own
//! instructions, which are half of std's text and of no use in a notebook.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use ex03_base::system;

use crate::places::STD_SOURCES;

/// Where rust-analyzer looks for std before it looks in the toolchain.
const VARIABLE: &str = "RUST_SRC_PATH";

/// Folders that are left out. `core` and `std` include them by path, and rust-analyzer does without
/// them.
const LEFT_OUT: [&str; 2] = ["stdarch", "portable-simd"];

/// Puts an empty std before the real one, for a program that is started in this folder.
pub fn hide(command: &mut Command, folder: &Path, sysroot: &Path) {
    let (shown, hidden) = (shown(folder), hidden(folder));
    for left in [&shown, &hidden] {
        let _ = fs::remove_dir_all(left);
    }
    // rust-analyzer takes a folder for std if it holds this one.
    let made = fs::create_dir_all(shown.join("core"))
        .and_then(|()| most_of(&sysroot.join(STD_SOURCES), &hidden));
    if made.is_ok() {
        command.env(VARIABLE, shown);
    }
}

/// Puts the real std in place of the empty one.
pub fn show(folder: &Path) {
    if hidden(folder).exists() {
        let _ = fs::remove_dir_all(shown(folder));
        let _ = fs::rename(hidden(folder), shown(folder));
    }
}

/// Makes links to what rust-analyzer is to see.
fn most_of(sources: &Path, links: &Path) -> io::Result<()> {
    fs::create_dir_all(links)?;
    for entry in fs::read_dir(sources)? {
        let entry = entry?;
        if LEFT_OUT.iter().all(|it| entry.file_name() != *it) {
            system::link(&entry.path(), &links.join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn shown(folder: &Path) -> PathBuf {
    folder.join("std")
}

fn hidden(folder: &Path) -> PathBuf {
    folder.join("std-hidden")
}
