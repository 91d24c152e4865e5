//! The server of JupyterLab: how it is started, where it is reached, and how it ends.

use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ex03_base::console::{self, tell};
use ex03_base::{files, interrupt, system};

use crate::places::{self, Cache};
use crate::{jupyter, kernel};

const SERVE: &str = include_str!("jupyter/serve.py");

/// What a server is started for.
pub struct Opened {
    pub notebook: PathBuf,
    /// The port to listen on; else the first that is free from 8888 on.
    pub port: Option<u16>,
    /// Whether a browser is opened on the notebook.
    pub browser: bool,
}

pub fn log() -> PathBuf {
    places::jupyter().join("servidor.log")
}

/// Starts JupyterLab, with the notebook's folder as all that it shows of this machine.
///
/// # Errors
///
/// One line, when a file cannot be written or the environment's Python cannot be started.
pub fn start(opened: &Opened) -> Result<Child> {
    let log = log();
    let output = fs::File::create(&log).with_context(|| files::unwritable(&log))?;
    let errors = output
        .try_clone()
        .with_context(|| files::unwritable(&log))?;
    let retries = if opened.port.is_some() { 0 } else { 50 };
    let mut python = jupyter::python(&Cache::find()?.python())?;
    python
        .args(["-c", SERVE])
        .arg(format!("--ServerApp.port={}", opened.port.unwrap_or(8888)))
        .arg(format!("--ServerApp.port_retries={retries}"))
        .arg("--ServerApp.root_dir")
        .arg(opened.notebook.parent().unwrap_or(Path::new(".")))
        // Nothing is written to it. The server sees by it that we are still there.
        .stdin(Stdio::piped())
        .stdout(output)
        .stderr(errors);
    // Ctrl-C is meant for us. Jupyter would ask whether to stop, and at a second one leave its
    // kernels behind.
    system::in_own_group(&mut python);
    if !opened.browser {
        python.arg("--no-browser");
    } else if std::env::var_os("WSL_DISTRO_NAME").is_some() {
        // A browser of Windows does not read the page in our file system that would hand it the
        // token.
        python.arg("--ServerApp.use_redirect_file=False");
    }
    if let Some(origin) = codespaces_origin() {
        python.arg(format!("--ServerApp.allow_origin_pat={origin}"));
    }
    interrupt::listen();
    python
        .arg(&opened.notebook)
        .spawn()
        .context("no puedo iniciar Jupyter")
}

/// Where pages come from in GitHub Codespaces, as a regular expression: its proxy gives each port
/// an address of its own. Jupyter only answers pages from its own address, and those named to it.
fn codespaces_origin() -> Option<String> {
    let name = std::env::var("CODESPACE_NAME").ok()?;
    let domain = std::env::var("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN").ok()?;
    let domain = domain.replace('.', r"\.");
    Some(format!(r"^https://{name}-\d+\.{domain}$"))
}

/// Ends the server and its kernels by closing its standard input.
pub fn stop(child: &mut Child) {
    // From here on nobody should find and join this server.
    forget();
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
    kernel::sweep();
}

/// What our kernels have to say to the user. It lands in the server's log, where nobody would look.
#[derive(Default)]
pub struct Notices {
    read: u64,
}

impl Notices {
    /// Shows what is new.
    pub fn pass_on(&mut self) {
        let Ok(mut log) = fs::File::open(log()) else {
            return;
        };
        if log.metadata().is_ok_and(|it| it.len() == self.read) {
            return;
        }
        let mut bytes = Vec::new();
        let read = log
            .seek(SeekFrom::Start(self.read))
            .and_then(|_| log.read_to_end(&mut bytes));
        // A line that is not complete yet is left for the next time.
        let whole = bytes.iter().rposition(|&byte| byte == b'\n');
        let (Ok(_), Some(end)) = (read, whole) else {
            return;
        };
        self.read += end as u64 + 1;
        for line in String::from_utf8_lossy(&bytes[..end]).lines() {
            if let Some(notice) = line.strip_prefix(console::NOTICE) {
                tell(notice);
            }
        }
    }
}

/// A server that listens, as its own file describes it.
pub struct Server {
    url: String,
    token: String,
    pub root: PathBuf,
}

impl Server {
    /// The server of this clone that runs, if one does. Its process need not be the one that was
    /// started: on Windows the Python of a virtual environment starts another one.
    pub fn running() -> Option<Server> {
        let file = descriptions().into_iter().next()?;
        let told: serde_json::Value = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
        let text = |key: &str| told[key].as_str().map(str::to_owned);
        Some(Server {
            url: text("url")?,
            token: text("token")?,
            root: text("root_dir")?.into(),
        })
    }

    /// Where a notebook of its folder opens.
    pub fn address(&self, notebook: &Path) -> String {
        let name = notebook.file_name().unwrap_or_default().to_string_lossy();
        let name = percent_encoded(&name);
        format!("{}lab/tree/{name}?token={}", self.url, self.token)
    }
}

/// Removes the files in which servers describe themselves. One that crashed has left its own.
pub fn forget() {
    for file in descriptions() {
        let _ = fs::remove_file(file);
    }
}

/// The files in which Jupyter's servers describe themselves. A server writes its own once it
/// listens.
fn descriptions() -> Vec<PathBuf> {
    let files = fs::read_dir(places::jupyter().join("runtime"));
    let files = files.into_iter().flatten().flatten();
    files
        .filter(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            name.starts_with("jpserver-") && name.ends_with(".json")
        })
        .map(|file| file.path())
        .collect()
}

fn percent_encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    name.bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_with_spaces_and_accents_goes_into_a_url() {
        assert_eq!(super::percent_encoded("3 año.ipynb"), "3%20a%C3%B1o.ipynb");
    }
}
