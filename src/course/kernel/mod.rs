//! `ex03 kernel` is what JupyterLab starts for a notebook. At its start it does what the first cell
//! would otherwise wait for, and then hands over to evcxr_jupyter.
//!
//! Each kernel works in a folder of its own. The folder is a copy of a *warm* one, in which the
//! library has been built and evcxr has started once. In it this program stands in for cargo
//! ([`cargo`]), because it knows how cells are compiled and need not find that out for each of
//! them.
//!
//! | module | does |
//! |---|---|
//! | [`variables`] | reads the lines by which a cell's program fetches and keeps variables |
//! | [`cells`] | keeps what was compiled, for the same cell another time |
//! | [`functions`] | has a cell call the functions of earlier cells where they stand compiled |
//! | [`numbers`] | has evcxr run a program that was compiled under another number |
//! | [`messages`] | tells in Spanish what rustc says of a cell |
//! | [`outdated`] | knows which functions have a newer version that did not compile |
//! | [`plan`], [`compiled`] | know how a cell is compiled, and what came of it |
//! | [`playground`] | compiles a notebook's functions for a page |
//! | [`analyzer`] | decides what rust-analyzer reads |
//! | [`metadata`] | answers which crates there are |
//! | [`cargo`] | stands in for cargo |
//! | [`folder`], [`warm`] | make a kernel's folder, and the one that it is copied from |
//! | [`relay`] | passes on what is said, so that nobody hangs up on evcxr while it is busy |
//! | [`prelude`], [`library`] | know what a kernel runs first, and of what state it is |

mod analyzer;
pub mod cargo;
mod cells;
mod compiled;
mod environment;
mod folder;
mod functions;
mod library;
mod messages;
mod metadata;
mod numbers;
mod outdated;
mod plan;
mod playground;
mod prelude;
mod relay;
mod variables;
pub mod warm;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use ex03_base::console::{NOTICE, tell};
use ex03_base::failure::usage;
use ex03_base::system::{self, EndWithUs};

use self::folder::Folder;
use self::relay::Relay;
use self::warm::Warm;
use crate::jupyter;
use crate::places::Cache;

#[derive(clap::Args)]
pub struct Options {
    /// Jupyter's file that says how the kernel is reached
    #[arg(value_name = "CONEXIÓN", required_unless_present = "warm")]
    connection: Option<PathBuf>,
    /// Prepares this folder with that program, in place of serving a notebook
    #[arg(long, num_args = 2, value_names = ["CARPETA", "PROGRAMA"])]
    warm: Option<Vec<PathBuf>>,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    if let Some([folder, program]) = options.warm.as_deref() {
        return warm::run(folder, program);
    }
    let connection = options
        .connection
        .as_deref()
        .ok_or_else(|| usage("ex03 kernel lo inicia Jupyter, con su archivo de conexión"))?;
    // It may be told to end while its folder is being made, and leaves nothing then either.
    let ending = system::end_with_us(&TOLD_TO_END).context("no puedo atender señales")?;
    let cache = Cache::find()?;
    let program = cache
        .kernel_program()
        .context("falta el núcleo de Rust para Jupyter: cargo run -- setup")?;
    let relay = Relay::before(connection)?;
    let connection = relay.as_ref().map_or(connection, Relay::file);
    match start(&cache, &program, connection, &ending) {
        Ok(Started::Ended(status)) => Ok(status),
        Ok(Started::Failed) => plain(
            &cache,
            &program,
            connection,
            &ending,
            "no acaba de arrancar",
        ),
        Err(why) => plain(&cache, &program, connection, &ending, &format!("{why:#}")),
    }
}

/// Removes the folders of this user's kernels that were killed.
pub fn sweep() {
    let Ok(cache) = Cache::find() else { return };
    let folders = std::fs::read_dir(cache.kernels());
    for folder in folders.into_iter().flatten().flatten() {
        folder::sweep(&folder.path());
    }
}

enum Started {
    Ended(ExitCode),
    /// The kernel ended before it was ready to answer.
    Failed,
}

/// Runs a kernel in a warm folder, and clears the folder away when it ends.
fn start(cache: &Cache, program: &Path, connection: &Path, ending: &EndWithUs) -> Result<Started> {
    let warm = Warm::find(cache, program)?;
    if !warm.is_ready() {
        tell(&format!(
            "{NOTICE}preparo la biblioteca, que es nueva o ha cambiado, antes de arrancar el núcleo"
        ));
        warm.build()?;
    }
    let folder = Folder::copy_of(&warm.folder(), warm.kernels())?;
    let mut kernel = folder.command(program);
    let status = run_to_its_end(&mut kernel, cache, connection, ending)?;
    match status || folder.is_started() || TOLD_TO_END.load(Ordering::Relaxed) {
        true => Ok(Started::Ended(ExitCode::from(u8::from(!status)))),
        false => Ok(Started::Failed),
    }
}

/// Runs the kernel as anyone has it, which builds the library at the first cell.
fn plain(
    cache: &Cache,
    program: &Path,
    connection: &Path,
    ending: &EndWithUs,
    why: &str,
) -> Result<ExitCode> {
    tell(&format!(
        "{NOTICE}el núcleo arranca sin preparar ({why}): su primera celda tardará un minuto o más"
    ));
    let status = run_to_its_end(&mut Command::new(program), cache, connection, ending)?;
    Ok(ExitCode::from(u8::from(!status)))
}

/// Runs evcxr, and tells whether it ended well.
fn run_to_its_end(
    kernel: &mut Command,
    cache: &Cache,
    connection: &Path,
    ending: &EndWithUs,
) -> Result<bool> {
    kernel.arg("--control_file").arg(connection);
    jupyter::for_evcxr(kernel, &cache.python());
    let mut child = kernel
        .spawn()
        .with_context(|| format!("{} no arranca", kernel.get_program().display()))?;
    // Jupyter ends a kernel by a message to it, and then by ending us.
    ending.take(&child).context("perdí el núcleo")?;
    let status = child.wait().context("perdí el núcleo")?;
    ending.ended();
    Ok(status.success())
}

static TOLD_TO_END: AtomicBool = AtomicBool::new(false);
