//! `ex03 lab`: JupyterLab on this machine alone, open on a notebook, until Ctrl-C.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitCode, Stdio};
use std::time::{Duration, Instant};

use lexopt::ValueExt;
use lexopt::prelude::{Long, Value};
use rustix::fs::{FlockOperation, flock};

use crate::command::{self, say};
use crate::places::{self, Cache};
use crate::server::{self, Server};
use crate::{jupyter, setup};

const FIRST_NOTEBOOK: &str = "1_notacion_y_activaciones.ipynb";

pub struct Options {
    pub browser: bool,
    pub port: Option<u16>,
    pub notebook: PathBuf,
}

pub fn run(arguments: &[OsString]) -> Result<ExitCode, String> {
    let options = parse(arguments)?;
    if let Some(port) = options.port {
        TcpListener::bind(("127.0.0.1", port))
            .map_err(|error| cannot_listen(port, error.kind()))?;
    }
    let (_lock, running) = lock()?;
    if let Some(server) = running {
        return join(&server, &options);
    }
    server::forget();
    setup::ensure()?;
    let mut child = server::start(&options)?;
    let outcome = attend(&mut child, &options);
    server::stop(&mut child);
    outcome
}

fn parse(arguments: &[OsString]) -> Result<Options, String> {
    let mut options = Options {
        browser: true,
        port: None,
        notebook: PathBuf::new(),
    };
    let mut notebook: Option<PathBuf> = None;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(crate::bad_argument)? {
        match argument {
            Long("no-browser") => options.browser = false,
            Long("port") => {
                let value = parser.value().map_err(crate::bad_argument)?;
                options.port = Some(value.parse().map_err(crate::bad_argument)?);
            }
            Value(value) if notebook.is_none() => notebook = Some(value.into()),
            other => return Err(crate::bad_argument(other.unexpected())),
        }
    }
    options.notebook = find(&notebook.unwrap_or_else(|| FIRST_NOTEBOOK.into()))?;
    Ok(options)
}

/// The notebook at that path, or of that name among the exercises.
fn find(notebook: &Path) -> Result<PathBuf, String> {
    let exercises = places::exercises();
    [notebook.to_owned(), exercises.join(notebook)]
        .iter()
        .filter(|path| path.is_file() && path.extension().is_some_and(|it| it == "ipynb"))
        .find_map(|path| path.canonicalize().ok())
        .ok_or_else(|| {
            format!(
                "no encuentro el cuaderno «{}»: los del curso están en {}",
                notebook.display(),
                exercises.display()
            )
        })
}

/// Makes this the one `ex03 lab` of the clone, or returns the server of the one that is. The lock ends with its process.
fn lock() -> Result<(File, Option<Server>), String> {
    let home = places::jupyter();
    let path = home.join("lock");
    let file = fs::create_dir_all(&home)
        .and_then(|()| File::create(&path))
        .map_err(|error| format!("no puedo escribir en {}: {error}", path.display()))?;
    let asked = Instant::now();
    while flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
        if let Some(server) = Server::running(None) {
            return Ok((file, Some(server)));
        }
        // Long enough for one that is just starting, or just closing.
        if asked.elapsed() > Duration::from_secs(10) {
            return Err("otra terminal está preparando JupyterLab: sigue en ella".to_owned());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok((file, None))
}

/// A second `cargo run` does not start a second server, which would edit the same files unawares: it points to the first.
fn join(server: &Server, options: &Options) -> Result<ExitCode, String> {
    if Some(server.root.as_path()) != options.notebook.parent() {
        return Err(format!(
            "ya hay un JupyterLab de este proyecto en {}: ciérralo antes con Ctrl-C en su terminal",
            server.root.display()
        ));
    }
    let url = server.address(&options.notebook);
    say(&format!("JupyterLab ya estaba en marcha en\n\n    {url}\n"));
    if options.browser {
        let mut open = jupyter::python(&Cache::find()?.python())?;
        // A machine without a browser has the address above.
        let _ = open
            .args(["-m", "webbrowser", "-t", &url])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits for the server to listen, tells where, and stays until it ends or the user does.
fn attend(child: &mut Child, options: &Options) -> Result<ExitCode, String> {
    let started = Instant::now();
    let mut announced = false;
    let mut notices = server::Notices::default();
    while !command::interrupted() {
        notices.pass_on();
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            // The menu of JupyterLab can end the server too.
            return match announced && status.success() {
                true => Ok(ExitCode::SUCCESS),
                false => Err(fell(options)),
            };
        }
        if !announced {
            if let Some(server) = Server::running(Some(child.id())) {
                announced = true;
                let url = server.address(&options.notebook);
                say(&format!("JupyterLab está en marcha en\n\n    {url}\n"));
                say("Ctrl-C aquí lo cierra; guarda antes tus cuadernos.");
            } else if started.elapsed() > Duration::from_secs(120) {
                return Err(fell(options));
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(ExitCode::SUCCESS)
}

fn fell(options: &Options) -> String {
    let log = server::log();
    let output = fs::read_to_string(&log).unwrap_or_default();
    match options.port {
        Some(port) if output.contains("already in use") || output.contains("not available") => {
            cannot_listen(port, ErrorKind::AddrInUse)
        }
        _ => format!("JupyterLab se ha parado: mira por qué en {}", log.display()),
    }
}

fn cannot_listen(port: u16, why: ErrorKind) -> String {
    let why = match why {
        ErrorKind::AddrInUse => "está ocupado",
        ErrorKind::PermissionDenied => "está reservado",
        _ => "no está disponible",
    };
    format!("el puerto {port} {why}: elige otro con --port, o no digas ninguno")
}
