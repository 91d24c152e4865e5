//! Confinement of the compiler: the tool runs itself as `ex03-grading __jail …`, which takes from itself what rustc does without while it
//! reads a stranger's text, and becomes rustc, with an empty environment.
//!
//! | layer | takes | where |
//! |---|---|---|
//! | rlimits | CPU time, the size of files, core dumps; on Linux memory too | Unix |
//! | no_new_privs | what a setuid program could give | Linux |
//! | landlock | all files but those that are named; TCP; Unix sockets and signals to others | Linux 5.13, 6.7, 6.12 |
//!
//! It is the second wall: a text that reads a file or a variable while it is compiled has been refused by its words
//! ([`refused`](super::refused)), and rustc runs nothing of what it compiles, since there is no procedural macro to call. So it is
//! for a mistake in rustc or in that list, and a system that lacks a layer does without it. UDP is what no layer takes.

#[cfg(unix)]
mod layers;
mod limits;

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

pub use self::limits::Limits;

/// The hidden order by which the grader starts itself confined.
pub const COMMAND: &str = "__jail";

/// What the jail says of itself where it cannot be entered, on stderr.
pub const FAILED: &str = "ex03 __jail";

/// What keeps the compiler to its files on this system; none where nothing does, and only the words are refused.
pub fn has_files_confined() -> bool {
    #[cfg(target_os = "linux")]
    return layers::has_landlock();
    #[cfg(not(target_os = "linux"))]
    return false;
}

/// `program` behind the jail. Its own arguments may be added.
pub fn command(limits: &Limits, program: &Path) -> Result<Command> {
    if cfg!(not(unix)) {
        let mut command = Command::new(program);
        command.env_clear();
        return Ok(command);
    }
    let tool = std::env::current_exe().context("no sé dónde estoy")?;
    let mut command = Command::new(tool);
    command
        .arg(COMMAND)
        .args(limits.arguments())
        .arg("--")
        .arg(program)
        .env_clear();
    Ok(command)
}

/// The hidden command. It returns only where it fails.
pub fn run(arguments: &[OsString]) -> ExitCode {
    let Some((limits, [program, rest @ ..])) = Limits::parse(arguments) else {
        return ExitCode::from(2);
    };
    let failed = become_it(&limits, Command::new(program).args(rest));
    eprintln!("{FAILED}: {}: {failed:#}", program.display());
    ExitCode::from(2)
}

#[cfg(unix)]
fn become_it(limits: &Limits, command: &mut Command) -> anyhow::Error {
    use std::os::unix::process::CommandExt;
    match layers::enter(limits) {
        Ok(()) => command.exec().into(),
        Err(error) => error,
    }
}

#[cfg(not(unix))]
fn become_it(_: &Limits, _: &mut Command) -> anyhow::Error {
    anyhow::anyhow!("este sistema no lo tiene")
}
