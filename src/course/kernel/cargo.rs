//! Stands in for `cargo` in a kernel's folder.
//!
//! evcxr runs `cargo build` for each cell. Cargo always does the same then: it finds that nothing
//! else has changed, and calls rustc. So the first build of each Cargo.toml goes to the real cargo,
//! which calls rustc through this program ([`record`]). We note how it does, and compile the next
//! cells by that [`Plan`] without cargo, or take them from [`cells`] when
//! they were compiled before. Whatever is no build or check of a cell goes to the real cargo.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use ex03_base::{console, project, system};

use super::compiled::compile;
use super::environment::FOLDER;
use super::plan::{self, Plan};
use super::{analyzer, cells, metadata, playground};

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
        if let Ok(program) = fs::read_to_string(cells::source(folder)) {
            // If its folder cannot be written, the page says that there is nothing.
            let _ = playground::prepare(folder, &program, project_cargo);
        }
    }
    let plan = plan::file(folder);
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

/// The real cargo as it was before evcxr told it about a cell.
fn project_cargo() -> Command {
    let mut cargo = real_cargo(&[]);
    for name in [
        "CARGO_TARGET_DIR",
        "CARGO_BUILD_BUILD_DIR",
        "RUSTC",
        "RUSTFLAGS",
        "RUSTC_WRAPPER",
    ] {
        cargo.env_remove(name);
    }
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
        .any(|pair| pair[0] == "--crate-name" && pair[1] == plan::CELL);
    if let Some(file) = env::var_os(PLAN).filter(|_| of_a_cell)
        && let Some(text) = arguments
            .iter()
            .map(|it| it.to_str())
            .collect::<Option<Vec<_>>>()
    {
        let folder = env::var(FOLDER).unwrap_or_default();
        plan::note(Path::new(&file), &text.join("\n"), &folder);
    }
    let mut rustc = Command::new(rustc);
    rustc.args(rest);
    if !of_a_cell {
        return become_(&mut rustc);
    }
    match compile(&mut rustc) {
        Some(compiled) if compiled.tell("").is_ok() && compiled.is_whole => ExitCode::SUCCESS,
        _ => ExitCode::from(101),
    }
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
