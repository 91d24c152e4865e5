//! Linux and macOS: process groups, signals and symbolic links.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::{fs, io, thread};

use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, getpgrp, getpid, kill_process, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// The variable that says where the system's loader looks for libraries, the same that cargo sets;
/// none where evcxr sees to it.
pub const LIBRARY_PATH: Option<&str> = if cfg!(target_os = "macos") {
    Some("DYLD_FALLBACK_LIBRARY_PATH")
} else {
    Some("LD_LIBRARY_PATH")
};

/// What stands between the folders of a `PATH`.
pub const BETWEEN_PATHS: char = ':';

/// The names that a Python goes by. Some systems keep an old `python3` beside newer ones.
pub const PYTHONS: &[&str] = &[
    "python3",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
    "python3.14",
];

/// Has a command run where a Ctrl-C in our terminal does not reach it.
pub fn in_own_group(command: &mut Command) -> &mut Command {
    command.process_group(0)
}

/// A child that runs in its own group, with all that it starts.
pub struct Family(Pid);

impl Family {
    /// The child has been started by [`in_own_group`].
    pub fn of(child: &Child) -> io::Result<Family> {
        Ok(Family(Pid::from_child(child)))
    }

    /// Asks all of them to end.
    pub fn ask_to_end(&self) {
        let _ = kill_process_group(self.0, Signal::TERM);
    }

    /// Ends all of them at once. The child may have ended before and left others.
    pub fn kill(&self) {
        // The number of a process is not given again so soon.
        let _ = kill_process_group(self.0, Signal::KILL);
    }
}

/// Ends a child when we are told to end.
pub struct EndWithUs {
    told: &'static AtomicBool,
    child: Arc<Mutex<Option<Pid>>>,
}

/// From here on SIGTERM and a closed terminal raise the flag, and end the child that is
/// [taken](EndWithUs::take). Ctrl-C does nothing: Jupyter interrupts a kernel by a message.
pub fn end_with_us(told: &'static AtomicBool) -> io::Result<EndWithUs> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    let child = Arc::new(Mutex::new(None));
    let ours = EndWithUs {
        told,
        child: child.clone(),
    };
    thread::spawn(move || {
        for signal in signals.forever() {
            if signal != SIGINT {
                told.store(true, Ordering::Relaxed);
                kill_taken(&child);
            }
        }
    });
    Ok(ours)
}

fn kill_taken(child: &Mutex<Option<Pid>>) {
    if let Some(pid) = *child.lock().expect("no one panics with it") {
        let _ = kill_process(pid, Signal::KILL);
    }
}

impl EndWithUs {
    /// Takes a child that has just been started.
    pub fn take(&self, child: &Child) -> io::Result<()> {
        *self.child.lock().expect("no one panics with it") = Some(Pid::from_child(child));
        if self.told.load(Ordering::Relaxed) {
            kill_taken(&self.child);
        }
        Ok(())
    }

    /// Says that the child has ended. Where we were told to end, what it has started and left ends
    /// too, if all of it runs in a group that we lead, as Jupyter starts a kernel.
    pub fn ended(&self) {
        *self.child.lock().expect("no one panics with it") = None;
        if self.told.load(Ordering::Relaxed) && getpgrp() == getpid() {
            // It reaches us too, and we are ending already.
            let _ = kill_process_group(getpid(), Signal::TERM);
        }
    }
}

/// From here on Ctrl-C, a closed terminal and SIGTERM only raise the flag.
pub fn raise_at_interrupt(flag: &Arc<AtomicBool>) {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        // Registering fails only for signals that cannot be caught.
        let _ = signal_hook::flag::register(signal, flag.clone());
    }
}

/// A program that runs when nothing else has to.
pub fn giving_way(program: &OsStr) -> Command {
    let mut command = Command::new("nice");
    command.args(["-n", "19"]).arg(program);
    command
}

/// Goes on as another program, so that a signal to us reaches it. Returns only where it does not
/// start.
pub fn become_program(command: &mut Command) -> io::Result<ExitCode> {
    Err(command.exec())
}

/// Lets the path `link` lead to a file or folder.
pub fn link(to: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, link)
}

/// Opens a file to be read. Opening a pipe would wait for whoever writes into it, unless it is opened
/// so.
pub fn open_without_waiting(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    File::options()
        .read(true)
        .custom_flags(flags.bits() as i32)
        .open(path)
}

/// A file's kind and rights, in one number.
pub fn mode(metadata: &Metadata) -> u32 {
    metadata.mode()
}

/// Whether the terminal lets us rewrite a line.
pub fn understands_escapes() -> bool {
    true
}

/// A program of a virtual environment of Python.
pub fn in_venv(folder: &Path, program: &str) -> PathBuf {
    folder.join("bin").join(program)
}

/// Where a virtual environment of Python keeps its packages.
pub fn packages_in_venv(folder: &Path) -> Vec<PathBuf> {
    let pythons = fs::read_dir(folder.join("lib")).into_iter().flatten();
    pythons
        .flatten()
        .map(|it| it.path().join("site-packages"))
        .collect()
}
