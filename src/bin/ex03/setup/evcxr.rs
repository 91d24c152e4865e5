//! The kernel: evcxr_jupyter, found, downloaded or built, and registered in our Python environment alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{release, step, why};
use crate::command::{self, Ended, tell};
use crate::places::{Cache, PythonEnvironment};

pub const VERSION: &str = "0.22.0";
pub const NAME: &str = "evcxr_jupyter";

/// The kernel's program: one of the right version on the PATH, else our own, downloaded or built when it is not there yet.
pub fn find_or_install(cache: &Cache, environment: &PythonEnvironment) -> Result<PathBuf, String> {
    if let Some(found) = find(cache) {
        return Ok(found);
    }
    let root = cache.evcxr();
    let program = root.join("bin").join(NAME);
    if release::install(cache, environment, &program)? {
        return Ok(program);
    }
    // Our own build folder, and not a temporary one, is what lets an interrupted build go on.
    let build = root.join("build");
    fs::create_dir_all(&build).map_err(|error| command::unwritable(&build, &error))?;
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "install",
            NAME,
            "--locked",
            "--force",
            "--version",
            &format!("={VERSION}"),
        ])
        .arg("--root")
        .arg(&root)
        .arg("--target-dir")
        .arg(&build)
        .current_dir(&root)
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "80");
    tell(
        "No consigo un núcleo de Rust ya compilado para esta máquina: lo compilo, una sola vez, de 5 a 15 minutos.",
    );
    step(
        cache,
        NAME,
        "Compilo el núcleo de Rust",
        &mut cargo,
        parts_built,
    )?;
    if !program.is_file() {
        return Err(why(NAME, "", cache));
    }
    // Over a gigabyte that nobody needs any more.
    let _ = fs::remove_dir_all(&build);
    Ok(program)
}

pub fn find(cache: &Cache) -> Option<PathBuf> {
    let own = cache.evcxr().join("bin").join(NAME);
    on_path().or_else(|| own.is_file().then_some(own))
}

/// An evcxr_jupyter on the PATH that cargo recorded as of our version: the program itself does not tell.
fn on_path() -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .filter(|folder| folder.join(NAME).is_file())
        .find(|folder| {
            let record = folder.join("..").join(".crates.toml");
            fs::read_to_string(record)
                .is_ok_and(|installed| installed.contains(&format!("\"{NAME} {VERSION} (")))
        })
        .and_then(|folder| folder.join(NAME).canonicalize().ok())
}

/// How many crates cargo has built, and of how many, by the last of its progress bars (`Building [==> ] 12/345: …`).
fn parts_built(output: &str) -> Option<(usize, usize)> {
    let (_, bar) = output.rsplit_once("Building [")?;
    let (_, counts) = bar.split_once("] ")?;
    let (done, rest) = counts.split_once('/')?;
    let total: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some((done.trim().parse().ok()?, total.parse().ok()?))
}

/// Writes the kernelspec `rust` into the environment, unless it is there and starts this program.
pub fn register(
    cache: &Cache,
    program: &Path,
    environment: &PythonEnvironment,
) -> Result<(), String> {
    let share = environment.share();
    let spec = share.join("kernels").join("rust");
    let starts_it = fs::read_to_string(spec.join("kernel.json")).is_ok_and(|text| {
        let path = serde_json::to_string(&program.display().to_string()).unwrap_or_default();
        text.contains(&path)
    });
    // The kernel writes the last file of the folder only when all others are there.
    if starts_it && spec.join("version.txt").is_file() {
        return Ok(());
    }
    match write_kernelspec(cache, program, &share)? {
        Ended::Well(_) => Ok(()),
        Ended::Badly(output) => Err(why("kernelspec", &output, cache)),
        Ended::Missing | Ended::TimedOut => Err(format!(
            "{} no arranca: bórralo y repite la orden, que lo construirá de nuevo",
            program.display()
        )),
    }
}

/// Has the program write its kernelspec into this folder.
pub fn write_kernelspec(cache: &Cache, program: &Path, share: &Path) -> Result<Ended, String> {
    let mut install = Command::new(program);
    install.arg("--install").env("JUPYTER_PATH", share);
    let log = cache.log("kernelspec");
    command::run(&mut install, &log, Duration::from_secs(60), |_| {})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_from_the_last_bar() {
        let seen = "   Compiling lexopt v0.3.2\n    Building [                 ] 0/3: lexopt    \r   \
                    Compiling base64 v0.22.1\n    Building [========>        ] 1/3: base64    \r";
        assert_eq!(parts_built(seen), Some((1, 3)));
        assert_eq!(parts_built("    Updating crates.io index\n"), None);
        assert_eq!(parts_built("    Building [====> "), None);
    }
}
