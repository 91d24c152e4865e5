//! How a command of the tool fails. Two kinds of failure have a type of their own, because they
//! have an exit status of their own; all others are an [`anyhow::Error`] whose chain of contexts
//! makes one line of Spanish.

use std::fmt;
use std::process::ExitCode;

use crate::{console, visible};

/// The exit status after an interrupt, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// The user asked for something that the tool does not do. The text says what, and where to read
/// more.
#[derive(Debug)]
pub struct Usage(pub String);

/// The user pressed Ctrl-C, closed the terminal, or ended the process.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("interrumpido. Repite la orden y seguirá donde se quedó.")
    }
}

impl std::error::Error for Usage {}
impl std::error::Error for Interrupted {}

/// An error for bad use.
pub fn usage(text: impl Into<String>) -> anyhow::Error {
    Usage(text.into()).into()
}

/// The exit status of a command: its own where it ended well, else 2 for bad use, 130 for an
/// interrupt and 1 for any other failure, each with one line on stderr.
pub fn status(outcome: anyhow::Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        console::tell(&visible::text(&format!("ex03: {error:#}")));
        ExitCode::from(if error.is::<Usage>() {
            2
        } else if error.is::<Interrupted>() {
            INTERRUPTED
        } else {
            1
        })
    })
}

#[cfg(test)]
mod tests {
    use anyhow::{Context, anyhow};

    use super::*;

    #[test]
    fn each_kind_of_failure_has_its_exit_status() {
        let code = |error| format!("{:?}", status(Err(error)));
        assert_eq!(code(usage("sobra «x»")), format!("{:?}", ExitCode::from(2)));
        assert_eq!(
            code(Interrupted.into()),
            format!("{:?}", ExitCode::from(130))
        );
        let failed = Err::<(), _>(anyhow!("no hay red")).context("pip");
        assert_eq!(
            code(failed.unwrap_err()),
            format!("{:?}", ExitCode::from(1))
        );
    }
}
