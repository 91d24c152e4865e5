//! The Rust that the kernel compiles with: new enough, and with the sources of std, which the kernel reads.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::step;
use crate::command::{self, Ended};
use crate::places::Cache;

/// The oldest Rust that the course is for, as in Cargo.toml.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");

/// The sources of std, in a toolchain.
pub const SOURCES: &str = "lib/rustlib/src/rust/library";

/// Where the sources of std are.
pub fn check(cache: &Cache) -> Result<PathBuf, String> {
    let version = ask_rustc(cache, "--version")?;
    if !new_enough(&version) {
        return Err(format!(
            "el Rust que encuentro es {}, y hace falta {OLDEST} o posterior: rustup update stable",
            version.trim()
        ));
    }
    let sysroot = ask_rustc(cache, "--print=sysroot")?;
    let sources = Path::new(sysroot.trim()).join(SOURCES);
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
    let version = command::run(
        version.arg("--version"),
        &log,
        Duration::from_secs(60),
        |_| {},
    )?;
    if !matches!(version, Ended::Well(_)) {
        return Err(missing);
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
        Err(missing)
    }
}

fn ask_rustc(cache: &Cache, question: &str) -> Result<String, String> {
    let limit = Duration::from_secs(300); // rustup may download a toolchain first
    let log = cache.log("rustc");
    match command::run(Command::new("rustc").arg(question), &log, limit, |_| {})? {
        Ended::Well(answer) => Ok(answer),
        Ended::Missing => {
            Err("no encuentro rustc en el PATH: instala Rust con https://rustup.rs".to_owned())
        }
        _ => Err(format!(
            "rustc {question} no responde: repara Rust con `rustup update stable` (registro: {})",
            log.display()
        )),
    }
}

/// Whether what `rustc --version` prints is at least [`OLDEST`].
fn new_enough(version: &str) -> bool {
    let numbers = |text: &str| -> Vec<u32> {
        let mut parts = text
            .split(['.', '-', ' '])
            .map_while(|part| part.parse().ok());
        parts.by_ref().take(2).collect()
    };
    let found = version
        .split_once(' ')
        .map_or(Vec::new(), |(_, rest)| numbers(rest));
    found >= numbers(OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_are_told_from_new_ones() {
        assert!(new_enough("rustc 1.95.0 (59807616e 2026-04-14)\n"));
        assert!(new_enough(&format!("rustc {OLDEST}.0")));
        assert!(new_enough("rustc 2.0.0-nightly (abc)"));
        assert!(!new_enough("rustc 1.87.0 (17067e9ac 2025-05-09)"));
        assert!(!new_enough("rustc 1.9.0"));
        assert!(!new_enough("not a compiler"));
    }
}
