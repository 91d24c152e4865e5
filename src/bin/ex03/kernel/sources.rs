//! The sources of std, which evcxr's rust-analyzer reads to find the types of variables.
//!
//! It reads them when evcxr starts, with an empty program whose types nobody asks for, and from the beginning again when the prelude
//! brings the library: seconds each time. So a kernel starts where std looks empty, until its first program is being compiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where rust-analyzer looks for std before it looks in the toolchain.
const VARIABLE: &str = "RUST_SRC_PATH";

/// Puts an empty std before the real one, for a program that is started in this folder.
pub fn hide(command: &mut Command, folder: &Path) {
    let empty = empty(folder);
    // By this folder it is taken for std.
    if fs::create_dir_all(empty.join("core")).is_ok() {
        command.env(VARIABLE, empty);
    }
}

/// Lets the real one be found.
pub fn show(folder: &Path) {
    let _ = fs::remove_dir_all(empty(folder));
}

fn empty(folder: &Path) -> PathBuf {
    folder.join("std")
}
