//! The Python environment with JupyterLab. It is a venv that holds exactly the versions of
//! requirements.txt, of files whose SHA-256 is the one that is listed there.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};
use ex03_base::process::{self, Ended};
use ex03_base::{files, system};

use super::step::step;
use crate::jupyter::clean;
use crate::offline::Offline;
use crate::pins;
use crate::places::{Cache, PythonEnvironment};

/// Says whether a Python will do; with an argument, such as 3.11, only that version does.
const PROBE: &str = "\
import sys
if sys.version_info < (3, 10): sys.exit(print('old'))
if sys.argv[1:] and '%d.%d' % sys.version_info[:2] != sys.argv[1]: sys.exit(print('other'))
try: import ensurepip, venv
except ImportError: sys.exit(print('no venv'))
print('fine')
";

/// Says which Python this is, as [`PROBE`] compares it.
const VERSION: &str = "import sys; print('%d.%d' % sys.version_info[:2])";

/// Creates the environment, or goes on where an earlier attempt stopped.
pub fn create(cache: &Cache, environment: &PythonEnvironment) -> Result<()> {
    // `exists` follows the link, so that an environment whose system Python has gone is made anew.
    if environment.complete().exists() && environment.python().exists() {
        return Ok(());
    }
    let folder = environment.folder();
    if !has_pip(cache, environment)? {
        let mut venv = Command::new(find_python(cache)?);
        clean(&mut venv).args(["-m", "venv", "--clear"]).arg(folder);
        step(
            cache,
            "venv",
            "Creo un entorno de Python",
            &mut venv,
            |_| None,
        )?;
    }
    let list = folder.join("requirements.txt");
    files::write(&list, pins::PYTHON_PACKAGES)?;
    let mut pip = Command::new(environment.python());
    clean(&mut pip)
        .args([
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "--require-hashes",
            // What a build needs would come unverified.
            "--only-binary=:all:",
        ])
        .args(["--no-color", "--progress-bar", "off", "-r"])
        .arg(&list);
    if let Some(offline) = Offline::here() {
        pip.args(["--no-index", "--find-links"])
            .arg(offline.wheels());
    }
    step(cache, "pip", "Instalo JupyterLab", &mut pip, |output| {
        parts_done(output, environment.installed())
    })?;
    let complete = environment.complete();
    files::write(&complete, "")
}

/// Whether an earlier attempt got far enough to go on from.
fn has_pip(cache: &Cache, environment: &PythonEnvironment) -> Result<bool> {
    let mut pip = Command::new(environment.python());
    clean(&mut pip).args(["-m", "pip", "--version"]);
    let ended = process::run(&mut pip, &cache.log("pip"), Duration::from_secs(60), |_| {})?;
    Ok(matches!(ended, Ended::Well(_)))
}

/// Which Python the environment is of, such as 3.11.
pub fn version(environment: &PythonEnvironment) -> Result<String> {
    let mut asked = Command::new(environment.python());
    let told = clean(&mut asked).args(["-c", VERSION]).output()?;
    Ok(String::from_utf8_lossy(&told.stdout).trim().to_owned())
}

/// The first Python of the system that will do.
fn find_python(cache: &Cache) -> Result<&'static str> {
    let mut problem = "no encuentro python3: instala Python 3.10 o posterior \
                       (Debian y Ubuntu: sudo apt install python3-venv; macOS: brew install python; Windows: winget install Python.Python.3.12)";
    let only = Offline::here().map(|it| files::read(&it.python_version()));
    let only = only.transpose()?;
    let of_another = only.as_deref().map(|only| {
        format!("esta entrega trae paquetes para Python {only}, y no lo encuentro: instálalo")
    });
    for name in system::PYTHONS {
        let mut probe = Command::new(name);
        clean(&mut probe).args(["-c", PROBE]).args(&only);
        let limit = Duration::from_secs(60);
        let Ended::Well(answer) = process::run(&mut probe, &cache.log("python3"), limit, |_| {})?
        else {
            continue;
        };
        match answer.trim() {
            "fine" => return Ok(name),
            "other" => problem = of_another.as_deref().unwrap_or(problem),
            "no venv" => {
                problem = "a tu Python le falta el módulo venv: sudo apt install python3-venv (Debian y Ubuntu)";
            }
            "old" => {
                problem = "tu python3 es demasiado antiguo: instala Python 3.10 o posterior y repite la orden";
            }
            _ => {}
        }
    }
    bail!(problem.to_owned())
}

/// How far pip is. Each package counts as two parts: pip names a package when it gets it (and names
/// those that this system does not need), and at the end it installs all of them, which shows only
/// in the environment.
fn parts_done(output: &str, installed: usize) -> Option<(usize, usize)> {
    let starting = |word: &str| output.lines().filter(|line| line.starts_with(word)).count();
    let listed = pins::PYTHON_PACKAGES
        .lines()
        .filter(|line| line.contains("==") && !line.starts_with('#'));
    let total = listed.count().saturating_sub(starting("Ignoring "));
    let got = starting("Collecting ") + starting("Requirement already satisfied: ");
    (got > 0).then_some((got.min(total) + installed.min(total), 2 * total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_has_its_sums() {
        let lines = pins::PYTHON_PACKAGES.lines();
        let lines: Vec<&str> = lines.filter(|line| !line.starts_with('#')).collect();
        let packages = lines.iter().filter(|line| line.contains("=="));
        assert!(packages.count() > 100);
        for pair in lines.windows(2) {
            let is_sum = |line: &str| line.trim_start().starts_with("--hash=sha256:");
            assert!(is_sum(pair[0]) || is_sum(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn packages_that_this_system_does_not_need_are_not_waited_for() {
        let all = parts_done("Collecting anyio==4.16.0\n", 0).unwrap().1;
        let seen = "Ignoring appnope: markers 'x' don't match your environment\nCollecting anyio==4.16.0\n";
        assert_eq!(parts_done(seen, 0), Some((1, all - 2)));
        assert_eq!(parts_done(seen, 1000), Some((all / 2, all - 2)));
        assert_eq!(parts_done("", 2), None);
    }
}
