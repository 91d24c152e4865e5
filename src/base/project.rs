//! Where the clone at work lies, and its notebooks.

use std::path::{Path, PathBuf};

/// Set for our own programs that Jupyter or another of ours starts: the clone at work.
pub const VARIABLE: &str = "EX03_PROJECT";

/// The clone at work. `cargo run` says which it is, since a clone that has been moved still runs
/// the tool that was built where it was.
pub fn root() -> PathBuf {
    let run_by_cargo = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    std::env::var_os(VARIABLE)
        .map(PathBuf::from)
        .or_else(|| run_by_cargo.as_deref().and_then(of_a_member))
        .unwrap_or_else(|| {
            of_a_member(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("src/base lies in a project")
        })
}

/// The root of the project whose workspace member lies there, two folders further down.
fn of_a_member(folder: &Path) -> Option<PathBuf> {
    let root = folder.ancestors().nth(2)?;
    root.join("notebooks").is_dir().then(|| root.to_owned())
}

/// The notebooks that students open.
pub fn exercises() -> PathBuf {
    root().join("notebooks").join("ejercicios")
}

/// The solved notebooks, which all others are made from. A bundle for students lacks them.
pub fn solutions() -> PathBuf {
    root().join("notebooks").join("soluciones")
}
