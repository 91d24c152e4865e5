//! Stands between evcxr and who talks to it, so that nobody hangs up on evcxr while it is busy.
//!
//! evcxr stops for ever when a page hangs up while another connects and a third is answered: in
//! zeromq 0.6 the task that removes a peer blocks its thread on a lock, and who has the lock waits for
//! that thread. A page that is loaded again at the wrong moment is enough. What is said goes through
//! here byte for byte; the connection of a page that has left is closed when nothing has been said
//! for a while.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ex03_base::files::{self, unwritable};
use serde_json::Value;

const PORTS: [&str; 5] = [
    "shell_port",
    "iopub_port",
    "stdin_port",
    "control_port",
    "hb_port",
];
/// What a page sends to hear no more, in ZMTP 3: a message of one frame, which is a zero alone. Else
/// evcxr would say all that it prints to those who have left too.
const UNSUBSCRIBE: [u8; 3] = [0, 1, 0];
/// How long nothing has to be said before a connection is closed, and how long evcxr is left to see it.
const CALM: Duration = Duration::from_secs(1);
const SEEN: Duration = Duration::from_millis(10);

/// What comes within it is passed on together: evcxr writes each printed line by itself, and to wake
/// all who hear it for each would take as long as the line.
const GATHER: Duration = Duration::from_micros(200);

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
        let traffic = Arc::new(Traffic::default());
        // All are held until the last is found, so that they differ.
        let mut held = Vec::new();
        for port in PORTS {
            let outer = address(&told, port)
                .with_context(|| format!("{}: falta {port}", connection.display()))?;
            let listener = TcpListener::bind(outer)
                .with_context(|| format!("otro programa usa ya {outer}"))?;
            let (inner, evcxr) = free(outer.ip()).context("no hay ningún puerto libre")?;
            held.push(inner);
            told[port] = evcxr.port().into();
            let line = Line {
                evcxr,
                goodbye: if port == "iopub_port" {
                    &UNSUBSCRIBE
                } else {
                    &[]
                },
                traffic: traffic.clone(),
            };
            thread::spawn(move || line.listen(&listener));
        }
        let file = connection.with_extension("evcxr");
        write_private(&file, &told.to_string()).with_context(|| unwritable(&file))?;
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
        while self.traffic.heard.load(Ordering::Relaxed) > 0 && ended.elapsed() < CALM {
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

/// One of the ports.
#[derive(Clone)]
struct Line {
    evcxr: SocketAddr,
    /// What is said for a page that has left.
    goodbye: &'static [u8],
    traffic: Arc<Traffic>,
}

impl Line {
    fn listen(&self, listener: &TcpListener) {
        for page in listener.incoming() {
            let line = self.clone();
            let talk = page.and_then(|page| in_thread(move || line.talk(page)));
            if talk.is_err() {
                // Too much is open. Who is not heard tries again.
                thread::sleep(SEEN);
            }
        }
    }

    fn talk(&self, page: TcpStream) -> io::Result<()> {
        self.traffic.note();
        let evcxr = self.reach();
        page.set_nodelay(true)?;
        evcxr.set_nodelay(true)?;
        let (page, evcxr) = (Arc::new(page), Arc::new(evcxr));
        let (answers, answered) = (evcxr.clone(), page.clone());
        let traffic = self.traffic.clone();
        in_thread(move || {
            traffic.heard.fetch_add(1, Ordering::Relaxed);
            traffic.pass_on(&answers, &answered);
            let _ = answered.shutdown(Shutdown::Both);
            traffic.heard.fetch_sub(1, Ordering::Relaxed);
        })?;
        self.traffic.pass_on(&page, &evcxr);
        drop(page);
        let _ = (&*evcxr).write_all(self.goodbye);
        self.traffic.hang_up(&evcxr);
        Ok(())
    }

    /// evcxr is reached a moment after it was started.
    fn reach(&self) -> TcpStream {
        loop {
            match TcpStream::connect(self.evcxr) {
                Ok(evcxr) => return evcxr,
                Err(_) => thread::sleep(SEEN),
            }
        }
    }
}

fn in_thread<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> io::Result<()> {
    thread::Builder::new().spawn(run).map(drop)
}

/// What goes through all of the ports.
struct Traffic {
    last: Mutex<Instant>,
    /// The connections on which evcxr can still say something.
    heard: AtomicUsize,
}

impl Default for Traffic {
    fn default() -> Traffic {
        Traffic {
            last: Mutex::new(Instant::now()),
            heard: AtomicUsize::new(0),
        }
    }
}

impl Traffic {
    fn note(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Passes on what is said until its end. What a page no longer hears is read all the same, since
    /// evcxr would wait for it.
    fn pass_on(&self, mut from: &TcpStream, mut to: &TcpStream) {
        let mut said = [0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut said) {
            self.note();
            let _ = to.write_all(&said[..length]);
            thread::sleep(GATHER);
        }
    }

    /// Closes a connection to evcxr when nothing has been said for a while. Nothing is said meanwhile.
    fn hang_up(&self, evcxr: &TcpStream) {
        loop {
            let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
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
