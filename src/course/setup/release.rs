//! The kernel's program as its authors compile it for each release. Downloading it takes seconds;
//! compiling it takes ten minutes.

use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result};
use ex03_base::console::tell;
use ex03_base::process::{self, Ended};
use ex03_base::progress::Progress;
use ex03_base::{files, system};

use super::kernelspec;
use crate::jupyter::clean;
use crate::pins::{EVCXR, EVCXR_ARCHIVES, EVCXR_VERSION};
use crate::places::{Cache, PythonEnvironment};

/// `.github/workflows/release.yml` of the repository says what is there, and for which machines.
const RELEASES: &str = "https://github.com/evcxr/evcxr/releases/download";
/// Another place with the same files, for a class that does not reach that one.
const ELSEWHERE: &str = "EX03_EVCXR_RELEASES";

/// The SHA-256 of the archive there, for whoever has compared it with what the authors publish.
const KNOWN_SHA256: &str = "EX03_EVCXR_SHA256";

const DOWNLOAD: &str = include_str!("download.py");

/// How long a download may take on a slow line. A compiler would have finished by then.
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// Downloads the program, and tells whether it is there and starts on this machine.
///
/// # Errors
///
/// One line, when the user interrupts, or where nothing can be written.
pub fn install(cache: &Cache, environment: &PythonEnvironment, program: &Path) -> Result<bool> {
    let Some((name, ending)) = archive() else {
        return Ok(false);
    };
    let archive = format!("{name}.{ending}");
    let releases = env::var(ELSEWHERE).unwrap_or(RELEASES.to_owned());
    let folder = program.parent().unwrap_or(Path::new("."));
    files::create_folder(folder)?;
    // Windows starts only what ends as its programs do.
    let part = program.with_file_name(system::program("part"));
    let mut download = Command::new(environment.python());
    clean(&mut download);
    download
        .args(["-c", DOWNLOAD])
        .arg(format!("{releases}/v{EVCXR_VERSION}/{archive}"))
        .arg(format!("{name}/{}", system::program(EVCXR)))
        .arg(&part)
        .arg(known_sha256(&archive));
    let mut progress = Progress::start("Descargo el núcleo de Rust");
    let log = cache.log("descarga");
    let ended = process::run(&mut download, &log, LIMIT, |_| progress.show(None))?;
    if matches!(&ended, Ended::Badly(said) if said.contains("SHA-256")) {
        drop(progress);
        tell(&format!(
            "El núcleo que llega no es el que se espera: su SHA-256 es otro (registro: {}). No lo uso.",
            log.display()
        ));
        return Ok(false);
    }
    let is_good = matches!(ended, Ended::Well(_)) && starts(cache, &part)?;
    if is_good {
        fs::rename(&part, program).with_context(|| files::unwritable(program))?;
        progress.finish();
    }
    let _ = fs::remove_file(part);
    Ok(is_good)
}

/// The sum that the archive of this name has to have; empty where none is known.
fn known_sha256(archive: &str) -> String {
    let listed = EVCXR_ARCHIVES.iter().find(|(name, _)| *name == archive);
    let listed = listed.map(|(_, sum)| sum.to_string());
    env::var(KNOWN_SHA256).ok().or(listed).unwrap_or_default()
}

/// Whether the program starts here. It may need a newer system.
pub fn starts(cache: &Cache, program: &Path) -> Result<bool> {
    let scratch = program.with_extension("share");
    let ended = kernelspec::write(cache, program, &scratch);
    let _ = fs::remove_dir_all(scratch);
    Ok(program.is_file() && matches!(ended?, Ended::Well(_)))
}

/// The name and the ending of the archive for this machine, if there is one.
fn archive() -> Option<(String, &'static str)> {
    let (target, ending) = match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => ("x86_64-unknown-linux-gnu", "tar.gz"),
        ("macos", "aarch64") => ("aarch64-apple-darwin", "tar.gz"),
        ("windows", "x86_64") => ("x86_64-pc-windows-msvc", "zip"),
        _ => return None,
    };
    Some((format!("{EVCXR}-v{EVCXR_VERSION}-{target}"), ending))
}
