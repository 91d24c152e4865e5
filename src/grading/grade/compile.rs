//! Compiles a program behind the jail, once: what has been compiled before is taken from where it lies.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use ex03_base::process::Group;
use ex03_base::{files, interrupt, project};

use super::jail::{self, Kind, Limits, MEGABYTE};
use super::kept::{self, Key};

use crate::program::{self, Diagnostic, Library};

/// A program as files: its root, and the numbers and texts of its cells.
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub main: String,
    pub cells: Vec<(usize, String)>,
}

/// What came of compiling.
#[derive(Debug)]
pub enum Built {
    /// The executable.
    Well(PathBuf),
    /// The errors.
    Badly(Vec<Diagnostic>),
    /// It took more time or memory than a compiler may.
    TooMuch,
}

/// For a macro, a type or a constant that never ends; an honest program takes a fraction of a second and 150 MB.
const MEMORY: u64 = 3_000 * MEGABYTE;
const FILE_SIZE: u64 = 100 * MEGABYTE;
pub const CPU_SECONDS: u64 = 20;
/// More text than this in a compiler's messages is cut.
const MESSAGES: usize = 1 << 20;

/// rustc, what it may read, and where it may write.
pub struct Compiler {
    rustc: PathBuf,
    library: Library,
    readable: Vec<PathBuf>,
    /// Of compiled programs, each in a folder that is named for what it was made of.
    folder: PathBuf,
    /// Of all that goes into a program but its own text.
    fingerprint: String,
    confined: bool,
}

/// Of the system, what rustc runs and links to.
const SYSTEM: [&str; 9] = [
    "/bin",
    "/lib",
    "/lib64",
    "/usr/bin",
    "/usr/lib",
    "/usr/lib64",
    "/usr/libexec",
    "/etc/ld.so.cache",
    "/dev/urandom",
];

