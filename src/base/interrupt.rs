//! Ctrl-C, a closed terminal and SIGTERM as a flag: long work looks at it and ends in its own time,
//! with its children.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use crate::failure::Interrupted;
use crate::system;

static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From here on, what would end the process only raises the flag.
pub fn listen() {
    FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        system::raise_at_interrupt(&flag);
        flag
    });
}

/// Whether one of them has come.
pub fn is_raised() -> bool {
    FLAG.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// # Errors
///
/// [`Interrupted`], where one of them has come.
pub fn check() -> Result<(), Interrupted> {
    match is_raised() {
        true => Err(Interrupted),
        false => Ok(()),
    }
}
