//! The kernel: evcxr_jupyter, found, downloaded or built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use ex03_base::console::tell;
use ex03_base::{files, system};

use super::release;
use super::step::{step, why};
use crate::offline::Offline;
use crate::pins::{EVCXR, EVCXR_VERSION};
use crate::places::{Cache, PythonEnvironment};

/// Finds the kernel's program, on the PATH or as our own, and downloads or builds it where it is
/// not there yet.
pub fn find_or_install(cache: &Cache, environment: &PythonEnvironment) -> Result<PathBuf> {
    if let Some(found) = cache.kernel_program() {
        return Ok(found);
    }
    let root = cache.evcxr();
    let program = root.join("bin").join(system::program(EVCXR));
    if brought_along(cache, &program)? || release::install(cache, environment, &program)? {
        return Ok(program);
    }
    // Our own build folder, and not a temporary one, is what lets an interrupted build go on.
    let build = root.join("build");
    files::create_folder(&build)?;
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "install",
            EVCXR,
            "--locked",
            "--force",
            "--version",
            &format!("={EVCXR_VERSION}"),
        ])
        .arg("--root")
        .arg(&root)
        .arg("--target-dir")
        .arg(&build)
        .current_dir(&root)
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "80");
    tell(
        "No consigo un núcleo de Rust ya compilado para esta máquina: lo compilo, una sola vez, de 5 a 15 minutos.",
    );
    step(
        cache,
        EVCXR,
        "Compilo el núcleo de Rust",
        &mut cargo,
        parts_built,
    )?;
    if !program.is_file() {
        return Err(why(EVCXR, "", cache));
    }
    // The build folder takes over a gigabyte, and nobody needs it any more.
    let _ = fs::remove_dir_all(&build);
    Ok(program)
}

/// Takes the program from a bundle that brings it along, and tells whether it starts here.
fn brought_along(cache: &Cache, program: &Path) -> Result<bool> {
    let Some(offline) = Offline::here().filter(|it| it.kernel().is_file()) else {
        return Ok(false);
    };
    files::create_folder(program.parent().unwrap_or(Path::new(".")))?;
    files::copy(&offline.kernel(), program)?;
    let is_good = release::starts(cache, program)?;
    if !is_good {
        let _ = fs::remove_file(program);
    }
    Ok(is_good)
}

/// How many crates cargo has built, and of how many, read from the last of its progress bars
/// (`Building [==> ] 12/345: …`).
fn parts_built(output: &str) -> Option<(usize, usize)> {
    let (_, bar) = output.rsplit_once("Building [")?;
    let (_, counts) = bar.split_once("] ")?;
    let (done, rest) = counts.split_once('/')?;
    let total: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some((done.trim().parse().ok()?, total.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_from_the_last_bar() {
        let seen = "   Compiling lexopt v0.3.2\n    Building [                 ] 0/3: lexopt    \r   \
                    Compiling base64 v0.22.1\n    Building [========>        ] 1/3: base64    \r";
        assert_eq!(parts_built(seen), Some((1, 3)));
        assert_eq!(parts_built("    Updating crates.io index\n"), None);
        assert_eq!(parts_built("    Building [====> "), None);
    }
}
