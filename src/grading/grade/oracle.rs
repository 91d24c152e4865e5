//! Runs one exercise of a compiled program behind the jail: asks it for answers, and has them judged on this side.

use std::cell::Cell;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{ChildStderr, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use ex03_utils::RandomState;
use ex03_utils::check::exercises;
use ex03_utils::check::oracle::{HELLO, Judgement, NoAnswer, read_frame, write_frame};
use rustix::process::Signal;

use super::jail::{self, Kind, Limits, MEGABYTE};
use anyhow::{Context, Result, bail};
use ex03_base::failure::Interrupted;
use ex03_base::interrupt;
use ex03_base::process::Group;

const MEMORY: u64 = 512 * MEGABYTE;
/// What is kept of what a program prints on stderr; the rest is read and forgotten.
const KEPT: usize = 16 << 10;
const FLOOD: u64 = 64 << 20;

/// How an exercise did.
pub enum Answered {
    Judged(Box<Judgement>),
    Stopped(Stopped),
}

/// Why there is no answer to judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    TimedOut,
    OutOfMemory,
    StackOverflow,
    /// It asked the system for what it may not.
    Forbidden,
    /// Its answer was too large, or none of an exercise's.
    NoAnswer(String),
    /// It ended of itself.
    Ended(String),
    /// It did not begin, though others do.
    NotStarted(String),
}

/// How a program is run.
pub struct Run<'a> {
    pub program: &'a Path,
    pub exercise: &'static str,
    pub cpu_seconds: u64,
    pub confined: bool,
    pub seed: u32,
}

/// # Errors
///
/// One line, where the grader itself fails, or the user interrupts.
pub fn run(run: &Run) -> Result<Answered> {
    let mut talk = match Talk::start(run)? {
        Ok(talk) => talk,
        Err(stopped) => return Ok(Answered::Stopped(stopped)),
    };
    let silence = Cell::new(None);
    let channel = &talk.channel;
    let deadline = talk.deadline;
    let send = |request: &[u8]| match exchange(channel, request, deadline) {
        Ok(reply) => Some(reply),
        Err(why) => {
            silence.set(Some(why));
            None
        }
    };
    let mut rng = RandomState::new(run.seed);
    let exercise = exercises::find(run.exercise)
        .with_context(|| format!("no hay ningún ejercicio {}", run.exercise))?;
    let judged = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        exercises::judge_over(exercise, &send, &mut rng)
    }));
    interrupt::check()?;
    match judged {
        Ok(Ok(judgement)) => Ok(Answered::Judged(Box::new(judgement))),
        Ok(Err(NoAnswer::Malformed)) => Ok(Answered::Stopped(Stopped::NoAnswer(
            "su respuesta no es del tipo que el ejercicio pide".to_owned(),
        ))),
        Ok(Err(NoAnswer::Silent)) => {
            let why = silence.take().unwrap_or(Silence::Closed);
            Ok(Answered::Stopped(talk.stopped(why)))
        }
        Err(_) => bail!(
            "la comprobación de {} ha fallado al juzgar las respuestas",
            run.exercise
        ),
    }
}

/// A program at work, and the socket that is its standard input.
struct Talk {
    group: Group,
    channel: UnixStream,
    deadline: Instant,
    printed: Option<JoinHandle<(String, ChildStderr)>>,
}

impl Talk {
    fn start(run: &Run) -> Result<Result<Talk, Stopped>> {
        let failed = "el programa no arranca";
        let limits = Limits {
            kind: Kind::Program,
            memory: MEMORY,
            cpu_seconds: run.cpu_seconds,
            file_size: 0,
            readable: vec![run.program.to_owned()],
            writable: Vec::new(),
            confined: run.confined,
        };
        let (channel, theirs) = UnixStream::pair().context(failed)?;
        let mut command = jail::command(&limits, run.program)?;
        command
            .arg(run.exercise)
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut group = Group::spawn(&mut command).context(failed)?;
        // Else our own copy of its end would keep the socket open.
        drop(command);
        let printed = group.stderr().map(|pipe| thread::spawn(|| drain(pipe)));
        // A program that waits takes no CPU time: its time on the clock is limited too.
        let deadline = Instant::now() + Duration::from_secs(3 * run.cpu_seconds);
        let mut talk = Talk {
            group,
            channel,
            deadline,
            printed,
        };
        match receive(&talk.channel, deadline) {
            Ok(hello) if hello == HELLO => Ok(Ok(talk)),
            Err(Silence::Interrupted) => Err(Interrupted.into()),
            _ => {
                let _ = talk.group.wait(Duration::from_secs(1));
                drop(talk.group);
                let printed = talk.printed.and_then(|it| it.join().ok());
                Ok(Err(Stopped::NotStarted(
                    printed.map_or(String::new(), |it| it.0.trim().to_owned()),
                )))
            }
        }
    }

