//! Confinement: the tool runs itself as `ex03 __jail …`, which takes from itself what the program in its place may not have, and becomes it.
//!
//! | layer | takes |
//! |---|---|
//! | rlimits | memory, CPU time, the size of files, core dumps |
//! | no_new_privs | what a setuid program could give |
//! | landlock | all files but those that are named, TCP |
//! | seccomp | sockets, processes, threads, signals to others: of a student's program all but what computing needs |
//!
//! Both kinds of program, the compiler and what it makes, run with an empty environment and end with their parent.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod layers;
mod limits;

#[cfg(not(target_os = "linux"))]
use self::elsewhere as layers;

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

pub use self::limits::{Kind, Limits};

/// The hidden order by which the grader starts itself confined.
pub const COMMAND: &str = "__jail";

pub const MEGABYTE: u64 = 1 << 20;

/// `program` behind the jail. Its own arguments may be added.
pub fn command(limits: &Limits, program: &Path) -> Result<Command> {
    let tool = std::env::current_exe().context("no sé dónde estoy")?;
    let mut command = Command::new(tool);
    let kind = match limits.kind {
        Kind::Program => "program",
        Kind::Compiler => "compiler",
    };
    command.args([COMMAND, kind]);
    for number in [limits.memory, limits.cpu_seconds, limits.file_size] {
        command.arg(number.to_string());
    }
    command.arg(if limits.confined { "confined" } else { "free" });
    for (flag, paths) in [("r", &limits.readable), ("w", &limits.writable)] {
        for path in paths {
            command.arg(flag).arg(path);
        }
    }
    command.arg("--").arg(program).env_clear();
    Ok(command)
}

/// Which layers this system lacks, in Spanish; none where all are there.
pub fn missing_layers() -> Result<Vec<String>> {
    let tool = std::env::current_exe().context("no sé dónde estoy")?;
    let output = Command::new(tool)
        .args([COMMAND, "probe"])
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .context("no puedo ejecutarme a mí mismo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    match output.status.success() {
        true => Ok(text.lines().map(str::to_owned).collect()),
        false => bail!("no puedo saber qué aislamiento tiene este sistema"),
    }
}

/// The hidden command. It returns only where it fails.
pub fn run(arguments: &[OsString]) -> ExitCode {
    if arguments.iter().map(OsString::as_os_str).eq(["probe"]) {
        print!("{}", layers::missing().join("\n"));
        return ExitCode::SUCCESS;
    }
    let Some((limits, command)) = parsed(arguments) else {
        return ExitCode::from(2);
    };
    let [program, rest @ ..] = command else {
        return ExitCode::from(2);
    };
    if let Err(layer) = layers::enter(&limits) {
        eprintln!("{FAILED}: {layer}");
        return ExitCode::from(2);
    }
    use std::os::unix::process::CommandExt;
    let error = Command::new(program).args(rest).exec();
    eprintln!("{FAILED}: {}: {error}", program.display());
    ExitCode::from(2)
}

/// What the jail says of itself where it cannot be entered, on stderr.
pub const FAILED: &str = "ex03 __jail";

fn parsed(arguments: &[OsString]) -> Option<(Limits, &[OsString])> {
    let mut at = arguments.iter();
    let kind = match at.next()?.to_str()? {
        "program" => Kind::Program,
        "compiler" => Kind::Compiler,
        _ => return None,
    };
    let mut number = || at.next()?.to_str()?.parse::<u64>().ok();
    let (memory, cpu_seconds, file_size) = (number()?, number()?, number()?);
    let mut limits = Limits {
        kind,
        memory,
        cpu_seconds,
        file_size,
        readable: Vec::new(),
        writable: Vec::new(),
        confined: at.next()? != "free",
    };
    loop {
        match at.next()?.to_str()? {
            "r" => limits.readable.push(at.next()?.into()),
            "w" => limits.writable.push(at.next()?.into()),
            "--" => return Some((limits, at.as_slice())),
            _ => return None,
        }
    }
}
