//! The Rust that the kernel compiles with. It has to be new enough and to have the sources of std,
//! which the kernel reads.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use ex03_base::files;
use ex03_base::process::{self, Ended};
use semver::Version;

use super::step::step;
use crate::offline::{Offline, PARTS};
use crate::pins::OLDEST_RUST;
use crate::places::{Cache, STD_SOURCES};

/// Checks the version, gets the sources of std where they are missing, and returns where they are.
pub fn check(cache: &Cache) -> Result<PathBuf> {
    let version = ask_rustc(cache, "--version")?;
    if !new_enough(&version) {
        return Err(anyhow!(
            "el Rust que encuentro es {}, y hace falta {OLDEST_RUST} o posterior: rustup update stable",
            version.trim()
        ));
    }
    let sysroot = ask_rustc(cache, "--print=sysroot")?;
    let sources = Path::new(sysroot.trim()).join(STD_SOURCES);
    if let Some(offline) = Offline::here() {
        complete(
            Path::new(sysroot.trim()),
            &offline,
            &ask_rustc(cache, "-vV")?,
        )?;
    }
    if sources.is_dir() {
        return Ok(sources);
    }
    let missing = format!(
        "faltan las fuentes de Rust: instala el paquete rust-src de tu sistema, o Rust con https://rustup.rs \
         (las busco en {})",
        sources.display()
    );
    let log = cache.log("rustup");
    let mut version = Command::new("rustup");
    let version = process::run(
        version.arg("--version"),
        &log,
        Duration::from_secs(60),
        |_| {},
    )?;
    if !matches!(version, Ended::Well(_)) {
        bail!(missing);
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["component", "add", "rust-src"]);
    step(
        cache,
        "rustup",
        "Descargo las fuentes de Rust",
        &mut rustup,
        |_| None,
    )?;
    if sources.is_dir() {
        Ok(sources)
    } else {
        Err(anyhow!(missing))
    }
}

/// Adds to the toolchain what it lacks and the bundle brings along. `ours` is what its rustc says of itself.
fn complete(sysroot: &Path, offline: &Offline, ours: &str) -> Result<()> {
    let missing = PARTS.into_iter().filter(|it| !sysroot.join(it).is_dir());
    for part in missing {
        let theirs = files::read(&offline.rust_version())?;
        if theirs != ours {
            bail!(
                "lo que trae esta entrega es para otro Rust, {}, y el tuyo es {}: instala el mismo",
                theirs.lines().next().unwrap_or_default(),
                ours.lines().next().unwrap_or_default()
            );
        }
        files::copy(&offline.rust().join(part), &sysroot.join(part))?;
    }
    Ok(())
}

/// What rustc answers to a question about itself.
pub fn ask_rustc(cache: &Cache, question: &str) -> Result<String> {
    let limit = Duration::from_secs(300); // rustup may download a toolchain first
    let log = cache.log("rustc");
    match process::run(Command::new("rustc").arg(question), &log, limit, |_| {})? {
        Ended::Well(answer) => Ok(answer),
        Ended::Missing => Err(anyhow!(
            "no encuentro rustc en el PATH: instala Rust con https://rustup.rs"
        )),
        _ => Err(anyhow!(
            "rustc {question} no responde: repara Rust con `rustup update stable` (registro: {})",
            log.display()
        )),
    }
}

/// Whether what `rustc --version` prints is at least [`OLDEST_RUST`]. A nightly or a beta counts as
/// the version that it precedes.
fn new_enough(version: &str) -> bool {
    let found = version.split_whitespace().nth(1).map(Version::parse);
    let oldest = Version::parse(&format!("{OLDEST_RUST}.0")).expect("a version of two numbers");
    matches!(found, Some(Ok(found)) if (found.major, found.minor) >= (oldest.major, oldest.minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_are_told_from_new_ones() {
        assert!(new_enough("rustc 1.95.0 (59807616e 2026-04-14)\n"));
        assert!(new_enough(&format!("rustc {OLDEST_RUST}.0")));
        assert!(new_enough("rustc 2.0.0-nightly (abc)"));
        assert!(!new_enough("rustc 1.87.0 (17067e9ac 2025-05-09)"));
        assert!(!new_enough("rustc 1.9.0"));
        assert!(!new_enough("not a compiler"));
    }

    #[test]
    fn a_toolchain_gets_what_it_lacks_from_a_bundle_for_the_same_rust() {
        let scratch = std::env::temp_dir().join(format!("ex03-offline-{}", std::process::id()));
        let (sysroot, offline) = (scratch.join("rust"), Offline::of(&scratch));
        for part in PARTS {
            let part = offline.rust().join(part);
            files::create_folder(&part).unwrap();
            files::write(&part.join("there"), "").unwrap();
        }
        files::write(&offline.rust_version(), "rustc 1.0.0\n").unwrap();
        let why = complete(&sysroot, &offline, "rustc 1.2.0\n");
        let why = why.unwrap_err().to_string();
        assert!(
            why.contains("otro Rust, rustc 1.0.0, y el tuyo es rustc 1.2.0"),
            "{why}"
        );
        complete(&sysroot, &offline, "rustc 1.0.0\n").unwrap();
        for part in PARTS {
            assert!(sysroot.join(part).join("there").is_file(), "{part}");
        }
        std::fs::remove_dir_all(scratch).unwrap();
    }
}