impl Compiler {
    /// # Errors
    ///
    /// One line, where rustc or the library is not there.
    pub fn new(library: Library, confined: bool) -> Result<Compiler> {
        let says = |option: &[&str]| {
            let output = Command::new("rustc")
                .args(option)
                .current_dir(project::root())
                .output()
                .context("no se puede ejecutar rustc")?;
            anyhow::Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let sysroot = PathBuf::from(says(&["--print=sysroot"])?);
        let version = says(&["-vV"])?;
        let folder = library.scratch.join("grade");
        let content = fs::read(&library.rlib)
            .with_context(|| format!("{}: no se puede leer", library.rlib.display()))?;
        let mut key = Key::default();
        key.add(version);
        key.add(content);
        for option in OPTIONS {
            key.add(option);
        }
        key.add(tool());
        let fingerprint = key.name();
        let library = apart(library, &folder.join(format!("library-{fingerprint}")))?;
        kept::prune(&folder, &library.dependencies);
        let readable = SYSTEM.iter().map(PathBuf::from);
        let readable = readable
            .chain([sysroot.clone(), library.dependencies.clone()])
            .filter(|path| path.exists())
            .collect();
        Ok(Compiler {
            rustc: sysroot.join("bin").join("rustc"),
            library,
            readable,
            folder,
            fingerprint,
            confined,
        })
    }

    /// # Errors
    ///
    /// One line, where the grader itself fails, or the user interrupts.
    pub fn build(&self, program: &Program, cpu_seconds: u64) -> Result<Built> {
        let folder = self.folder.join(self.name(program));
        let messages = folder.join("messages");
        if let Ok(text) = fs::read_to_string(&messages) {
            // Its time tells what is in use.
            let _ = fs::File::open(&messages).and_then(|file| file.set_modified(SystemTime::now()));
            return Ok(built(&folder, &text));
        }
        // Made under another name, so that one that is interrupted is not taken for a whole one.
        let unfinished = self.folder.join(format!(
            "unfinished-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        let _ = fs::remove_dir_all(&unfinished);
        program::write(&unfinished, &program.cells, &program.main)?;
        let ended = self.run(&unfinished, cpu_seconds);
        let built = ended.and_then(|ended| self.keep(ended, &unfinished, &folder));
        let _ = fs::remove_dir_all(&unfinished);
        built
    }

    fn keep(&self, ended: Ended, unfinished: &Path, folder: &Path) -> Result<Built> {
        let Ended { status, messages } = ended;
        interrupt::check()?;
        // On a busy machine, the next attempt may be in time.
        let Some(status) = status else {
            return Ok(Built::TooMuch);
        };
        if messages.starts_with(jail::FAILED) {
            bail!("rustc no arranca: {}", messages.trim());
        }
        // An error in no file, such as a linker that is not there, is not of the program's making: it may pass.
        let mut errors = program::diagnostics(&messages);
        errors.retain(|it| it.is_error);
        if errors.iter().any(|it| it.spans.is_empty()) {
            return Ok(Built::Badly(errors));
        }
        for file in fs::read_dir(unfinished).into_iter().flatten().flatten() {
            if file.file_name() != "program" || !status.success() {
                let _ = fs::remove_file(file.path());
            }
        }
        files::write(&unfinished.join("messages"), &messages)?;
        // Another worker may have made the same.
        if fs::rename(unfinished, folder).is_err() && !folder.exists() {
            bail!("{}", files::unwritable(folder));
        }
        Ok(built(folder, &messages))
    }

    /// Of all that it is made of.
    fn name(&self, program: &Program) -> String {
        let mut key = Key::default();
        key.add(&self.fingerprint);
        key.add([u8::from(self.confined)]);
        key.add(&program.main);
        for (number, text) in &program.cells {
            key.add(number.to_le_bytes());
            key.add(text);
        }
        key.name()
    }

    fn run(&self, folder: &Path, cpu_seconds: u64) -> Result<Ended> {
        let limits = Limits {
            kind: Kind::Compiler,
            memory: MEMORY,
            cpu_seconds,
            file_size: FILE_SIZE,
            readable: self.readable.clone(),
            writable: vec![folder.to_owned(), "/dev/null".into()],
            confined: self.confined,
        };
        let failed = "rustc no arranca";
        let log = folder.join("stderr");
        let stderr = fs::File::create(&log).context(failed)?;
        let mut command = jail::command(&limits, &self.rustc)?;
        program::compiler(&mut command, &self.library, folder)
            .args(OPTIONS)
            .env("PATH", "/usr/bin:/bin")
            .env("TMPDIR", folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr);
        let mut group = Group::spawn(&mut command).context(failed)?;
        let status = group
            .wait(Duration::from_secs(3 * cpu_seconds))
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

/// The checks call with small matrices: what a program takes is the compiler's time.
const OPTIONS: &[&str] = &[
    "-Copt-level=0",
    "-Cdebug-assertions=on",
    "-Cdebuginfo=0",
    "-Ccodegen-units=1",
    "-Cstrip=symbols",
    "-Ctarget-feature=+crt-static",
    "-oprogram",
];

fn built(folder: &Path, messages: &str) -> Built {
    let program = folder.join("program");
    if program.exists() {
        return Built::Well(program);
    }
    let mut errors = program::diagnostics(messages);
    errors.retain(|it| it.is_error);
    match errors.is_empty() {
        true => Built::TooMuch,
        false => Built::Badly(errors),
    }
}

/// The length of this tool, and when it was made.
fn tool() -> String {
    let file = std::env::current_exe().and_then(fs::metadata);
    let made = file.and_then(|it| Ok((it.len(), it.modified()?)));
    made.map_or(String::new(), |(length, modified)| {
        let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        format!("{length} {}", since.as_nanos())
    })
}

/// The library's files in a folder of their own: beside the originals lies more than a student's code may read.
fn apart(library: Library, folder: &Path) -> Result<Library> {
    files::create_folder(folder)?;
    for file in library.files.iter().chain([&library.rlib]) {
        let copy = folder.join(file.file_name().unwrap_or_default());
        if !file.is_file() || copy.exists() {
            continue;
        }
        // By another name first: another run may be at the same.
        let unfinished = folder.join(format!("unfinished-{}", std::process::id()));
        let _ = fs::remove_file(&unfinished);
        fs::hard_link(file, &unfinished)
            .or_else(|_| fs::copy(file, &unfinished).map(drop))
            .and_then(|()| fs::rename(&unfinished, &copy))
            .with_context(|| files::unwritable(folder))?;
    }
    let name = library.rlib.file_name().unwrap_or_default();
    Ok(Library {
        rlib: folder.join(name),
        dependencies: folder.to_owned(),
        ..library
    })
}
