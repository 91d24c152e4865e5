//! `ex03 lab` opens JupyterLab on a notebook, for this machine alone, and keeps it open until
//! Ctrl-C.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Error, Result, anyhow, bail};
use ex03_base::console::say;
use ex03_base::failure::usage;
use ex03_base::{files, interrupt, project};

use crate::ahead::Ahead;
use crate::places::{self, Cache};
use crate::server::{self, Opened, Server};
use crate::{jupyter, setup};

const FIRST_NOTEBOOK: &str = "1_notacion_y_activaciones.ipynb";

#[derive(clap::Args)]
pub struct Options {
    /// El cuaderno que se abre: su ruta, o su nombre entre los del curso
    #[arg(value_name = "CUADERNO", default_value = FIRST_NOTEBOOK, hide_default_value = true)]
    notebook: PathBuf,
    /// No abre el navegador: solo escribe la dirección
    #[arg(long)]
    no_browser: bool,
    /// Puerto en el que escucha (si no, el primero libre desde 8888)
    #[arg(long, value_name = "N")]
    port: Option<u16>,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let opened = Opened {
        notebook: find(&options.notebook)?,
        port: options.port,
        browser: !options.no_browser,
    };
    if let Some(port) = opened.port {
        TcpListener::bind(("127.0.0.1", port))
            .map_err(|error| cannot_listen(port, error.kind()))?;
    }
    let (_lock, running) = lock()?;
    if let Some(server) = running {
        return join(&server, &opened);
    }
    server::forget();
    setup::ensure()?;
    let mut child = server::start(&opened)?;
    let outcome = attend(&mut child, &opened);
    server::stop(&mut child);
    outcome
}

/// Finds the notebook at that path, or the one of that name among the exercises.
fn find(notebook: &Path) -> Result<PathBuf> {
    let exercises = project::exercises();
    [notebook.to_owned(), exercises.join(notebook)]
        .iter()
        .filter(|path| path.is_file() && path.extension().is_some_and(|it| it == "ipynb"))
        .find_map(|path| files::canonical(path).ok())
        .ok_or_else(|| {
            usage(format!(
                "no encuentro el cuaderno «{}»: los del curso están en {}",
                notebook.display(),
                exercises.display()
            ))
        })
}

/// Makes this the one `ex03 lab` of the clone, or returns the server of the one that is. The lock
/// ends with its process.
fn lock() -> Result<(File, Option<Server>)> {
    let home = places::jupyter();
    let path = home.join("lock");
    files::create_folder(&home)?;
    let file = File::create(&path).with_context(|| files::unwritable(&path))?;
    let asked = Instant::now();
    while file.try_lock().is_err() {
        if let Some(server) = Server::running() {
            return Ok((file, Some(server)));
        }
        // The other one may be just starting or just closing, and then this is long enough to wait.
        if asked.elapsed() > Duration::from_secs(10) {
            bail!("otra terminal está preparando JupyterLab: sigue en ella");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok((file, None))
}

/// A second `cargo run` does not start a second server, which would edit the same files unawares:
/// it points to the first.
fn join(server: &Server, opened: &Opened) -> Result<ExitCode> {
    if Some(server.root.as_path()) != opened.notebook.parent() {
        bail!(
            "ya hay un JupyterLab de este proyecto en {}: ciérralo antes con Ctrl-C en su terminal",
            server.root.display()
        );
    }
    let url = server.address(&opened.notebook);
    say(&format!("JupyterLab ya estaba en marcha en\n\n    {url}\n"));
    if opened.browser {
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
fn attend(child: &mut Child, opened: &Opened) -> Result<ExitCode> {
    let started = Instant::now();
    let mut announced = false;
    let mut ahead = None;
    let mut notices = server::Notices::default();
    while !interrupt::is_raised() {
        notices.pass_on();
        if let Some(status) = child.try_wait().context("perdí el servidor")? {
            // The menu of JupyterLab can end the server too.
            return match announced && status.success() {
                true => Ok(ExitCode::SUCCESS),
                false => Err(fell(opened)),
            };
        }
        if !announced {
            if let Some(server) = Server::running() {
                announced = true;
                let url = server.address(&opened.notebook);
                say(&format!("JupyterLab está en marcha en\n\n    {url}\n"));
                say("Ctrl-C aquí lo cierra; guarda antes tus cuadernos.");
                ahead = Some(Ahead::start());
            } else if started.elapsed() > Duration::from_secs(120) {
                return Err(fell(opened));
            }
        }
        if let Some(ahead) = &mut ahead {
            ahead.go_on();
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(ExitCode::SUCCESS)
}

fn fell(opened: &Opened) -> Error {
    let log = server::log();
    let output = fs::read_to_string(&log).unwrap_or_default();
    match opened.port {
        Some(port) if output.contains("already in use") || output.contains("not available") => {
            cannot_listen(port, ErrorKind::AddrInUse)
        }
        _ => anyhow!("JupyterLab se ha parado: mira por qué en {}", log.display()),
    }
}

fn cannot_listen(port: u16, why: ErrorKind) -> Error {
    let why = match why {
        ErrorKind::AddrInUse => "está ocupado",
        ErrorKind::PermissionDenied => "está reservado",
        _ => "no está disponible",
    };
    anyhow!("el puerto {port} {why}: elige otro con --port, o no digas ninguno")
}