    /// Why a program no longer answers.
    fn stopped(&mut self, silence: Silence) -> Stopped {
        match silence {
            Silence::Late | Silence::Interrupted => return Stopped::TimedOut,
            Silence::TooLarge => {
                return Stopped::NoAnswer("su respuesta es demasiado grande".to_owned());
            }
            Silence::Closed => {}
        }
        let Ok(Some(status)) = self.group.wait(Duration::from_secs(1)) else {
            return Stopped::Ended("cerró su canal de respuestas".to_owned());
        };
        // It has ended, and could start nothing that would keep the pipe open.
        let printed = self.printed.take().and_then(|it| it.join().ok());
        why_ended(status, &printed.map(|it| it.0).unwrap_or_default())
    }
}

fn why_ended(status: ExitStatus, printed: &str) -> Stopped {
    let is = |signal: Signal| status.signal() == Some(signal.as_raw());
    if is(Signal::XCPU) || is(Signal::KILL) {
        Stopped::TimedOut
    } else if is(Signal::SYS) {
        Stopped::Forbidden
    } else if printed.contains("memory allocation of ") {
        Stopped::OutOfMemory
    } else if printed.contains("has overflowed its stack") || is(Signal::SEGV) {
        // Safe Rust touches no other's memory but past the end of its stack.
        Stopped::StackOverflow
    } else if status.signal().is_some() {
        let last = printed.lines().last().unwrap_or_default();
        Stopped::Ended(
            format!("el proceso abortó ({status}) {last}")
                .trim()
                .to_owned(),
        )
    } else {
        Stopped::Ended(format!("el proceso terminó sin responder ({status})"))
    }
}

/// Why there is no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Silence {
    Late,
    Closed,
    TooLarge,
    Interrupted,
}

fn exchange(channel: &UnixStream, request: &[u8], deadline: Instant) -> Result<Vec<u8>, Silence> {
    // It has read all that was asked before, and so a request fits into the socket unless it does not read.
    let rest = deadline.saturating_duration_since(Instant::now());
    let limit = rest.max(Duration::from_millis(1));
    channel
        .set_write_timeout(Some(limit))
        .map_err(|_| Silence::Closed)?;
    write_frame(&mut &*channel, request).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => Silence::Late,
        _ => Silence::Closed,
    })?;
    receive(channel, deadline)
}

fn receive(channel: &UnixStream, deadline: Instant) -> Result<Vec<u8>, Silence> {
    let mut patient = Patient { channel, deadline };
    match read_frame(&mut patient) {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(_)) => Err(Silence::TooLarge),
        Err(error) => Err(match error.kind() {
            io::ErrorKind::TimedOut if interrupt::is_raised() => Silence::Interrupted,
            io::ErrorKind::TimedOut => Silence::Late,
            _ => Silence::Closed,
        }),
    }
}

/// Reads until the deadline, or until the user interrupts.
struct Patient<'a> {
    channel: &'a UnixStream,
    deadline: Instant,
}

impl Read for Patient<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let rest = self.deadline.saturating_duration_since(Instant::now());
            if rest.is_zero() || interrupt::is_raised() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            let slice = rest.min(Duration::from_millis(200));
            self.channel
                .set_read_timeout(Some(slice.max(Duration::from_millis(1))))?;
            match self.channel.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                done => return done,
            }
        }
    }
}

/// Reads to the end, and keeps the last part. A flood is dammed: what prints it waits until its time is up.
fn drain<R: Read>(mut pipe: R) -> (String, R) {
    let mut flood = pipe.by_ref().take(FLOOD);
    let mut kept = Vec::new();
    let mut buffer = [0; 8 << 10];
    while let Ok(count @ 1..) = flood.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..count]);
        if kept.len() > 2 * KEPT {
            kept.drain(..kept.len() - KEPT);
        }
    }
    (String::from_utf8_lossy(&kept).into_owned(), pipe)
}
