//! Runs rustc on a cell, and knows what came of it.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use super::messages;

/// What came of compiling a cell.
pub struct Compiled {
    pub is_whole: bool,
    /// What rustc says.
    said: String,
}

impl Compiled {
    /// What was compiled before has nothing to say.
    pub fn before() -> Compiled {
        Compiled {
            is_whole: true,
            said: String::new(),
        }
    }

    /// Hands rustc's messages about a program on in Spanish.
    pub fn tell(&self, program: &str) -> io::Result<()> {
        io::stderr().write_all(messages::in_spanish(&self.said, program).as_bytes())
    }

    /// Whether rustc would say the same of the whole program: it speaks of no function that stands there in
    /// a few words, and looks for none that is left out.
    pub fn is_of_the_cell_alone(&self) -> bool {
        !self.said.contains("::ex03_utils::cells::") && !self.said.contains("cannot find function")
    }

    pub fn error_lines(&self) -> Vec<usize> {
        messages::error_lines(&self.said)
    }
}

/// Runs rustc on a cell. No lint, of this version of rustc or a later one, fails a cell.
pub fn compile(rustc: &mut Command) -> Option<Compiled> {
    let output = rustc
        .arg("--cap-lints=allow")
        .stderr(Stdio::piped())
        .output()
        .ok()?;
    Some(Compiled {
        is_whole: output.status.success(),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}
