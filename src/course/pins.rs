//! What the course is tested with: versions of the kernel, of Rust and of all Python packages, and the
//! sums by which a download is known to be that.

/// The kernel's package and program.
pub const EVCXR: &str = "evcxr_jupyter";
pub const EVCXR_VERSION: &str = "0.22.0";

/// The SHA-256 of the archives in which evcxr's authors release the kernel, by name. Whoever has compared
/// one with what the authors publish adds it here; an archive that is not listed is run unverified.
pub const EVCXR_ARCHIVES: &[(&str, &str)] = &[];

/// The oldest Rust that the course is for, as in Cargo.toml.
pub const OLDEST_RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// JupyterLab and all that it needs, as a list for pip: versions, and the SHA-256 of their files.
pub const PYTHON_PACKAGES: &str = include_str!("setup/requirements.txt");
