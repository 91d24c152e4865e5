//! A bundle for students: all that they need to run the notebooks, no solutions, no tests.

use std::fs;
use std::path::Path;

use anyhow::Result;
use ex03_base::failure::usage;
use ex03_base::files;

use super::{given, picture, student};

const SOLVED: &str = "notebooks/soluciones";
const STUDENT: &str = "notebooks/ejercicios";

/// What a student needs to run the notebooks, beside the notebooks. What does not exist is left
/// out.
const BUNDLED: [&str; 7] = [
    "Cargo.lock",
    "README.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "LICENSE",
    ".gitignore",
    "src",
];

/// The manifests of the packages that have tests, which a bundle does not hold.
const MANIFESTS: [&str; 3] = [
    "Cargo.toml",
    "src/course/Cargo.toml",
    "src/grading/Cargo.toml",
];

/// Writes the bundle over an earlier one, or into a new folder. What a student has worked on is
/// kept.
pub fn write(root: &Path, folder: &Path) -> Result<String> {
    let derived = student::derive_all(&root.join(SOLVED))?;
    if !is_new(folder) && !is_bundle(folder) {
        return Err(usage(format!(
            "{} no está vacía ni es una entrega anterior: elige otra carpeta",
            folder.display()
        )));
    }
    files::create_folder(&folder.join(STUDENT))?;
    for name in BUNDLED {
        let from = root.join(name);
        if from.exists() {
            files::copy(&from, &folder.join(name))?;
        }
    }
    for manifest in MANIFESTS {
        let text = files::read(&root.join(manifest))?;
        files::write(&folder.join(manifest), &without_tests(&text))?;
    }
    given::write(&derived, folder)?;
    picture::write(&root.join(SOLVED), folder)?;
    let mut kept = Vec::new();
    for (name, text) in &derived {
        let path = folder.join(STUDENT).join(name);
        if path.exists() && files::read(&path)? != *text {
            kept.push(name.as_str());
        } else {
            files::write(&path, text)?;
        }
    }
    let mut message = format!("entrega lista en {}", folder.display());
    if !kept.is_empty() {
        message += &format!(
            "\nse conservan, porque difieren de los nuevos: {}; para renovarlos, bórralos y repite",
            kept.join(", ")
        );
    }
    Ok(message)
}

/// Whether a folder holds a bundle. The project itself is none, because it has the solutions.
pub fn is_bundle(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.contains("name = \"ex03_utils\"")
        && folder.join(STUDENT).is_dir()
        && !folder.join(SOLVED).exists()
}

fn is_new(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !folder.exists(),
    }
}

/// The manifest without the targets that a bundle does not hold. They are whole tables whose lines
/// are left out, which is less than a parser of TOML would add to a student's first `cargo run`.
fn without_tests(manifest: &str) -> String {
    let mut dropping = false;
    let mut kept = String::new();
    for line in manifest.split_inclusive('\n') {
        if line.starts_with('[') {
            dropping = ["[[test]]", "[[bench]]", "[[example]]"].contains(&line.trim());
        }
        if !dropping {
            kept += line;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_s_manifest_names_no_tests() {
        let manifest = "[package]\nname = \"a\"\n\n[[test]]\nname = \"t\"\n\n[[bin]]\nname = \"b\"\n\n[[bench]]\nname = \"c\"\n";
        assert_eq!(
            without_tests(manifest),
            "[package]\nname = \"a\"\n\n[[bin]]\nname = \"b\"\n\n"
        );
    }
}
