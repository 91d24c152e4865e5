//! The versions that the course is tested with: of the kernel, of Rust, and of all Python packages.

/// The kernel's package and program.
pub const EVCXR: &str = "evcxr_jupyter";
pub const EVCXR_VERSION: &str = "0.22.0";

/// The oldest Rust that the course is for, as in Cargo.toml.
pub const OLDEST_RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// JupyterLab and all that it needs, as a list for pip.
pub const PYTHON_PACKAGES: &str = include_str!("setup/requirements.txt");
