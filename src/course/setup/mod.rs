//! What must be there before JupyterLab can open a notebook: Rust with its sources, the kernel, and
//! a Python environment.

mod evcxr;
mod kernelspec;
pub mod python;
mod release;
pub mod rust;
pub mod step;

use std::fs::File;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use ex03_base::console::{say, tell};
use ex03_base::process::{self, Ended};
use ex03_base::{files, interrupt, project};

use self::step::step;
use crate::kernel::warm::Warm;
use crate::places::Cache;

/// `ex03 setup`.
pub fn run() -> Result<ExitCode> {
    ensure()?;
    say("Todo está preparado. Abre los cuadernos con: cargo run");
    Ok(ExitCode::SUCCESS)
}

/// Sets up what is missing. When all is there, this takes a fraction of a second. Two that run at
/// once wait for each other, by a file lock that ends with the process that holds it.
pub fn ensure() -> Result<()> {
    let cache = Cache::find()?;
    let logs = cache.folder().join("logs");
    files::create_folder(&logs)?;
    let path = cache.lock();
    let lock = File::create(&path).with_context(|| files::unwritable(&path))?;
    if lock.try_lock().is_err() {
        tell("Otra preparación está en marcha: espero a que acabe (Ctrl-C para dejarlo).");
        lock.lock().with_context(|| files::unwritable(&path))?;
    }
    let std = rust::check(&cache)?;
    // Python goes first, because a user should not learn after ten minutes of building that
    // something is missing there.
    let environment = cache.python();
    python::create(&cache, &environment)?;
    let kernel = evcxr::find_or_install(&cache, &environment)?;
    fetch(&cache, &std)?;
    kernelspec::register(&cache, &kernel, &environment)?;
    if let Err(why) = warm_up(&cache, &kernel) {
        if interrupt::is_raised() {
            return Err(why);
        }
        tell(&format!(
            "{why:#}. Los cuadernos funcionan igual; su primera celda tardará un minuto o más."
        ));
    }
    Ok(())
}

/// Builds the library where kernels find it.
fn warm_up(cache: &Cache, kernel: &Path) -> Result<()> {
    let warm = Warm::find(cache, kernel)?;
    match warm.is_ready() {
        true => Ok(()),
        false => warm.build(),
    }
}

/// Downloads the crates that the library and std are built of, for every platform. The kernel
/// builds without a network, and asks cargo about all platforms.
fn fetch(cache: &Cache, std: &Path) -> Result<()> {
    let own = project::root().join("Cargo.toml");
    let std = std.join("Cargo.toml");
    for (manifest, what) in [
        (own, "Descargo lo que usa la biblioteca"),
        (std, "Descargo lo que usa std"),
    ] {
        let fetch = |network: &[&str]| {
            let mut cargo = Command::new("cargo");
            cargo.args(["fetch", "--locked"]).args(network);
            cargo.arg("--manifest-path").arg(&manifest);
            // Where cargo reads that a bundle brings its crates along.
            cargo.current_dir(project::root());
            // The manifest of std uses features that stable versions of cargo otherwise refuse.
            cargo.env("RUSTC_BOOTSTRAP", "1");
            cargo
        };
        let log = cache.log("fetch");
        let is_there = process::run(&mut fetch(&["--offline"]), &log, step::LIMIT, |_| {})?;
        if !matches!(is_there, Ended::Well(_)) {
            step(cache, "fetch", what, &mut fetch(&[]), |_| None)?;
        }
    }
    Ok(())
}
