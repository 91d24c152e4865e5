//! What differs by system: processes, signals, links, paths. Beside it only what is about one system by
//! its nature asks which one it runs on: the kernel that was compiled for it, what confines the compiler
//! on Linux, and glibc's memory.
//!
//! Each of the two modules has the same functions:
//!
//! | function | does |
//! |---|---|
//! | [`in_own_group`] | keeps a Ctrl-C in our terminal from a child |
//! | [`Family`] | a child with all that it starts, which is ended as one |
//! | [`end_with_us`] | ends a child, and what it leaves, when we are told to end |
//! | [`raise_at_interrupt`] | turns Ctrl-C and its kin into a flag |
//! | [`giving_way`] | starts a program that gives way to all else |
//! | [`become_program`] | goes on as another program |
//! | [`link`] | lets a path lead to a file or folder elsewhere |
//! | [`open_without_waiting`], [`mode`] | opens a file, and says what kind it is |
//! | [`understands_escapes`] | says whether a line of the terminal can be rewritten |
//! | [`in_venv`], [`packages_in_venv`] | where a virtual environment of Python keeps its parts |

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::*;
#[cfg(windows)]
pub use windows::*;

/// The file name of a program.
pub fn program(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

/// The file name of a dynamic library.
pub fn library(name: &str) -> String {
    format!(
        "{}{name}{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    )
}

#[cfg(test)]
mod tests;
