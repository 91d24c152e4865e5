//! Calls a student's function, and keeps what it threw.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// What a student's function threw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) struct Panic {
    /// Rust's or ndarray's own words.
    pub message: String,
}

type Hook = dyn Fn(&PanicHookInfo) + Sync + Send;

/// How many calls are under way, in all threads, and the hook that was there before the first.
struct Installed {
    calls: usize,
    previous: Option<Arc<Box<Hook>>>,
}

static INSTALLED: Mutex<Installed> = Mutex::new(Installed {
    calls: 0,
    previous: None,
});

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Calls `f`. What it throws is returned, and nothing is printed.
pub(in crate::check) fn catch<T>(f: impl FnOnce() -> T) -> Result<T, Panic> {
    let _quiet = Quiet::start();
    let outer = CATCHING.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(f));
    CATCHING.set(outer);
    result.map_err(|payload| {
        let message = MESSAGE
            .take()
            .or_else(|| text_of(&*payload))
            .unwrap_or_default();
        // A payload of the student's own may panic when it is dropped.
        std::mem::forget(payload);
        Panic { message }
    })
}

/// While one lives, panics inside [`catch`] print nothing; those of other threads go to the hook
/// that was there before.
struct Quiet {
    counted: bool,
}

impl Quiet {
    fn start() -> Quiet {
        // A panicking thread may not change the hook.
        if thread::panicking() {
            return Quiet { counted: false };
        }
        let mut installed = lock();
        if installed.calls == 0 {
            let previous = Arc::new(panic::take_hook());
            installed.previous = Some(Arc::clone(&previous));
            // Without our lock: whoever holds it may be waiting for this hook to end, to change it.
            panic::set_hook(Box::new(move |info| {
                if CATCHING.get() {
                    MESSAGE.set(text_of(info.payload()));
                } else {
                    previous(info);
                }
            }));
        }
        installed.calls += 1;
        Quiet { counted: true }
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if !self.counted || thread::panicking() {
            return;
        }
        let mut installed = lock();
        installed.calls -= 1;
        if installed.calls == 0
            && let Some(previous) = installed.previous.take()
        {
            drop(panic::take_hook());
            panic::set_hook(Arc::try_unwrap(previous).unwrap_or_else(|kept| {
                // The function that was called has put our hook inside one of its own.
                Box::new(move |info| kept(info))
            }));
        }
    }
}

fn lock() -> MutexGuard<'static, Installed> {
    INSTALLED.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(in crate::check) fn text_of(payload: &(dyn Any + Send)) -> Option<String> {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string))
}

impl Panic {
    /// `todo!()` or `unimplemented!()`.
    pub fn is_unsolved(&self) -> bool {
        self.message.starts_with("not yet implemented")
            || self.message.starts_with("not implemented")
    }

    /// Whether two came of the same mistake, as far as their words tell.
    pub fn is_like(&self, other: &Panic) -> bool {
        self == other || (self.is_between_elements() && other.is_between_elements())
    }

    /// `a + b` and `Zip` say the same in other words, without the shapes.
    pub(super) fn is_between_elements(&self) -> bool {
        [
            "ShapeError",
            "equal_dim",
            "Zip: Producer dimension mismatch",
        ]
        .iter()
        .any(|words| self.message.contains(words))
    }

    /// Whether the message names shapes, and so tells one mistake from another.
    pub fn names_shapes(&self) -> bool {
        self.message.starts_with("ndarray: inputs")
            || self.message.starts_with("ndarray: could not broadcast")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_another_thread_does_not_wait_for_ours() {
        thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..300 {
                    let _ = panic::catch_unwind(|| panic!("of another thread"));
                }
            });
            for _ in 0..300 {
                assert_eq!(catch(|| panic!("ours")).unwrap_err().message, "ours");
            }
        });
    }
}
