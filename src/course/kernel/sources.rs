//! The sources of std, which evcxr's rust-analyzer reads to find the types of variables.
//!
//! It reads them when evcxr starts, with an empty program whose types nobody asks for, and from the beginning again when the prelude
//! brings the library: seconds each time. So a kernel starts where std looks empty, until its first program is being compiled. What
//! it sees then has all but the processors' own instructions, which are half of std's text and of no use in a notebook.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::places::STD_SOURCES;

/// Where rust-analyzer looks for std before it looks in the toolchain.
const VARIABLE: &str = "RUST_SRC_PATH";

/// `core` and `std` take them in by path, and do without.
const LEFT_OUT: [&str; 2] = ["stdarch", "portable-simd"];

/// Puts an empty std before the real one, for a program that is started in this folder.
pub fn hide(command: &mut Command, folder: &Path, sysroot: &Path) {
    let (shown, hidden) = (shown(folder), hidden(folder));
    for left in [&shown, &hidden] {
        let _ = fs::remove_dir_all(left);
    }
    // By this folder it is taken for std.
    let made = fs::create_dir_all(shown.join("core"))
        .and_then(|()| most_of(&sysroot.join(STD_SOURCES), &hidden));
    if made.is_ok() {
        command.env(VARIABLE, shown);
    }
}

/// Lets the real one be found.
pub fn show(folder: &Path) {
    if hidden(folder).exists() {
        let _ = fs::remove_dir_all(shown(folder));
        let _ = fs::rename(hidden(folder), shown(folder));
    }
}

/// Links to all that rust-analyzer is to see.
fn most_of(sources: &Path, links: &Path) -> io::Result<()> {
    fs::create_dir_all(links)?;
    for entry in fs::read_dir(sources)? {
        let entry = entry?;
        if LEFT_OUT.iter().all(|it| entry.file_name() != *it) {
            symlink(entry.path(), links.join(entry.file_name()))?;
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
