//! A bundle that needs no network: beside what every bundle holds, the crates, the Python packages,
//! the kernel and the parts of Rust that the set-up would download. It is for machines like this
//! one: the same system, Rust and Python.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use ex03_base::{cargo, files, project};

use crate::jupyter::clean;
use crate::kernel::cargo::sysroot;
use crate::offline::{Offline, PARTS};
use crate::places::{Cache, STD_SOURCES};
use crate::setup::step::step;
use crate::{pins, setup};

/// Adds to a bundle what its set-up would download.
pub fn add_to(bundle: &Path) -> Result<String> {
    // It brings all that is copied here.
    setup::ensure()?;
    let cache = Cache::find()?;
    let offline = Offline::of(bundle);
    let sysroot = sysroot().context("no encuentro Rust: instálalo con https://rustup.rs")?;

    let kernel = cache.kernel_program().context("falta el núcleo de Rust")?;
    files::create_folder(offline.kernel().parent().unwrap_or(bundle))?;
    files::copy(&kernel, &offline.kernel())?;
    for part in PARTS {
        let from = sysroot.join(part);
        if !from.is_dir() {
            bail!(
                "a tu Rust le falta {part}: rustup component add rust-src, rustup target add wasm32-wasip1"
            );
        }
        files::copy(&from, &offline.rust().join(part))?;
    }
    files::write(
        &offline.rust_version(),
        &setup::rust::ask_rustc(&cache, "-vV")?,
    )?;

    let mut vendor = Command::new(cargo::program());
    vendor
        .args([
            "vendor",
            "--locked",
            "--versioned-dirs",
            "--quiet",
            "--sync",
        ])
        .arg(sysroot.join(STD_SOURCES).join("Cargo.toml"))
        .arg(offline.crates())
        // The manifest of std uses features that stable versions of cargo otherwise refuse.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(project::root());
    step(
        &cache,
        "vendor",
        "Reúno lo que usan la biblioteca y std",
        &mut vendor,
        |_| None,
    )?;

    files::write(
        &offline.python_version(),
        &setup::python::version(&cache.python())?,
    )?;
    let list = offline.wheels().with_extension("txt");
    files::write(&list, pins::PYTHON_PACKAGES)?;
    let mut pip = Command::new(cache.python().python());
    clean(&mut pip)
        .args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(["--require-hashes", "--only-binary=:all:", "--dest"])
        .arg(offline.wheels())
        .arg("-r")
        .arg(&list);
    step(
        &cache,
        "wheels",
        "Reúno los paquetes de Python",
        &mut pip,
        |_| None,
    )?;

    files::write_if_other(
        &bundle.join(".cargo").join("config.toml"),
        &Offline::cargo_config_of_bundle(),
    )?;
    Ok("se prepara sin red en máquinas como esta: el mismo sistema, Rust y Python".to_owned())
}
