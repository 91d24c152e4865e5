//! Lines for the user. Nobody may be reading any more, so writing never panics as `println!` would.

use std::io::Write;

/// The start of a line that one of our kernels writes for the terminal of `ex03 lab`.
pub const NOTICE: &str = "ex03: ";

/// Prints a line to stdout.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Prints a line to stderr.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
