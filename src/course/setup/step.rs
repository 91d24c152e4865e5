//! One step of the set-up: a command with a line of progress, and why it failed where it does.

use std::process::Command;
use std::time::Duration;

use anyhow::{Error, Result, anyhow};
use ex03_base::process::{self, Ended};
use ex03_base::progress::Progress;

use crate::places::Cache;

/// Long enough for the slowest machine and line that we would wish to wait for.
pub const LIMIT: Duration = Duration::from_secs(3 * 3600);

/// Runs one step of the set-up with a progress line; `parts` reads from its output how far it is.
pub fn step(
    cache: &Cache,
    name: &str,
    what: &'static str,
    command: &mut Command,
    parts: impl Fn(&str) -> Option<(usize, usize)>,
) -> Result<()> {
    let mut progress = Progress::start(what);
    let log = cache.log(name);
    match process::run(command, &log, LIMIT, |output| progress.show(parts(output)))? {
        Ended::Well(_) => {
            progress.finish();
            Ok(())
        }
        Ended::Badly(output) => Err(why(name, &output, cache)),
        Ended::TimedOut => Err(anyhow!(
            "{name} no acaba: comprueba la red y repite la orden, que seguirá donde se quedó (registro: {})",
            log.display()
        )),
        Ended::Missing => Err(anyhow!(
            "no encuentro {} en el PATH: repara Rust con https://rustup.rs",
            command.get_program().display()
        )),
    }
}

/// Why a step failed, in one line: what its output tells, what to do, and where the whole of it
/// lies.
pub fn why(step: &str, output: &str, cache: &Cache) -> Error {
    let says = |needles: &[&str]| needles.iter().any(|needle| output.contains(needle));
    let reason = if says(&["No space left on device", "os error 28"]) {
        "no queda sitio en el disco: libera unos 3 GB"
    } else if says(&[
        "Could not resolve host",
        "Couldn't resolve host",
        "Couldn't connect to server",
        "Failed to connect to",
        "failed to download",
        "spurious network error",
        "Temporary failure in name resolution",
        "Failed to establish a new connection",
        "NewConnectionError",
        "ProxyError",
        "ReadTimeoutError",
        "could not download file",
    ]) {
        "no hay conexión con el servidor de descargas: comprueba la red"
    } else if says(&["No matching distribution found"]) {
        "lo que trae esta entrega es para otro Python u otro sistema: usa el mismo que quien la hizo"
    } else if says(&["DO NOT MATCH THE HASHES"]) {
        "lo que llega no es lo que el curso conoce, porque su SHA-256 es otro: ¿lo cambia un proxy?"
    } else {
        "mira por qué en el registro"
    };
    let log = cache.log(step);
    anyhow!(
        "{step} ha fallado; {reason}, y repite la orden (registro: {})",
        log.display()
    )
}
