//! Ctrl-C, a closed terminal and SIGTERM as a flag: long work looks at it and ends in its own time,
//! with its children.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use crate::failure::Interrupted;

static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From here on, signals that would end the process only raise the flag.
pub fn listen() {
    FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        for signal in SIGNALS {
            // Registering fails only for signals that cannot be caught.
            let _ = signal_hook::flag::register(*signal, flag.clone());
        }
        flag
    });
}

#[cfg(unix)]
const SIGNALS: &[i32] = &[
    signal_hook::consts::SIGINT,
    signal_hook::consts::SIGTERM,
    signal_hook::consts::SIGHUP,
];
#[cfg(not(unix))]
const SIGNALS: &[i32] = &[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];

/// Whether such a signal has come.
pub fn is_raised() -> bool {
    FLAG.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// # Errors
///
/// [`Interrupted`], where such a signal has come.
pub fn check() -> Result<(), Interrupted> {
    match is_raised() {
        true => Err(Interrupted),
        false => Ok(()),
    }
}
