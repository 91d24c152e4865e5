//! What must be there before JupyterLab can open a notebook: Rust with its sources, the kernel, and a Python environment.

pub mod evcxr;
pub mod python;
mod release;
pub mod rust;

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};

use crate::command::{self, Ended, say, tell};
use crate::kernel::warm::Warm;
use crate::places::{self, Cache};
use crate::progress::Progress;

/// Long enough for the slowest machine and line that we would wish to wait for.
const STEP_LIMIT: Duration = Duration::from_secs(3 * 3600);

/// `ex03 setup`.
pub fn run(arguments: &[OsString]) -> Result<ExitCode, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    if let Some(argument) = parser.next().map_err(crate::bad_argument)? {
        return Err(crate::bad_argument(argument.unexpected()));
    }
    ensure()?;
    say("Todo está preparado. Abre los cuadernos con: cargo run");
    Ok(ExitCode::SUCCESS)
}

/// Sets up what is missing; when all is there, it takes a blink. Two at once wait for each other: a file lock ends with the
/// process that holds it.
pub fn ensure() -> Result<(), String> {
    let cache = Cache::find()?;
    let logs = cache.folder().join("logs");
    fs::create_dir_all(&logs).map_err(|error| command::unwritable(&logs, &error))?;
    let path = cache.lock();
    let lock = File::create(&path).map_err(|error| command::unwritable(&path, &error))?;
    if flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
        tell("Otra preparación está en marcha: espero a que acabe (Ctrl-C para dejarlo).");
        flock(&lock, FlockOperation::LockExclusive)
            .map_err(|error| command::unwritable(&path, &error.into()))?;
    }
    let std = rust::check(&cache)?;
    // Python first: what is missing there should not come out after ten minutes of building.
    let environment = cache.python();
    python::create(&cache, &environment)?;
    let kernel = evcxr::find_or_install(&cache, &environment)?;
    fetch(&cache, &std)?;
    evcxr::register(&cache, &kernel, &environment)?;
    if let Err(why) = warm_up(&cache, &kernel) {
        if command::interrupted() {
            return Err(why);
        }
        tell(&format!(
            "{why}. Los cuadernos funcionan igual; su primera celda tardará un minuto o más."
        ));
    }
    Ok(())
}

/// Builds the library where kernels find it.
fn warm_up(cache: &Cache, kernel: &Path) -> Result<(), String> {
    let warm = Warm::find(cache, kernel)?;
    match warm.is_ready() {
        true => Ok(()),
        false => warm.build(),
    }
}

/// Downloads what the library is built of, and what std is, for every platform: the kernel builds without a network, and its questions to cargo
/// are about all of them.
fn fetch(cache: &Cache, std: &Path) -> Result<(), String> {
    let own = places::project().join("Cargo.toml");
    let std = std.join("Cargo.toml");
    for (manifest, what) in [
        (own, "Descargo lo que usa la biblioteca"),
        (std, "Descargo lo que usa std"),
    ] {
        let fetch = |network: &[&str]| {
            let mut cargo = Command::new("cargo");
            cargo.args(["fetch", "--locked"]).args(network);
            cargo.arg("--manifest-path").arg(&manifest);
            // std's says what stable versions of cargo refuse to read.
            cargo.env("RUSTC_BOOTSTRAP", "1");
            cargo
        };
        let log = cache.log("fetch");
        let is_there = command::run(&mut fetch(&["--offline"]), &log, STEP_LIMIT, |_| {})?;
        if !matches!(is_there, Ended::Well(_)) {
            step(cache, "fetch", what, &mut fetch(&[]), |_| None)?;
        }
    }
    Ok(())
}

/// Runs one step of the set-up with a progress line; `parts` reads from its output how far it is.
fn step(
    cache: &Cache,
    name: &str,
    what: &'static str,
    command: &mut Command,
    parts: impl Fn(&str) -> Option<(usize, usize)>,
) -> Result<(), String> {
    let mut progress = Progress::start(what);
    let log = cache.log(name);
    match command::run(command, &log, STEP_LIMIT, |output| {
        progress.show(parts(output))
    })? {
        Ended::Well(_) => {
            progress.finish();
            Ok(())
        }
        Ended::Badly(output) => Err(why(name, &output, cache)),
        Ended::TimedOut => Err(format!(
            "{name} no acaba: comprueba la red y repite la orden, que seguirá donde se quedó (registro: {})",
            log.display()
        )),
        Ended::Missing => Err(format!(
            "no encuentro {} en el PATH: repara Rust con https://rustup.rs",
            command.get_program().display()
        )),
    }
}

/// Why a step failed, in one line: what its output tells, what to do, and where the whole of it lies.
fn why(step: &str, output: &str, cache: &Cache) -> String {
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
    } else {
        "mira por qué en el registro"
    };
    let log = cache.log(step);
    format!(
        "{step} ha fallado; {reason}, y repite la orden (registro: {})",
        log.display()
    )
}
