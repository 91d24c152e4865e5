//! Stands between evcxr and who talks to it, so that nobody hangs up on evcxr while it is busy.
//!
//! evcxr stops for ever when a page hangs up while another connects and a third is answered: in
//! zeromq 0.6 the task that removes a peer blocks its thread on a lock, and who has the lock waits for
//! that thread. A page that is loaded again at the wrong moment is enough. What a page asks and is
//! answered goes through here byte for byte; its connection is closed when nothing has been said for a
//! while after it has left. What evcxr prints and shows goes by one connection to all pages.
//!
//! | module | does |
//! |---|---|
//! | [`published`] | hears what evcxr prints and shows, and tells all pages |
//! | [`said`], [`words`] | make lines in a row one message, and evcxr's errors Spanish |
//! | [`zmtp`] | reads and writes messages as connections carry them |

mod published;
mod said;
mod words;
mod zmtp;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ex03_base::files::{self, unwritable};
use serde_json::Value;

use self::said::Key;

const PORTS: [&str; 5] = [
    "shell_port",
    "iopub_port",
    "stdin_port",
    "control_port",
    "hb_port",
];
/// How long nothing has to be said before a connection is closed, and how long evcxr is left to see it.
const CALM: Duration = Duration::from_secs(1);
const SEEN: Duration = Duration::from_millis(10);

/// The connection file of evcxr, which nobody else knows, for as long as this lives.
pub struct Relay {
    file: PathBuf,
    traffic: Arc<Traffic>,
}

impl Relay {
    /// Listens where Jupyter expects the kernel, for an evcxr that is about to start. There is none
    /// where Jupyter does not use TCP.
    pub fn before(connection: &Path) -> Result<Option<Relay>> {
        let mut told: Value = serde_json::from_str(&files::read(connection)?)
            .with_context(|| format!("{}: no es JSON", connection.display()))?;
        if told["transport"] != "tcp" {
            return Ok(None);
        }
        let key: Arc<Key> = told["key"].as_str().unwrap_or_default().into();
        let traffic = Arc::new(Traffic::default());
        let mut ports = Vec::new();
        for port in PORTS {
            let outer = address(&told, port)
                .with_context(|| format!("{}: falta {port}", connection.display()))?;
            let listener = TcpListener::bind(outer)
                .with_context(|| format!("otro programa usa ya {outer}"))?;
            // It is held until the last is found, so that they differ.
            let (held, evcxr) = free(outer.ip()).context("no hay ningún puerto libre")?;
            told[port] = evcxr.port().into();
            ports.push((port, listener, held, evcxr));
        }
        let file = connection.with_extension("evcxr");
        write_private(&file, &told.to_string()).with_context(|| unwritable(&file))?;
        for (port, listener, held, evcxr) in ports {
            drop(held);
            let traffic = traffic.clone();
            match port {
                "iopub_port" => published::serve(listener, evcxr, key.clone(), traffic),
                _ => in_thread(move || {
                    accept(&listener, move |page| talk(page, evcxr, &traffic));
                }),
            }
            .context("no hay más hilos")?;
        }
        Ok(Some(Relay { file, traffic }))
    }

    pub fn file(&self) -> &Path {
        &self.file
    }
}

impl Drop for Relay {
    /// Waits until what evcxr said before it ended has been passed on.
    fn drop(&mut self) {
        let ended = Instant::now();
        while Arc::strong_count(&self.traffic.saying) > 1 && ended.elapsed() < CALM {
            thread::sleep(SEEN);
        }
        let _ = fs::remove_file(&self.file);
    }
}

fn address(told: &Value, port: &str) -> Option<SocketAddr> {
    let ip: IpAddr = told["ip"].as_str()?.parse().ok()?;
    let port = u16::try_from(told[port].as_u64()?).ok()?;
    Some(SocketAddr::new(ip, port))
}

/// An address that nobody uses now, as Jupyter finds its own.
fn free(ip: IpAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((ip, 0))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// The file holds the key by which evcxr knows who may talk to it.
fn write_private(file: &Path, text: &str) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(text.as_bytes())
}

/// Has each page that connects be spoken to in a thread of its own.
fn accept(port: &TcpListener, talk: impl Fn(TcpStream) -> io::Result<()> + Clone + Send + 'static) {
    for page in port.incoming() {
        let talk = talk.clone();
        let spoken = page.and_then(|page| in_thread(move || drop(talk(page))));
        if spoken.is_err() {
            // Too much is open. Who is not heard tries again.
            thread::sleep(SEEN);
        }
    }
}

/// Passes on what a page and evcxr say to each other.
fn talk(page: TcpStream, evcxr: SocketAddr, traffic: &Arc<Traffic>) -> io::Result<()> {
    traffic.note();
    let evcxr = reach(evcxr);
    page.set_nodelay(true)?;
    let (answers, answered) = (evcxr.try_clone()?, page.try_clone()?);
    let (noted, saying) = (traffic.clone(), traffic.saying.clone());
    in_thread(move || {
        noted.pass_on(&answers, &answered);
        let _ = answered.shutdown(Shutdown::Both);
        drop(saying);
    })?;
    traffic.pass_on(&page, &evcxr);
    drop(page);
    traffic.hang_up(&evcxr);
    Ok(())
}

/// evcxr is reached a moment after it was started.
fn reach(evcxr: SocketAddr) -> TcpStream {
    loop {
        match TcpStream::connect(evcxr) {
            Ok(evcxr) => {
                let _ = evcxr.set_nodelay(true);
                return evcxr;
            }
            Err(_) => thread::sleep(SEEN),
        }
    }
}

fn in_thread(run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().spawn(run).map(drop)
}

/// What goes through all of the ports.
struct Traffic {
    last: Mutex<Instant>,
    /// Kept by each who may still have something to pass on from evcxr.
    saying: Arc<()>,
}

impl Default for Traffic {
    fn default() -> Traffic {
        Traffic {
            last: Mutex::new(Instant::now()),
            saying: Arc::default(),
        }
    }
}

impl Traffic {
    fn note(&self) {
        *lock(&self.last) = Instant::now();
    }

    /// Passes on what is said until its end. What a page no longer hears is read all the same, since
    /// evcxr would wait for it.
    fn pass_on(&self, mut from: &TcpStream, mut to: &TcpStream) {
        let mut said = [0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut said) {
            self.note();
            let _ = to.write_all(&said[..length]);
        }
    }

    /// Closes a connection to evcxr when nothing has been said for a while. Nothing is said meanwhile.
    fn hang_up(&self, evcxr: &TcpStream) {
        loop {
            let last = lock(&self.last);
            let calm = last.elapsed();
            if calm >= CALM {
                let _ = evcxr.shutdown(Shutdown::Both);
                thread::sleep(SEEN);
                return;
            }
            drop(last);
            thread::sleep(CALM - calm);
        }
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
