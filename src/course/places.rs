//! Where the lab keeps what it sets up: some of it for each clone, most of it once for all clones
//! of a user.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ex03_base::{files, project, system};

use crate::pins;

/// The sources of std, in a toolchain.
pub const STD_SOURCES: &str = "lib/rustlib/src/rust/library";

/// What Jupyter keeps for this clone. It is not in a hidden folder, since a browser in a sandbox
/// may not read there the page by which Jupyter hands it the token.
pub fn jupyter() -> PathBuf {
    project::root().join("target").join("jupyter")
}

/// What is set up once for all clones of a user.
pub struct Cache(PathBuf);

impl Cache {
    /// # Errors
    ///
    /// One line, when the system knows of no cache folder.
    pub fn find() -> Result<Cache> {
        let folder = dirs::cache_dir()
            .context("no encuentro tu carpeta personal: define HOME, o XDG_CACHE_HOME")?;
        Ok(Cache(folder.join("ex03")))
    }

    pub fn folder(&self) -> &Path {
        &self.0
    }

    pub fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }

    /// The output of the last run of a step.
    pub fn log(&self, step: &str) -> PathBuf {
        self.0.join("logs").join(format!("{step}.log"))
    }

    /// The folder of our own build of the kernel.
    pub fn evcxr(&self) -> PathBuf {
        self.0
            .join(format!("evcxr_jupyter-{}", pins::EVCXR_VERSION))
    }

    /// The kernel's program. One of the right version on the PATH goes before our own; there may be
    /// neither.
    pub fn kernel_program(&self) -> Option<PathBuf> {
        let own = self.evcxr().join("bin").join(system::program(pins::EVCXR));
        on_path().or_else(|| own.is_file().then_some(own))
    }

    /// The working folders of kernels.
    pub fn kernels(&self) -> PathBuf {
        self.0.join("kernels")
    }

    /// The Python environment. Each list of requirements has one of its own.
    pub fn python(&self) -> PythonEnvironment {
        let mut hasher = DefaultHasher::new();
        pins::PYTHON_PACKAGES.hash(&mut hasher);
        PythonEnvironment(self.0.join(format!("python-{:016x}", hasher.finish())))
    }
}

/// An evcxr_jupyter on the PATH of our version. Cargo's record beside it says which version it is,
/// because the program itself does not.
fn on_path() -> Option<PathBuf> {
    let program = system::program(pins::EVCXR);
    let recorded = format!("\"{} {} (", pins::EVCXR, pins::EVCXR_VERSION);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .filter(|folder| folder.join(&program).is_file())
        .find(|folder| {
            let record = folder.join("..").join(".crates.toml");
            fs::read_to_string(record).is_ok_and(|installed| installed.contains(&recorded))
        })
        .and_then(|folder| files::canonical(&folder.join(&program)).ok())
}

pub struct PythonEnvironment(PathBuf);

impl PythonEnvironment {
    pub fn folder(&self) -> &Path {
        &self.0
    }

    pub fn python(&self) -> PathBuf {
        system::in_venv(&self.0, "python")
    }

    /// How many packages are installed. Each of them has a folder whose name ends in `dist-info`.
    pub fn installed(&self) -> usize {
        let packages = system::packages_in_venv(&self.0)
            .into_iter()
            .flat_map(fs::read_dir);
        packages
            .flatten()
            .flatten()
            .filter(|it| it.path().extension().is_some_and(|end| end == "dist-info"))
            .count()
    }

    /// A file that is there once the environment is complete.
    pub fn complete(&self) -> PathBuf {
        self.0.join("ex03-completo")
    }

    pub fn is_ready(&self) -> bool {
        let kernel = self
            .share()
            .join("kernels")
            .join("rust")
            .join("kernel.json");
        // `exists` follows the link to the system's Python, which may have gone.
        self.complete().exists() && self.python().exists() && kernel.exists()
    }

    /// Jupyter's data folder of the environment: the only one where our kernel is registered.
    pub fn share(&self) -> PathBuf {
        self.0.join("share").join("jupyter")
    }
}
