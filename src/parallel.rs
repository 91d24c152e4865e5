//! The same work for several values, on all cores of the machine.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::thread;

/// `work` for each of the values, in their order: as a loop would do it, and sooner.
///
/// ```
/// let squares = ex03_utils::on_all_cores(&[1, 2, 3], |n| n * n);
/// assert_eq!(squares, [1, 4, 9]);
/// ```
///
/// # Panics
///
/// When `work` does, with its message. The first value goes alone, so that what always panics does
/// it once.
pub fn on_all_cores<T: Sync, R: Send>(values: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let Some((first, rest)) = values.split_first() else {
        return Vec::new();
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    // WebAssembly has no threads.
    if cores == 1 {
        return values.iter().map(work).collect();
    }
    let first = work(first);
    // From the last on: where sizes grow, the longest work starts first, and the cores end
    // together.
    let waiting = Mutex::new(rest.iter().enumerate().rev());
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let run = || {
            let next = || waiting.lock().ok()?.next();
            std::iter::from_fn(next)
                .map(|(i, value)| (i, work(value)))
                .collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..cores.min(rest.len()))
            .map(|_| scope.spawn(run))
            .collect();
        let results = threads.into_iter().map(|it| it.join());
        results
            .flat_map(|result| result.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    done.sort_unstable_by_key(|(i, _)| *i);
    std::iter::once(first)
        .chain(done.into_iter().map(|(_, result)| result))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_the_order_of_the_values() {
        let values: Vec<usize> = (0..100).collect();
        assert_eq!(
            on_all_cores(&values, |n| n + 1),
            (1..=100).collect::<Vec<_>>()
        );
        assert!(on_all_cores(&[] as &[usize], |n| n + 1).is_empty());
    }

    #[test]
    fn what_always_panics_does_it_once() {
        let times = AtomicUsize::new(0);
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            on_all_cores(&[1, 2, 3, 4], |_| {
                times.fetch_add(1, Ordering::Relaxed);
                panic!("unsolved")
            })
        }));
        assert!(result.is_err());
        assert_eq!(times.into_inner(), 1);
    }

    #[test]
    fn a_panic_of_a_later_value_comes_through() {
        let result =
            std::panic::catch_unwind(|| on_all_cores(&[1, 2, 3], |n| assert!(*n < 3, "too large")));
        let message = *result.unwrap_err().downcast::<&str>().unwrap();
        assert_eq!(message, "too large");
    }
}
