//! Stands in for `cargo` in a kernel's folder.
//!
//! evcxr runs `cargo build` for each cell. Cargo always does the same then: it finds that nothing
//! else has changed, and calls rustc. So the first build of each Cargo.toml goes to the real cargo,
//! which calls rustc through this program ([`record`]). We note how it does, and compile the next
//! cells by that [`Plan`] without cargo, or take them from [`cells`] when they were compiled
//! before. Whatever is no build or check of a cell goes to the real cargo.

use std::collections::hash_map::DefaultHasher;
use std::ffi::{OsStr, OsString};
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs, io};

use ex03_base::{console, project, system};

use super::analyzer;
use super::environment::FOLDER;
use super::{cells, messages, metadata};

/// The names under which this program is started in a kernel's folder.
const CARGO: &str = "cargo";
const RUSTC: &str = "ex03-rustc";
/// evcxr asks rustup for cargo before it looks at the PATH. Under this name we answer that we do
/// not know.
const RUSTUP: &str = "rustup";

/// Where the real cargo is.
const REAL_CARGO: &str = "EX03_CARGO";
/// Where the real cargo has its home. rust-analyzer looks for cargo in `CARGO_HOME/bin` before it looks
/// at the PATH, so the kernel's folder takes its place.
const HOME: &str = "CARGO_HOME";
const REAL_HOME: &str = "EX03_CARGO_HOME";
/// Where the recorder notes the plan.
const PLAN: &str = "EX03_PLAN";
/// Where evcxr looks for the path of what was compiled.
const RESULT: &str = "EVCXR_EXECUTION_SO_PATH";
/// The crate that evcxr makes of a cell.
const CELL: &str = "ctx";

/// Of a cell that compiles, but sets a variable that evcxr cannot keep.
const UNKNOWN_TYPE: &str = "no sé de qué tipo es una variable de esta celda, y sin eso no pasa a otras celdas: \
     escribe su tipo, como `let v: Vec<f64> = …`, o encierra el código entre llaves { … }";

/// Puts this program into a kernel's folder as its cargo.
pub fn install(folder: &Path) -> io::Result<()> {
    let bin = folder.join("bin");
    fs::create_dir_all(&bin)?;
    let program = env::current_exe()?;
    for name in [CARGO, RUSTC, RUSTUP] {
        let path = bin.join(system::program(name));
        if path.exists() {
            fs::remove_file(&path)?;
        }
        // A hard link keeps the program that this kernel started with, even when a new one is
        // built.
        if fs::hard_link(&program, &path).is_err() {
            fs::copy(&program, &path)?;
        }
    }
    Ok(())
}

/// Sets up a command so that it finds our cargo first, and the real rustc next, not by way of
/// rustup, which takes its time.
pub fn prepare(command: &mut Command, folder: &Path) {
    let toolchain = sysroot().map(|it| it.join("bin"));
    let real = toolchain
        .as_ref()
        .map(|bin| bin.join(system::program(CARGO)));
    let real = real.filter(|it| it.is_file());
    let theirs = env::var_os("PATH").unwrap_or_default();
    let path = [folder.join("bin")].into_iter().chain(toolchain);
    let path = path.chain(env::split_paths(&theirs));
    command
        .env(REAL_CARGO, real.unwrap_or_else(|| PathBuf::from(CARGO)))
        .env("PATH", env::join_paths(path).unwrap_or_default())
        .env("EX03_PATH", theirs)
        .env(REAL_HOME, env::var_os(HOME).unwrap_or_default())
        .env(HOME, folder);
}

/// Where the toolchain is, if rustc says so.
pub fn sysroot() -> Option<PathBuf> {
    let told = Command::new("rustc").arg("--print=sysroot").output().ok()?;
    let path = PathBuf::from(String::from_utf8(told.stdout).ok()?.trim());
    path.join("bin")
        .join(system::program("rustc"))
        .is_file()
        .then_some(path)
}

/// What to do instead of the course's tool, when started under one of the names of [`install`].
pub fn stand_in(arguments: &[OsString]) -> Option<ExitCode> {
    let folder = PathBuf::from(env::var_os(FOLDER)?);
    let name = env::args_os().next()?;
    match Path::new(&name).file_stem()?.to_str()? {
        CARGO => Some(cargo(&folder, arguments)),
        RUSTC => Some(record(arguments)),
        RUSTUP => Some(ExitCode::FAILURE),
        _ => None,
    }
}

