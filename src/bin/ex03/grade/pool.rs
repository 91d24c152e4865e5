//! Many submissions on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::command::interrupted;
use crate::progress::Progress;

/// For a parser of what a student writes: most of it is never touched.
const STACK: usize = 256 << 20;

/// Does `work` on each of `items`, and returns what comes of it in their order.
///
/// # Errors
///
/// One line, when the user interrupts.
pub fn run<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Result<Vec<R>, String> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len());
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    // A few are done before a line would be read.
    let mut progress = (items.len() > 4).then(|| Progress::start("Califico"));
    thread::scope(|scope| {
        let (done, results_of) = mpsc::channel();
        for _ in 0..workers {
            let (done, next, work) = (done.clone(), &next, &work);
            let spawned = thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, move || {
                    while let Some((i, item)) = take(next, items) {
                        if done.send((i, work(item))).is_err() {
                            break;
                        }
                    }
                });
            if let Err(error) = spawned {
                return Err(format!("no puedo crear un hilo: {error}"));
            }
        }
        drop(done);
        let mut count = 0;
        loop {
            match results_of.recv_timeout(Duration::from_millis(500)) {
                Ok((i, result)) => {
                    results[i] = Some(result);
                    count += 1;
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
            }
            if let Some(progress) = &mut progress {
                progress.show(Some((count, items.len())));
            }
        }
    })?;
    if interrupted() {
        return Err("interrumpido".to_owned());
    }
    if let Some(progress) = progress {
        progress.finish();
    }
    Ok(results.into_iter().flatten().collect())
}

fn take<'a, T>(next: &AtomicUsize, items: &'a [T]) -> Option<(usize, &'a T)> {
    let i = next.fetch_add(1, Ordering::Relaxed);
    (!interrupted()).then(|| items.get(i).map(|item| (i, item)))?
}
