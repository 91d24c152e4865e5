//! Many submissions on all cores.

use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use ex03_base::interrupt;
use ex03_base::progress::Progress;

/// For a parser of what a student writes: most of it is never touched.
const STACK: usize = 256 << 20;

/// Does `work` on each of at most `total` items, and returns what comes of it in their order. An item is made when there is a worker for
/// it, so that few are in memory at a time.
///
/// # Errors
///
/// One line, when the user interrupts.
pub fn run<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    total: usize,
    work: impl Fn(T) -> R + Sync,
) -> Result<Vec<R>> {
    let items = Mutex::new(items.enumerate());
    let next = || {
        let mut items = items.lock().unwrap_or_else(PoisonError::into_inner);
        if interrupt::is_raised() {
            None
        } else {
            items.next()
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut results = Vec::new();
    // A few are done before a line would be read.
    let mut progress = (total > 4).then(|| Progress::start("Califico"));
    thread::scope(|scope| {
        let (done, results_of) = mpsc::channel();
        for _ in 0..workers.min(total) {
            let (done, next, work) = (done.clone(), &next, &work);
            let worker = move || {
                while let Some((i, item)) = next() {
                    // It fails where nobody waits any more.
                    let _ = done.send((i, work(item)));
                }
            };
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, worker)
                .context("no puedo crear un hilo")?;
        }
        drop(done);
        loop {
            match results_of.recv_timeout(Duration::from_millis(500)) {
                Ok(result) => results.push(result),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return anyhow::Ok(()),
            }
            if let Some(progress) = &mut progress {
                progress.show(Some((results.len(), total)));
            }
        }
    })?;
    interrupt::check()?;
    if let Some(progress) = progress {
        progress.finish();
    }
    results.sort_by_key(|(i, _)| *i);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}
