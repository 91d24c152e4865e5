//! Compiles ahead what the playground at the end of notebook 3 needs, so that its reader, an hour later,
//! does not wait for it.

use std::thread;
use std::time::{Duration, Instant};

use ex03_base::library::Library;
use ex03_base::{cargo, interrupt, system};

/// The first cells come first.
const AFTER: Duration = Duration::from_secs(120);

/// Does so after a while, and gives way to all else. Ctrl-C ends it too, and what it has compiled by
/// then stays.
pub fn compile_ahead() {
    thread::spawn(|| {
        let started = Instant::now();
        while started.elapsed() < AFTER {
            if interrupt::is_raised() {
                return;
            }
            thread::sleep(Duration::from_millis(200));
        }
        // If it fails, whoever opens the playground is told why.
        let _ = Library::build_by(system::giving_way(&cargo::program()), None);
    });
}
