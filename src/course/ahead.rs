//! Compiles ahead what the course gives: the cells of the notebooks that are no exercises, and the
//! library for the playground at the end of notebook 3. Whoever comes to them does not wait.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use ex03_base::library::Library;
use ex03_base::{cargo, files, project, system};

use crate::jupyter;
use crate::kernel::warm::Warm;
use crate::places::Cache;

/// Runs cells, on a kernel that keeps what it compiles.
const RUN: &str = include_str!("ahead.py");
/// The cells, as `ex03 release` derives them from the solved notebooks.
const GIVEN: &str = include_str!("given.json");

/// The reader's own first cells come first.
const AFTER: Duration = Duration::from_secs(30);

/// What is compiled while JupyterLab is open.
pub enum Ahead {
    From(Instant),
    Running { run: Child, done: PathBuf },
    Over,
}

impl Ahead {
    pub fn start() -> Ahead {
        Ahead::From(Instant::now() + AFTER)
    }

    /// Begins when it is time, and notes when it is done. To be called now and then.
    pub fn go_on(&mut self) {
        match self {
            // Where it cannot begin, each cell is compiled when it is run.
            Ahead::From(due) if Instant::now() >= *due => {
                *self = begin().ok().flatten().unwrap_or(Ahead::Over);
            }
            Ahead::Running { run, done } => {
                if let Ok(Some(status)) = run.try_wait() {
                    match status.success() {
                        true => _ = fs::write(done, GIVEN),
                        false => library(),
                    }
                    *self = Ahead::Over;
                }
            }
            Ahead::From(_) | Ahead::Over => {}
        }
    }
}

impl Drop for Ahead {
    /// Ends what runs. It sees that we are gone by its standard input.
    fn drop(&mut self) {
        if let Ahead::Running { run, .. } = self {
            drop(run.stdin.take());
            let asked = Instant::now();
            while matches!(run.try_wait(), Ok(None)) && asked.elapsed() < Duration::from_secs(10) {
                thread::sleep(Duration::from_millis(20));
            }
            let _ = run.kill();
            let _ = run.wait();
        }
    }
}

/// Where there is no room for a kernel, at least the library. Ctrl-C ends it too, and what it has compiled
/// by then stays.
fn library() {
    thread::spawn(|| {
        // If it fails, whoever opens the playground is told why.
        let _ = Library::build_by(system::giving_way(&cargo::program()), None);
    });
}

/// Starts the run, which gives way to all else, unless it was done with these cells for this state of the library.
fn begin() -> Result<Option<Ahead>> {
    let cache = Cache::find()?;
    let Some(program) = cache.kernel_program() else {
        return Ok(None);
    };
    let warm = Warm::find(&cache, &program)?;
    let done = warm.kernels().join("ahead");
    if fs::read_to_string(&done).is_ok_and(|cells| cells == GIVEN) {
        return Ok(None);
    }
    let given = warm.kernels().join("given.json");
    files::write(&given, GIVEN)?;
    let python = jupyter::python(&cache.python())?;
    let mut run = system::giving_way(python.get_program());
    for (name, value) in python.get_envs() {
        match value {
            Some(value) => run.env(name, value),
            None => run.env_remove(name),
        };
    }
    run.arg("-c")
        .arg(RUN)
        .arg(given)
        .arg(project::exercises())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let run = system::in_own_group(&mut run).spawn()?;
    Ok(Some(Ahead::Running { run, done }))
}
