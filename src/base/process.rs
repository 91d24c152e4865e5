//! Child processes without surprises: their output goes to a file, never to a pipe that could fill
//! up, and they end with us.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use anyhow::{Context, Result};

use crate::files::unwritable;
use crate::interrupt;
use crate::system::{self, Family};

/// How a child ended. The text is all that it printed.
pub enum Ended {
    Well(String),
    Badly(String),
    /// There is no such program.
    Missing,
    TimedOut,
}

/// Runs `command` to its end, at most for `limit`, with its output in the file `log`, which `watch`
/// sees grow.
///
/// # Errors
///
/// [`Interrupted`](crate::failure::Interrupted) when the user interrupts; another where the child
/// cannot be started or followed.
pub fn run(
    command: &mut Command,
    log: &Path,
    limit: Duration,
    mut watch: impl FnMut(&str),
) -> Result<Ended> {
    let output = File::create(log).with_context(|| unwritable(log))?;
    let errors = output.try_clone().with_context(|| unwritable(log))?;
    command.stdin(Stdio::null()).stdout(output).stderr(errors);
    interrupt::listen();
    let mut group = match Group::spawn(command) {
        Ok(group) => group,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Ended::Missing),
        Err(error) => {
            let program = command.get_program().display();
            return Err(error).with_context(|| format!("no puedo ejecutar {program}"));
        }
    };
    let text = || String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned();
    let deadline = Instant::now() + limit;
    let mut pause = Duration::from_millis(5);
    loop {
        match group.try_wait().context("perdí un proceso")? {
            Some(status) if status.success() => return Ok(Ended::Well(text())),
            Some(_) => return Ok(Ended::Badly(text())),
            None if interrupt::is_raised() || Instant::now() > deadline => break,
            None => watch(&text()),
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(250));
    }
    group.ask_to_end(Duration::from_secs(3));
    interrupt::check()?;
    Ok(Ended::TimedOut)
}

/// Runs `command` to its end and returns what it printed; `watch` sees each line of its stderr when it
/// comes. It ends with the user's interrupt, the child too.
///
/// # Errors
///
/// [`Interrupted`](crate::failure::Interrupted) when the user interrupts; another where the child
/// cannot be started or followed.
pub fn follow(command: &mut Command, mut watch: impl FnMut(&str)) -> Result<Output> {
    let program = command.get_program().display().to_string();
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    interrupt::listen();
    let mut group =
        Group::spawn(command).with_context(|| format!("no puedo ejecutar {program}"))?;
    let stdout = group.stdout();
    let stdout = thread::spawn(move || {
        let mut all = Vec::new();
        stdout.map(|mut pipe| pipe.read_to_end(&mut all));
        all
    });
    let (sender, lines) = mpsc::channel();
    let stderr = group.stderr().map(BufReader::new);
    thread::spawn(move || {
        let lines = stderr.into_iter().flat_map(|it| it.split(b'\n'));
        // Nobody listens any more where the user has interrupted.
        lines
            .map_while(Result::ok)
            .try_for_each(|it| sender.send(it))
    });
    let mut stderr = Vec::new();
    loop {
        interrupt::check()?;
        match lines.recv_timeout(Duration::from_millis(50)) {
            Ok(line) => {
                watch(&String::from_utf8_lossy(&line));
                stderr.extend_from_slice(&line);
                stderr.push(b'\n');
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = loop {
        if let Some(status) = group.wait(Duration::from_secs(3600))? {
            break status;
        }
        interrupt::check()?;
    };
    Ok(Output {
        status,
        stdout: stdout.join().unwrap_or_default(),
        stderr,
    })
}

/// A child in a group of its own. When this value is dropped, the whole group is killed.
pub struct Group {
    child: Child,
    family: Family,
    status: Option<ExitStatus>,
}

impl Group {
    pub fn spawn(command: &mut Command) -> io::Result<Group> {
        let child = system::in_own_group(command).spawn()?;
        Ok(Group {
            family: Family::of(&child)?,
            child,
            status: None,
        })
    }

    /// How the child ended; none while it runs.
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.status = self.child.try_wait()?;
        Ok(self.status)
    }

    /// Waits for the child to end; none where it has not by then, or the user interrupts.
    pub fn wait(&mut self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        let deadline = Instant::now() + limit;
        let mut pause = Duration::from_millis(1);
        while self.try_wait()?.is_none() {
            if Instant::now() > deadline || interrupt::is_raised() {
                return Ok(None);
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(10));
        }
        Ok(self.status)
    }

    /// Asks the group to end, and gives it that long to do so before it is killed.
    fn ask_to_end(mut self, patience: Duration) {
        self.family.ask_to_end();
        let deadline = Instant::now() + patience;
        while matches!(self.try_wait(), Ok(None)) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    pub fn stderr(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.family.kill();
        if self.status.is_none() {
            let _ = self.child.wait();
        }
    }
}
