//! The warm folder, in which the library has been built and evcxr has started once. Each kernel
//! gets a copy of it.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use ex03_base::files::unwritable;
use ex03_base::process::{self, Ended};
use ex03_base::progress::Progress;
use ex03_base::project;

use super::environment::FOLDER;
use super::plan::{self, Plan};
use super::prelude::{prelude, settings};
use super::{analyzer, cargo, folder, library};
use crate::jupyter;
use crate::offline::Offline;
use crate::pins::EVCXR_VERSION;
use crate::places::Cache;

/// How cells are compiled. Dependencies are compiled for speed. The library and the cells have
/// levels at which rustc lets cells link to the instances that the library has made of ndarray's
/// generic code (`instances`), so that cells need not compile them once more.
const PROFILE: &str = r#"[profile.dev]
opt-level = 0
incremental = false
codegen-units = 4
[profile.dev.package."*"]
opt-level = 3
debug-assertions = false
overflow-checks = false
[profile.dev.package.ex03_utils]
opt-level = 1
"#;

/// This file is there once the warm build is complete.
const COMPLETE: &str = "complete";

/// Longer than any build of the library on a slow machine.
const LIMIT: Duration = Duration::from_secs(30 * 60);

pub struct Warm {
    /// A folder for each state of this clone's library: warm build, compiled cells, and the
    /// kernels that use them.
    kernels: PathBuf,
    program: PathBuf,
    log: PathBuf,
}

impl Warm {
    /// The warm build of the library as it is now.
    pub fn find(cache: &Cache, program: &Path) -> Result<Warm> {
        let project = project::root();
        let mut hasher = DefaultHasher::new();
        project.hash(&mut hasher);
        let clone = hasher.finish();
        library::hash(&project, &mut hasher).context("no puedo leer la biblioteca")?;
        (PROFILE, EVCXR_VERSION, analyzer::std::VERSION).hash(&mut hasher);
        prelude().hash(&mut hasher);
        library::rust_version().hash(&mut hasher);
        let name = format!("{clone:016x}-{:016x}", hasher.finish());
        Ok(Warm {
            kernels: cache.kernels().join(name),
            program: program.to_owned(),
            log: cache.log("kernel"),
        })
    }

    pub fn kernels(&self) -> &Path {
        &self.kernels
    }

    pub fn folder(&self) -> PathBuf {
        self.kernels.join("warm")
    }

    pub fn is_ready(&self) -> bool {
        self.folder().join(COMPLETE).is_file()
    }

    /// Builds it, with progress, unless another process has in the meantime.
    pub fn build(&self) -> Result<()> {
        let failed = || unwritable(&self.kernels);
        fs::create_dir_all(&self.kernels).with_context(failed)?;
        let _turn = folder::turn(&self.kernels).with_context(failed)?;
        if self.is_ready() {
            return Ok(());
        }
        let folder = self.folder();
        if !folder.is_dir() {
            self.begin().with_context(failed)?;
        }
        if let Some(sysroot) = cargo::sysroot() {
            analyzer::std::prepare(&sysroot, &self.kernels).with_context(failed)?;
        }
        let total = library::crates();
        let mut progress = Progress::start("Preparo el núcleo con la biblioteca");
        let own = std::env::current_exe().context("no encuentro mi propio programa")?;
        let mut start = Command::new(own);
        start
            .arg("kernel")
            .arg("--warm")
            .arg(&folder)
            .arg(&self.program);
        let ended = process::run(&mut start, &self.log, LIMIT, |output| {
            let built = output
                .lines()
                .filter(|line| line.trim_start().starts_with("Compiling "));
            progress.show(Some((built.count().min(total), total)));
        })?;
        match ended {
            Ended::Well(_) => {
                fs::write(folder.join(COMPLETE), "").with_context(failed)?;
                progress.finish();
                self.drop_others();
                Ok(())
            }
            _ => bail!(
                "el núcleo no arranca con la biblioteca: mira por qué en {}",
                self.log.display()
            ),
        }
    }

