//! A Jupyter that neither reads nor writes anything of the user's own Jupyter.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, anyhow, bail};
use ex03_base::{files, notebook, project, system};

use crate::places::{self, Cache, PythonEnvironment};

/// Our settings for JupyterLab. What a user chooses in its menus goes before them.
const SETTINGS: &str = include_str!("default_setting_overrides.json");
const SERVER: &str = include_str!("jupyter_server_config.json");
/// JupyterLab looks for it under this name in this folder.
const STYLE: &str = include_str!("custom.css");

/// The environment's Python, with all of Jupyter's folders inside this clone.
///
/// # Errors
///
/// One line, when the folders cannot be written.
pub fn python(environment: &PythonEnvironment) -> Result<Command> {
    let home = places::jupyter();
    let config = home.join("config");
    files::write_if_other(&config.join("jupyter_server_config.json"), SERVER)?;
    files::write_if_other(
        &config
            .join("labconfig")
            .join("default_setting_overrides.json"),
        SETTINGS,
    )?;
    files::write_if_other(&config.join("custom").join("custom.css"), STYLE)?;

    files::write_if_other(
        &home.join("kernels").join("rust").join("kernel.json"),
        &kernelspec()?,
    )?;

    let mut command = Command::new(environment.python());
    clean(&mut command);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("JUPYTER") || text.starts_with("JPY_") {
            command.env_remove(&name);
        }
    }
    let kernelspecs = [home.clone(), environment.share()];
    let kernelspecs = std::env::join_paths(kernelspecs).map_err(|_| {
        anyhow!(
            "la carpeta {} no puede llevar «{}» en su nombre",
            home.display(),
            system::BETWEEN_PATHS
        )
    })?;
    for_kernels(&mut command)
        .env("JUPYTER_CONFIG_DIR", &config)
        .env("JUPYTER_CONFIG_PATH", &config)
        .env("JUPYTER_DATA_DIR", home.join("data"))
        .env("JUPYTER_RUNTIME_DIR", home.join("runtime"))
        .env("JUPYTERLAB_SETTINGS_DIR", home.join("settings"))
        .env("JUPYTERLAB_WORKSPACES_DIR", home.join("workspaces"))
        // Our kernel has the name of the stock one, and is found first here and nowhere else.
        .env("JUPYTER_PATH", kernelspecs)
        .env("IPYTHONDIR", home.join("ipython"))
        .env("EVCXR_CONFIG_DIR", home.join("evcxr"));
    Ok(command)
}

/// The kernelspec of the course's own kernel.
fn kernelspec() -> Result<String> {
    let own = std::env::current_exe().context("no encuentro mi propio programa")?;
    let spec = serde_json::json!({
        "argv": [own.to_string_lossy(), "kernel", "{connection_file}"],
        "display_name": "Rust",
        "language": "rust",
        "interrupt_mode": "message",
    });
    Ok(notebook::to_text(&spec))
}

/// Sets up a command that starts evcxr_jupyter itself.
pub fn for_evcxr(command: &mut Command, environment: &PythonEnvironment) {
    // evcxr takes this for the one folder where its kernelspec is, and may write there. So it has
    // to be the environment's.
    for_kernels(command).env("JUPYTER_PATH", environment.share());
}

/// Sets what our kernel, evcxr and the cargo of each cell need to find.
fn for_kernels(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if set_by_cargo_run(&name.to_string_lossy()) {
            command.env_remove(&name);
        }
    }
    if let Some(variable) = system::LIBRARY_PATH {
        command.env(variable, rust_libraries(variable));
    }
    command
        .env(project::VARIABLE, project::root())
        // The stock kernel builds without a lock file. Without a network it takes the versions that
        // this machine has, rather than newer ones that may be there only in part.
        .env("CARGO_NET_OFFLINE", "true")
}

/// Where the code of a cell finds std. On Linux evcxr writes a path into the code that is wrong
/// when the folder for temporary files and the toolchain lie in the same home. `cargo run` sets
/// this variable too, but not every kernel is started through it.
fn rust_libraries(variable: &str) -> OsString {
    let told = Command::new("rustc")
        .args(["--print", "target-libdir"])
        .output();
    let ours = told.map_or(String::new(), |it| {
        String::from_utf8_lossy(&it.stdout).trim().to_owned()
    });
    let theirs = std::env::var_os(variable).unwrap_or_default();
    // Cargo adds its own, where there may be another build of the library that cells link to.
    let own = std::env::current_exe().unwrap_or_default();
    let own = own.parent().unwrap_or(Path::new("")).to_owned();
    let folders = std::env::split_paths(&theirs)
        .filter(|folder| !folder.as_os_str().is_empty() && !folder.starts_with(&own));
    let all = std::iter::once(ours.into())
        .filter(|it: &PathBuf| !it.as_os_str().is_empty())
        .chain(folders);
    std::env::join_paths(all).unwrap_or(theirs.clone())
}

/// Whether `cargo run` sets this variable to describe its package. It would reach the cargo of each
/// cell and make it build again.
fn set_by_cargo_run(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO"
}

/// Removes the variables that would make a Python find the user's own packages.
pub fn clean(command: &mut Command) -> &mut Command {
    for name in [
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONSTARTUP",
        "PIP_TARGET",
        "PIP_PREFIX",
    ] {
        command.env_remove(name);
    }
    command
        .env("PYTHONNOUSERSITE", "1")
        .env("PIP_USER", "0")
        // What it prints goes to files that are read as UTF-8, whatever the console's code page is.
        .env("PYTHONUTF8", "1")
}

/// `ex03 python` becomes the environment's Python.
pub fn run_python(arguments: &[OsString]) -> Result<ExitCode> {
    let environment = Cache::find()?.python();
    if !environment.is_ready() {
        bail!("el entorno no está preparado: cargo run -- setup");
    }
    system::become_program(python(&environment)?.args(arguments))
        .with_context(|| format!("no puedo ejecutar {}", environment.python().display()))
}
