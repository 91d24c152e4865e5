//! The support library compiled to WebAssembly, where submissions run and pages train, and how programs are linked to it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{cargo, files, process, project};

/// What programs are compiled for.
const WASM: &str = "wasm32-wasip1";

/// The compiled support library, as rustc wants it.
pub struct Library {
    pub rlib: PathBuf,
    /// Where what it builds on lies: macros run on this machine, and lie elsewhere than the rest.
    pub dependencies: Vec<PathBuf>,
    /// Where programs may be written: a folder of the project's target folder.
    pub scratch: PathBuf,
    /// All files that cargo has made of the library and of what it builds on.
    files: Vec<PathBuf>,
    /// With which rustc compiled it.
    options: Vec<String>,
}

impl Library {
    /// The library, which cargo builds where it is not built yet.
    ///
    /// # Errors
    ///
    /// What cargo says, where it does not compile; one line on what to install, where rustc has no std
    /// for WebAssembly.
    pub fn build() -> Result<Library> {
        let what = "Compilo la biblioteca en WebAssembly, solo esta vez";
        Library::build_by(Command::new(cargo::program()), Some(what))
    }

    /// The same by a cargo that is called otherwise; `what` is told while it compiles.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn build_by(mut cargo: Command, what: Option<&'static str>) -> Result<Library> {
        let mut rustc = Command::new("rustc");
        rustc
            .args(["--print=target-libdir", "--target", WASM])
            .current_dir(project::root());
        let output = process::follow(&mut rustc, |_| {})?;
        let std = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        if !std.is_dir() {
            bail!(
                "a tu Rust le falta la biblioteca estándar para WebAssembly: `rustup target add {WASM}`, o sin rustup el paquete \
                 libstd-rust-dev-wasm32 (Debian, Ubuntu) o rust-std-static-{WASM} (Fedora)"
            );
        }
        let options = without_home(&cargo, &std);
        // In this variable an option may hold spaces. For a target, macros are compiled without it.
        cargo.env("CARGO_ENCODED_RUSTFLAGS", options.join("\u{1f}"));
        // Nothing shows a backtrace there, and the linker, which takes most of the time of a program, has a third to read.
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        let made = cargo::build_by(
            cargo,
            &["--lib", "--package=ex03_utils", "--target", WASM],
            what,
            "la biblioteca ex03_utils no compila",
        )?;
        let library = made
            .iter()
            .filter(|it| it["target"]["name"] == "ex03_utils");
        let rlib = library
            .flat_map(filenames)
            .find(|file| file.extension().is_some_and(|it| it == "rlib"))
            .context("cargo no dice dónde está la biblioteca ex03_utils")?;
        // Below it lie a folder for the target and one for the profile.
        let folder = rlib.ancestors().nth(3).unwrap_or(Path::new("target"));
        let files: Vec<PathBuf> = made.iter().flat_map(filenames).collect();
        let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
        Ok(Library {
            scratch: folder.join("ex03"),
            dependencies: folders.into_iter().map(Path::to_owned).collect(),
            rlib,
            files,
            options,
        })
    }

    /// The same in a folder of its own, where nothing lies that a student's code may not read.
    pub fn apart(self, folder: &Path) -> Result<Library> {
        files::create_folder(folder)?;
        for file in self.files.iter().chain([&self.rlib]) {
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
        Ok(Library {
            rlib: folder.join(self.rlib.file_name().unwrap_or_default()),
            dependencies: vec![folder.to_owned()],
            ..self
        })
    }

    /// Adds the options by which a program finds it.
    pub fn link(&self, rustc: &mut Command) {
        let folders = self.dependencies.iter();
        rustc
            .arg(format!("--target={WASM}"))
            .arg("--extern")
            .arg(format!("ex03_utils={}", self.rlib.display()))
            .args(folders.map(|it| format!("-Ldependency={}", it.display())))
            .args(&self.options);
    }
}

/// Options by which rustc leaves the user's home out of what it writes into programs: a shared page
/// has its network in it, and whoever opens it need not know.
fn without_home(cargo: &Command, std: &Path) -> Vec<String> {
    let told = cargo.get_envs().find(|(name, _)| *name == "CARGO_HOME");
    let home = match told {
        Some((_, home)) => home.map(PathBuf::from),
        None => env::var_os("CARGO_HOME").map(PathBuf::from),
    };
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let crates = home.map(|it| it.join("registry").join("src"));
    let sources = std.ancestors().nth(2).map(|it| it.join("src").join("rust"));
    let option =
        |(from, to): (PathBuf, &str)| format!("--remap-path-prefix={}={to}", from.display());
    let prefixes = [crates.zip(Some("crates")), sources.zip(Some("rust"))];
    prefixes.into_iter().flatten().map(option).collect()
}

fn filenames(message: &Value) -> impl Iterator<Item = PathBuf> {
    let made = message["filenames"].as_array().into_iter().flatten();
    made.filter_map(Value::as_str).map(PathBuf::from)
}
