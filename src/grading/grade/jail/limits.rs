//! What a confined program is allowed.

use std::path::PathBuf;

/// What is confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A student's program: computes, and talks on its standard input alone.
    Program,
    /// The compiler at work on a student's code: reads the toolchain, runs the linker, writes into one folder.
    Compiler,
}

/// What a program is allowed.
#[derive(Clone, Debug)]
pub struct Limits {
    pub kind: Kind,
    pub memory: u64,
    pub cpu_seconds: u64,
    pub file_size: u64,
    pub readable: Vec<PathBuf>,
    pub writable: Vec<PathBuf>,
    pub confined: bool,
}