fn cargo(folder: &Path, arguments: &[OsString]) -> ExitCode {
    let order = arguments
        .iter()
        .find(|it| !it.to_string_lossy().starts_with('-'));
    let order = order.and_then(|it| it.to_str()).unwrap_or_default();
    let in_folder = env::current_dir().is_ok_and(|at| same_place(&at, folder));
    if in_folder && order == "build" {
        analyzer::std::show(folder);
    }
    let plan = plan_file(folder);
    if in_folder
        && ["build", "check"].contains(&order)
        && let Some(plan) = Plan::read(&plan, folder)
        && let Some(compiled) = plan.follow(folder, order)
    {
        return ExitCode::from(if compiled { 0 } else { 101 });
    }
    if in_folder {
        let _ = lock(folder);
    }
    if in_folder && order == "metadata" {
        return metadata::answer(arguments, real_cargo);
    }
    let mut cargo = real_cargo(arguments);
    if in_folder && order == "build" {
        cargo
            .env(
                "RUSTC_WRAPPER",
                folder.join("bin").join(system::program(RUSTC)),
            )
            .env(PLAN, &plan);
    }
    become_(&mut cargo)
}

fn real_cargo(arguments: &[OsString]) -> Command {
    let mut cargo = Command::new(env::var_os(REAL_CARGO).unwrap_or_else(|| CARGO.into()));
    cargo.args(arguments);
    match env::var_os(REAL_HOME) {
        Some(home) if !home.is_empty() => cargo.env(HOME, home),
        _ => cargo.env_remove(HOME),
    };
    cargo
}

/// Makes cargo build the versions that the project is tested with, which the set-up has downloaded.
///
/// By itself, cargo takes the newest versions that it knows of, and fails where other projects on
/// this machine have brought only a part of them. It also drops what it had noted of the library's
/// dependencies when a program does not use the library.
fn lock(folder: &Path) -> io::Result<()> {
    let file = folder.join("Cargo.lock");
    let noted = fs::read_to_string(&file).unwrap_or_default();
    if noted.contains("name = \"ex03_utils\"") {
        return Ok(());
    }
    // The file appears in one step, because rust-analyzer asks cargo questions at the same time.
    let part = folder.join(format!("Cargo.lock.{}", std::process::id()));
    fs::copy(project::root().join("Cargo.lock"), &part)?;
    fs::rename(part, file)
}

/// Stands between cargo and rustc: notes how cargo compiles a cell, and compiles it so.
fn record(arguments: &[OsString]) -> ExitCode {
    let Some((rustc, rest)) = arguments.split_first() else {
        return ExitCode::from(2);
    };
    let of_a_cell = rest
        .windows(2)
        .any(|pair| pair[0] == "--crate-name" && pair[1] == CELL);
    if let Some(file) = env::var_os(PLAN).filter(|_| of_a_cell)
        && let Some(text) = arguments
            .iter()
            .map(|it| it.to_str())
            .collect::<Option<Vec<_>>>()
    {
        let folder = env::var(FOLDER).unwrap_or_default();
        let text = text.join("\n").replace(&folder, PLACEHOLDER);
        // If the plan cannot be written, the next cell comes here again.
        let _ = fs::create_dir_all(Path::new(&file).parent().unwrap_or(Path::new(".")))
            .and_then(|()| fs::write(&file, text));
    }
    let mut rustc = Command::new(rustc);
    rustc.args(rest);
    if !of_a_cell {
        return become_(&mut rustc);
    }
    match compile(&mut rustc) {
        Some(true) => ExitCode::SUCCESS,
        _ => ExitCode::from(101),
    }
}

/// Runs rustc on a cell, hands its messages on in Spanish, and tells whether it compiled. No lint, of
/// this version of rustc or a later one, fails a cell.
fn compile(rustc: &mut Command) -> Option<bool> {
    let output = rustc
        .arg("--cap-lints=allow")
        .stderr(Stdio::piped())
        .output()
        .ok()?;
    let told = messages::in_spanish(&String::from_utf8_lossy(&output.stderr));
    io::stderr().write_all(told.as_bytes()).ok()?;
    Some(output.status.success())
}

