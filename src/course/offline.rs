//! What a bundle brings along for a lab without a network: `release --offline` writes it, and the
//! set-up takes from it what it would otherwise download.

use std::path::{Path, PathBuf};

use ex03_base::{project, system};

use crate::pins::EVCXR;
use crate::places::STD_SOURCES;

/// Of a toolchain, what it may lack.
pub const PARTS: [&str; 2] = [STD_SOURCES, "lib/rustlib/wasm32-wasip1"];

/// In the bundle.
const FOLDER: &str = "sin-red";

/// The places of one bundle.
pub struct Offline(PathBuf);

impl Offline {
    /// Those of a bundle that is about to be written.
    pub fn of(bundle: &Path) -> Offline {
        Offline(bundle.join(FOLDER))
    }

    /// Those of this project, where it is such a bundle.
    pub fn here() -> Option<Offline> {
        let here = Offline::of(&project::root());
        here.0.is_dir().then_some(here)
    }

    /// The crates of the library, of the tool and of std, unpacked.
    pub fn crates(&self) -> PathBuf {
        self.0.join("crates")
    }

    /// The Python packages.
    pub fn wheels(&self) -> PathBuf {
        self.0.join("wheels")
    }

    /// Which Python they are for.
    pub fn python_version(&self) -> PathBuf {
        self.0.join("python.txt")
    }

    /// The kernel's program.
    pub fn kernel(&self) -> PathBuf {
        self.0.join("kernel").join(system::program(EVCXR))
    }

    /// What a toolchain may lack, under the toolchain's own paths.
    pub fn rust(&self) -> PathBuf {
        self.0.join("rust")
    }

    /// What `rustc -vV` said where it was written.
    pub fn rust_version(&self) -> PathBuf {
        self.0.join("rustc.txt")
    }

    /// The lines by which cargo takes its crates from here: from `folder`, where it reads them.
    pub fn cargo_config(folder: &Path) -> String {
        // As TOML has it: an accent stays as it is, which Rust's own way of quoting would take apart.
        let folder = folder.display().to_string();
        let folder = folder.replace('\\', "\\\\").replace('"', "\\\"");
        format!(
            "[source.crates-io]\nreplace-with = \"{FOLDER}\"\n\n[source.{FOLDER}]\ndirectory = \"{folder}\"\n"
        )
    }

    /// The same in the bundle itself, wherever it is copied to.
    pub fn cargo_config_of_bundle() -> String {
        Offline::cargo_config(&Path::new(FOLDER).join("crates"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_any_name_is_a_text_of_toml() {
        let config = Offline::cargo_config(Path::new("C:\\Jose\u{301}\\\"aula\""));
        let line = "directory = \"C:\\\\Jose\u{301}\\\\\\\"aula\\\"\"\n";
        assert!(config.ends_with(line), "{config}");
    }
}