    /// Starts from the build of an earlier state, whose dependencies are mostly the same.
    fn begin(&self) -> std::io::Result<()> {
        let config = self.kernels.join(".cargo");
        fs::create_dir_all(&config)?;
        let mut text = PROFILE.to_owned();
        if let Some(offline) = Offline::here() {
            text += &Offline::cargo_config(&offline.crates());
        }
        fs::write(config.join("config.toml"), text)?;
        let folder = self.folder();
        let part = self.kernels.join("part");
        let _ = fs::remove_dir_all(&part);
        match self
            .others()
            .iter()
            .map(|other| other.join("warm"))
            .find(|it| it.join(COMPLETE).exists())
        {
            Some(earlier) => folder::copy(&earlier, &part)?,
            None => fs::create_dir_all(&part)?,
        }
        let _ = fs::remove_file(part.join(COMPLETE));
        let _ = fs::remove_dir_all(part.join("plans"));
        let config = part.join("config");
        fs::create_dir_all(&config)?;
        fs::write(config.join("evcxr.toml"), settings())?;
        fs::rename(part, folder)
    }

    /// This clone's folders for other states of the library.
    fn others(&self) -> Vec<PathBuf> {
        let name = self
            .kernels
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let clone = name.split('-').next().unwrap_or_default().to_owned();
        let entries = fs::read_dir(self.kernels.parent().unwrap_or(Path::new(".")))
            .into_iter()
            .flatten()
            .flatten();
        entries
            .map(|it| it.path())
            .filter(|path| *path != self.kernels)
            .filter(|path| {
                let other = path.file_name().unwrap_or_default().to_string_lossy();
                other.split('-').next() == Some(&clone)
            })
            .collect()
    }

    /// Clears away the earlier states that no kernel uses any more.
    fn drop_others(&self) {
        for other in self.others() {
            folder::sweep(&other);
            let entries = fs::read_dir(&other).into_iter().flatten().flatten();
            let is_used = entries
                .into_iter()
                .any(|it| it.file_name().to_string_lossy().starts_with("kernel-"));
            if !is_used {
                let _ = fs::remove_dir_all(other);
            }
        }
    }
}

/// `ex03 kernel --warm FOLDER PROGRAM`: starts evcxr in the folder, until it has run its prelude.
pub fn run(folder: &Path, program: &Path) -> Result<ExitCode> {
    let failed = || unwritable(folder);
    cargo::install(folder).with_context(failed)?;
    let connection = folder.join("connection.json");
    // Ports of the system's choice: nobody connects.
    let text = r#"{"transport":"tcp","ip":"127.0.0.1","control_port":0,"shell_port":0,"stdin_port":0,"hb_port":0,"iopub_port":0,"signature_scheme":"hmac-sha256","key":"ex03"}"#;
    fs::write(&connection, text).with_context(failed)?;
    let mut evcxr = folder::command(program, folder);
    evcxr
        .arg("--control_file")
        .arg(&connection)
        .env(FOLDER, folder);
    evcxr.current_dir(project::exercises());
    jupyter::for_evcxr(&mut evcxr, &Cache::find()?.python());
    let started = folder.join(folder::STARTED);
    let mut child = evcxr
        .spawn()
        .with_context(|| format!("{} no arranca", program.display()))?;
    let asked = Instant::now();
    while !started.exists() && asked.elapsed() < LIMIT {
        if let Ok(Some(status)) = child.try_wait() {
            bail!("el núcleo se paró al arrancar ({status})");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    // A moment for evcxr to have written all that belongs to its last cell.
    std::thread::sleep(Duration::from_millis(300));
    let _ = child.kill();
    let _ = child.wait();
    analyzer::std::clear(folder);
    // Without it each cell is compiled under its own number.
    if let Some(plan) = Plan::read(&plan::file(folder), folder) {
        plan.build_numbers(folder);
    }
    Ok(ExitCode::from(u8::from(!started.exists())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_benchmark_of_training_is_compiled_as_cells_are() {
        let manifest = include_str!("../../../benches/training/Cargo.toml");
        let (_, course) = manifest
            .split_once("[profile.course]\ninherits = \"stock\"\n")
            .expect("a profile over the stock kernel's");
        let course = format!(
            "[profile.dev]\n{}",
            course.replace("profile.course", "profile.dev")
        );
        assert_eq!(course, PROFILE);
    }
}
