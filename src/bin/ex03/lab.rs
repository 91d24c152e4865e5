//! `ex03 lab`: JupyterLab on this machine alone, open on a notebook, until Ctrl-C.

use std::ffi::OsString;
use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use lexopt::ValueExt;
use lexopt::prelude::{Long, Value};

use crate::command::{self, say, tell};
use crate::places::{self, Cache};
use crate::{jupyter, setup};

const FIRST_NOTEBOOK: &str = "1_notacion_y_activaciones.ipynb";
const SERVE: &str = include_str!("jupyter/serve.py");

struct Options {
    browser: bool,
    port: Option<u16>,
    notebook: PathBuf,
}

pub fn run(arguments: &[OsString]) -> Result<ExitCode, String> {
    let options = parse(arguments)?;
    if let Some(port) = options.port {
        TcpListener::bind(("127.0.0.1", port)).map_err(|error| taken(port, &error.to_string()))?;
    }
    setup::ensure()?;

    let log = places::jupyter().join("servidor.log");
    let mut command = server(&options, &log)?;
    command::listen();
    let mut child = command
        .spawn()
        .map_err(|error| format!("no puedo iniciar Jupyter: {error}"))?;
    let outcome = attend(&mut child, &options, &log);
    stop(&mut child);
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
                let port: u16 = value.parse().map_err(crate::bad_argument)?;
                options.port = Some(port);
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

fn taken(port: u16, error: &str) -> String {
    format!(
        "no puedo escuchar en el puerto {port} ({error}): elige otro con --port, o no digas ninguno"
    )
}

/// JupyterLab, with the notebook's folder as all that it shows of this machine.
fn server(options: &Options, log: &Path) -> Result<Command, String> {
    let environment = Cache::find()?.python();
    let mut command = jupyter::python(&environment)?;
    let runtime = places::jupyter().join("runtime");
    let _ = fs::remove_dir_all(&runtime);
    let output = fs::File::create(log)
        .map_err(|error| format!("no puedo escribir {}: {error}", log.display()))?;
    let errors = output.try_clone().map_err(|error| error.to_string())?;
    command
        .args(["-c", SERVE])
        .arg(format!("--ServerApp.port={}", options.port.unwrap_or(8888)))
        .arg(format!(
            "--ServerApp.port_retries={}",
            if options.port.is_some() { 0 } else { 50 }
        ))
        .arg("--ServerApp.root_dir")
        .arg(options.notebook.parent().unwrap_or(Path::new(".")))
        .stdin(Stdio::piped())
        .stdout(output)
        .stderr(errors)
        // Ctrl-C is for us: Jupyter would ask whether it is meant, and at a second one leave its kernels behind.
        .process_group(0);
    if !options.browser {
        command.arg("--no-browser");
    } else if std::env::var_os("WSL_DISTRO_NAME").is_some() {
        // A browser of Windows does not read the page in our file system that would hand it the token.
        command.arg("--ServerApp.use_redirect_file=False");
    }
    command.arg(&options.notebook);
    Ok(command)
}

/// Waits for the server to listen, tells where, and stays until it ends or the user does.
fn attend(child: &mut Child, options: &Options, log: &Path) -> Result<ExitCode, String> {
    let started = Instant::now();
    let mut known = false;
    loop {
        if command::interrupted() {
            return Ok(ExitCode::SUCCESS);
        }
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            // The menu of JupyterLab can end the server too.
            return if known && status.success() {
                Ok(ExitCode::SUCCESS)
            } else {
                Err(fell(options, log))
            };
        }
        if !known {
            if let Some(url) = address(child.id(), &options.notebook) {
                known = true;
                announce(&url);
            } else if started.elapsed() > Duration::from_secs(120) {
                return Err(fell(options, log));
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn announce(url: &str) {
    say(&format!(
        "JupyterLab está en marcha en\n\n    {url}\n\nCtrl-C aquí lo cierra; guarda antes tus cuadernos."
    ));
}

/// Where the notebook opens, with the token: known once the server has written its own file on itself.
fn address(pid: u32, notebook: &Path) -> Option<String> {
    let file = places::jupyter()
        .join("runtime")
        .join(format!("jpserver-{pid}.json"));
    let server: serde_json::Value = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
    let (url, token) = (server["url"].as_str()?, server["token"].as_str()?);
    let name = percent_encoded(&notebook.file_name()?.to_string_lossy());
    Some(format!("{url}lab/tree/{name}?token={token}"))
}

fn percent_encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    name.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn fell(options: &Options, log: &Path) -> String {
    let output = fs::read_to_string(log).unwrap_or_default();
    match options.port {
        Some(port) if output.contains("already in use") || output.contains("not available") => {
            taken(port, "ocupado")
        }
        _ => format!("JupyterLab se ha parado: mira por qué en {}", log.display()),
    }
}

/// Ends the server, and with it its kernels, by letting go of its stdin.
fn stop(child: &mut Child) {
    drop(child.stdin.take());
    let asked = Instant::now();
    let mut told = false;
    while matches!(child.try_wait(), Ok(None)) && asked.elapsed() < Duration::from_secs(30) {
        if !told && asked.elapsed() > Duration::from_millis(500) {
            told = true;
            tell("Cierro JupyterLab y sus núcleos…");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
}
