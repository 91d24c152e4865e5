//! Child processes without surprises: their output goes to a file, never to a pipe that could fill up, and they end with us.

use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// How a child ended; the text is all that it printed.
pub enum Ended {
    Well(String),
    Badly(String),
    /// There is no such program.
    Missing,
    TimedOut,
}

/// Runs `command` to its end, at most for `limit`, with its output in the file `log`, which `watch` sees grow.
///
/// The child has a process group of its own, which is ended as a whole at the limit or when the user interrupts us.
///
/// # Errors
///
/// One line, when the user interrupts or the child cannot be started or followed.
pub fn run(
    command: &mut Command,
    log: &Path,
    limit: Duration,
    mut watch: impl FnMut(&str),
) -> Result<Ended, String> {
    let output = File::create(log).map_err(|error| unwritable(log, &error))?;
    let errors = output
        .try_clone()
        .map_err(|error| unwritable(log, &error))?;
    command
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .process_group(0);
    listen();
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Ended::Missing),
        Err(error) => {
            return Err(format!(
                "no puedo ejecutar {}: {error}",
                command.get_program().display()
            ));
        }
    };
    let started = Instant::now();
    let mut pause = Duration::from_millis(5);
    loop {
        let status = child
            .try_wait()
            .map_err(|error| format!("perdí un proceso: {error}"))?;
        let text = || String::from_utf8_lossy(&std::fs::read(log).unwrap_or_default()).into_owned();
        match status {
            Some(status) if status.success() => return Ok(Ended::Well(text())),
            Some(_) => return Ok(Ended::Badly(text())),
            None if interrupted() => {
                end_group(&mut child);
                return Err("interrumpido".to_owned());
            }
            None if started.elapsed() > limit => {
                end_group(&mut child);
                return Ok(Ended::TimedOut);
            }
            None => watch(&text()),
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(250));
    }
}

/// Asks a child's process group to end, and ends it when it has not within three seconds.
fn end_group(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let group = Pid::from_child(child);
    let _ = kill_process_group(group, Signal::TERM);
    let asked = Instant::now();
    while asked.elapsed() < Duration::from_secs(3) {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = kill_process_group(group, Signal::KILL);
    let _ = child.wait();
}

static INTERRUPTED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From here on Ctrl-C, a closed terminal and SIGTERM only raise the flag that [`interrupted`] reads.
pub fn listen() {
    INTERRUPTED.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // It fails only for signals that cannot be caught.
            let _ = signal_hook::flag::register(signal, flag.clone());
        }
        flag
    });
}

pub fn interrupted() -> bool {
    INTERRUPTED
        .get()
        .is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// Prints a line to stdout, and does not mind when nobody reads it (`println!` would panic).
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// With what a line of our kernels begins that is for the terminal of `ex03 lab`.
pub const NOTICE: &str = "ex03: ";

/// Prints a line to stderr, and does not mind when nobody reads it.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

pub fn unwritable(path: &Path, error: &std::io::Error) -> String {
    format!(
        "no puedo escribir en {} ({error}): da permiso, libera espacio o elige otra carpeta con XDG_CACHE_HOME",
        path.display()
    )
}
