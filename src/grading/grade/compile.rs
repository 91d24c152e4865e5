//! Compiles a program to WebAssembly, once: rustc, behind the jail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use ex03_base::process::{self, Group};
use ex03_base::{interrupt, project};

use super::jail::{self, Limits};
use super::kept::{self, Key};
use super::machine;
use crate::program::{self, Diagnostic, Span};
use ex03_base::library::Library;

/// A program as files: its root, and the numbers and texts of its cells.
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub main: String,
    pub cells: Vec<(usize, String)>,
}

/// What came of compiling.
#[derive(Debug)]
pub enum Built {
    /// The program's file.
    Well(PathBuf),
    /// The errors.
    Badly(Vec<Diagnostic>),
    /// It took more time or memory than a compiler may.
    TooMuch,
}

/// For a macro, a type or a constant that never ends; an honest program takes a fraction of a second and 150 MB.
const MEMORY: u64 = 3_000 << 20;
const FILE_SIZE: u64 = 100 << 20;
pub const CPU_SECONDS: u64 = 10;
/// A compiler that takes no CPU time either is stuck; a busy machine may keep one waiting for long.
const PATIENCE: u32 = 10;
/// More text than this in a compiler's messages is cut.
const MESSAGES: usize = 1 << 20;

/// The file that is made of a program.
const PROGRAM: &str = "program.wasm";

/// rustc, what it may read, and where it may write.
pub struct Compiler {
    rustc: PathBuf,
    library: Library,
    options: Vec<String>,
    readable: Vec<PathBuf>,
    /// Of compiled programs, each in a folder that is named for what it was made of.
    folder: PathBuf,
    /// Of all that goes into a program but its own text.
    fingerprint: String,
}

/// Of the system, what rustc and its linker are linked to.
const SYSTEM: [&str; 6] = [
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/etc/ld.so.cache",
    "/dev/urandom",
];

