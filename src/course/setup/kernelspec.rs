//! The kernelspec of evcxr's own, registered in our Python environment alone.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, anyhow};
use ex03_base::process::{self, Ended};

use super::step::why;
use crate::places::{Cache, PythonEnvironment};

/// Writes the kernelspec `rust` into the environment, unless it is there and starts this program.
pub fn register(cache: &Cache, program: &Path, environment: &PythonEnvironment) -> Result<()> {
    let share = environment.share();
    let spec = share.join("kernels").join("rust");
    let starts_it = fs::read_to_string(spec.join("kernel.json")).is_ok_and(|text| {
        let path = serde_json::to_string(&program.display().to_string()).unwrap_or_default();
        text.contains(&path)
    });
    // The kernel writes the last file of the folder only when all others are there.
    if starts_it && spec.join("version.txt").is_file() {
        return Ok(());
    }
    match write(cache, program, &share)? {
        Ended::Well(_) => Ok(()),
        Ended::Badly(output) => Err(why("kernelspec", &output, cache)),
        Ended::Missing | Ended::TimedOut => Err(anyhow!(
            "{} no arranca: bórralo y repite la orden, que lo construirá de nuevo",
            program.display()
        )),
    }
}

/// Has the program write its kernelspec into this folder.
pub fn write(cache: &Cache, program: &Path, share: &Path) -> Result<Ended> {
    let mut install = Command::new(program);
    install.arg("--install").env("JUPYTER_PATH", share);
    let log = cache.log("kernelspec");
    process::run(&mut install, &log, Duration::from_secs(60), |_| {})
}
