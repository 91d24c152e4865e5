//! The ground floor of the course tool: what both houses that stand on it need, the lab and the
//! grader.
//!
//! | module | holds |
//! |---|---|
//! | [`cargo`] | compiling a package of the project |
//! | [`command_line`] | arguments, with help and errors in Spanish |
//! | [`compiler`] | what rustc says, and the same in Spanish |
//! | [`console`] | lines for the user, on stdout and stderr |
//! | [`failure`] | how a command fails, and the exit status that says so |
//! | [`files`] | reading and writing, with an error in one line of Spanish |
//! | [`interrupt`] | Ctrl-C as a flag |
//! | [`library`] | compiling the support library for programs to link to |
//! | [`notebook`] | Jupyter notebooks as JSON |
//! | [`pasted`] | characters of copied text that Rust does not know, and what to type in their place |
//! | [`process`] | child processes that end when they should |
//! | [`progress`] | one line that tells how far a long step is |
//! | [`project`] | where the clone at work lies |
//! | [`system`] | what differs between Linux, macOS and Windows |
//! | [`visible`] | text of others without what a terminal or a page would obey |

// Its documentation is for those who change it, and shows private items too.
#![allow(rustdoc::private_intra_doc_links)]

pub mod cargo;
pub mod command_line;
pub mod compiler;
pub mod console;
pub mod failure;
pub mod files;
pub mod interrupt;
pub mod library;
pub mod notebook;
pub mod pasted;
pub mod process;
pub mod progress;
pub mod project;
pub mod system;
pub mod visible;