/// Stands for the kernel's folder in a plan, because each kernel has another one.
const PLACEHOLDER: &str = "{kernel}";

/// The file of a plan, which holds as long as the Cargo.toml does not change.
fn plan_file(folder: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    fs::read(folder.join("Cargo.toml"))
        .unwrap_or_default()
        .hash(&mut hasher);
    folder
        .join("plans")
        .join(format!("{:016x}", hasher.finish()))
}

/// How a cell is compiled: rustc, and its arguments.
struct Plan {
    rustc: String,
    arguments: Vec<String>,
}

impl Plan {
    fn read(file: &Path, folder: &Path) -> Option<Plan> {
        let text = fs::read_to_string(file).ok()?;
        let text = text.replace(PLACEHOLDER, folder.to_str()?);
        let mut lines = text.lines().map(str::to_owned);
        Some(Plan {
            rustc: lines.next()?,
            arguments: lines.collect(),
        })
    }

    /// Compiles the cell, and tells whether it does compile; rustc's messages go to evcxr, as
    /// cargo's would.
    fn follow(&self, folder: &Path, order: &str) -> Option<bool> {
        if order == "check" {
            return self.check(folder);
        }
        let result = PathBuf::from(env::var_os(RESULT)?);
        let library = self.out_dir()?.join(library_name());
        let cell = cells::Cell::read(folder, &self.arguments.join("\n"));
        if cell.as_ref().is_some_and(|cell| cell.restore(&library)) {
            return fs::write(result, library.to_str()?).ok().map(|()| true);
        }
        cells::prepare(folder, self.has_library());
        let compiled = self.rustc(&self.arguments)?;
        if compiled {
            fs::write(result, library.to_str()?).ok()?;
            if let Some(cell) = cell {
                cell.keep(&library);
            }
        }
        Some(compiled)
    }

    /// The same without code generation. Cargo would first check all dependencies, which takes it
    /// half a minute.
    fn check(&self, folder: &Path) -> Option<bool> {
        let scratch = folder.join("check");
        fs::create_dir_all(&scratch).ok()?;
        let scratch = scratch.to_str()?.to_owned();
        let mut arguments = Vec::new();
        let mut is_out_dir = false;
        for argument in &self.arguments {
            arguments.push(match argument {
                _ if is_out_dir => scratch.clone(),
                it if it.starts_with("--emit=") => "--emit=metadata".to_owned(),
                it => it.clone(),
            });
            is_out_dir = argument == "--out-dir";
        }
        let compiles = self.rustc(&arguments)?;
        if compiles {
            // evcxr asks this where it does not know the type of a variable, and shows what comes.
            eprint!("{}", messages::own(UNKNOWN_TYPE));
        }
        Some(compiles)
    }

    fn has_library(&self) -> bool {
        self.arguments
            .iter()
            .any(|it| it.starts_with("ex03_utils="))
    }

    fn rustc(&self, arguments: &[String]) -> Option<bool> {
        let mut rustc = Command::new(&self.rustc);
        rustc
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        compile(&mut rustc)
    }

    fn out_dir(&self) -> Option<PathBuf> {
        let mut arguments = self.arguments.iter();
        arguments.find(|it| *it == "--out-dir")?;
        arguments.next().map(PathBuf::from)
    }
}

fn library_name() -> String {
    format!(
        "{}{CELL}{}",
        env::consts::DLL_PREFIX,
        env::consts::DLL_SUFFIX
    )
}

fn same_place(a: &Path, b: &Path) -> bool {
    a == b || a.canonicalize().ok() == b.canonicalize().ok()
}

fn become_(command: &mut Command) -> ExitCode {
    if command.get_program() == OsStr::new(CARGO)
        && let Some(path) = env::var_os("EX03_PATH")
    {
        command.env("PATH", path);
    }
    system::become_program(command).unwrap_or_else(|error| {
        console::tell(&format!(
            "ex03: no puedo ejecutar {}: {error}",
            command.get_program().display()
        ));
        ExitCode::from(101)
    })
}