impl Compiler {
    /// # Errors
    ///
    /// One line, where rustc or the library is not there.
    pub fn new(library: Library) -> Result<Compiler> {
        let says = |option: &[&str]| {
            let mut rustc = Command::new("rustc");
            rustc.args(option).current_dir(project::root());
            let output = process::follow(&mut rustc, |_| {})?;
            anyhow::Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let sysroot = PathBuf::from(says(&["--print=sysroot"])?);
        let version = says(&["-vV"])?;
        let folder = library.scratch.join("grade");
        let content = fs::read(&library.rlib)
            .with_context(|| format!("{}: no se puede leer", library.rlib.display()))?;
        let options = options();
        let mut key = Key::default();
        key.add(version);
        key.add(content);
        options.iter().for_each(|option| key.add(option));
        let fingerprint = key.name();
        let apart = folder.join(format!("library-{fingerprint}"));
        let library = library.apart(&apart)?;
        kept::prune(&folder, &apart);
        let readable = SYSTEM.iter().map(PathBuf::from);
        let readable = readable
            .chain([sysroot.clone(), apart])
            .filter(|path| path.exists())
            .collect();
        Ok(Compiler {
            rustc: sysroot.join("bin").join("rustc"),
            library,
            options,
            readable,
            folder,
            fingerprint,
        })
    }

    /// # Errors
    ///
    /// One line, where the grader itself fails, or the user interrupts.
    pub fn build(&self, program: &Program, cpu_seconds: u64) -> Result<Built> {
        let folder = self.folder.join(self.name(program));
        if let Some(messages) = kept::messages(&folder) {
            return Ok(built(&folder, &messages));
        }
        let unfinished = kept::unfinished(&self.folder);
        program::write(&unfinished, &program.cells, &program.main)?;
        let ended = self.run(&unfinished, cpu_seconds);
        let built = ended.and_then(|ended| conclude(ended, &unfinished, &folder));
        let _ = fs::remove_dir_all(&unfinished);
        built
    }

    /// Of all that it is made of.
    fn name(&self, program: &Program) -> String {
        let mut key = Key::default();
        key.add(&self.fingerprint);
        key.add(&program.main);
        for (number, text) in &program.cells {
            key.add(number.to_le_bytes());
            key.add(text);
        }
        key.name()
    }

    fn run(&self, folder: &Path, cpu_seconds: u64) -> Result<Ended> {
        let limits = Limits {
            memory: MEMORY,
            cpu_seconds,
            file_size: FILE_SIZE,
            readable: self.readable.clone(),
            writable: vec![folder.to_owned(), "/dev/null".into()],
        };
        let failed = "rustc no arranca";
        let log = folder.join("stderr");
        let stderr = fs::File::create(&log).context(failed)?;
        let mut command = jail::command(&limits, &self.rustc)?;
        program::compiler(&mut command, &self.library, folder)
            .args(&self.options)
            .env("TMPDIR", folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr);
        let mut group = Group::spawn(&mut command).context(failed)?;
        let status = group
            .wait(PATIENCE * Duration::from_secs(cpu_seconds))
            .context(failed)?;
        drop(group);
        let mut messages = fs::read(&log).context(failed)?;
        messages.truncate(MESSAGES);
        Ok(Ended {
            status,
            messages: String::from_utf8_lossy(&messages).into_owned(),
        })
    }
}

struct Ended {
    status: Option<ExitStatus>,
    messages: String,
}

/// The checks call with small matrices: what a program takes is the compiler's time. The stack lies first in memory, so that what
/// overflows it leaves the memory.
fn options() -> Vec<String> {
    let mut options: Vec<String> = [
        "--crate-type=cdylib",
        "-Copt-level=0",
        "-Cdebug-assertions=on",
        "-Cdebuginfo=0",
        "-Ccodegen-units=1",
        "-Cstrip=symbols",
        "-Clink-arg=--stack-first",
        "-Clink-arg=--export=__stack_pointer",
        // No lint, of this rustc or a later one, costs a student a point; but `unsafe` is told.
        "--cap-lints=allow",
        "--force-warn=unsafe_code",
    ]
    .map(str::to_owned)
    .into();
    options.push(format!("-Clink-arg=-zstack-size={}", machine::STACK));
    options.push(format!("-o{PROGRAM}"));
    options
}

fn conclude(ended: Ended, unfinished: &Path, folder: &Path) -> Result<Built> {
    let Ended { status, messages } = ended;
    interrupt::check()?;
    // The next attempt may be in time.
    let Some(status) = status else {
        return Ok(Built::TooMuch);
    };
    if messages.starts_with(jail::FAILED) {
        bail!("rustc no arranca: {}", messages.trim());
    }
    // An error in no file, such as a linker that is not there, is not of the program's making: it may pass.
    let errors = errors(&messages);
    if errors.iter().any(|it| it.spans.is_empty()) {
        return Ok(Built::Badly(errors));
    }
    let is_good = status.success() && errors.is_empty();
    let program = is_good.then_some(PROGRAM);
    kept::keep(unfinished, folder, program, &messages)?;
    Ok(built(folder, &messages))
}

fn built(folder: &Path, messages: &str) -> Built {
    let program = folder.join(PROGRAM);
    if program.exists() {
        return Built::Well(program);
    }
    let errors = errors(messages);
    match errors.is_empty() {
        true => Built::TooMuch,
        false => Built::Badly(errors),
    }
}

fn errors(messages: &str) -> Vec<Diagnostic> {
    let mut errors = program::diagnostics(messages);
    errors.retain(|it| it.is_error || is_unsafe(it));
    errors
}

/// Whether a student's own code goes behind the compiler's back; what the grader's part and the macros
/// of libraries do is theirs to answer for.
fn is_unsafe(message: &Diagnostic) -> bool {
    let is_in_cell = |span: &Span| span.file.starts_with("celda ");
    message.code == "unsafe_code" && message.primary().is_some_and(is_in_cell)
}
