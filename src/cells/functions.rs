//! The functions that cells have defined, for the cells that call them.

use std::collections::HashMap;
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Where a function is in this process.
struct Function(*const ());

// SAFETY: code may be called from any thread, and is never unloaded or written.
unsafe impl Send for Function {}

static FUNCTIONS: Mutex<Option<HashMap<String, Function>>> = Mutex::new(None);

/// Changes when functions are defined. No link has followed number 0.
static VERSION: AtomicUsize = AtomicUsize::new(1);

/// Notes where functions are, each under its name and type, in place of all that were noted before.
pub fn define(functions: &[(&str, *const ())]) {
    let functions = functions.iter();
    let functions = functions.map(|(name, place)| ((*name).to_owned(), Function(*place)));
    *FUNCTIONS.lock().unwrap_or_else(PoisonError::into_inner) = Some(functions.collect());
    VERSION.fetch_add(1, Ordering::Release);
}

/// A function that another program has defined. It is looked for once, since a cell may call it in a
/// loop, and again after others have been defined.
pub struct Link {
    function: &'static str,
    version: AtomicUsize,
    place: AtomicPtr<()>,
}

impl Link {
    pub const fn to(function: &'static str) -> Link {
        Link {
            function,
            version: AtomicUsize::new(0),
            place: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// Where the function of that name and type is.
    ///
    /// # Panics
    ///
    /// Where nobody has said. The kernel has it defined before a cell calls it.
    pub fn follow(&self) -> *const () {
        let version = VERSION.load(Ordering::Acquire);
        if self.version.load(Ordering::Acquire) != version {
            self.place.store(place_of(self.function), Ordering::Relaxed);
            self.version.store(version, Ordering::Release);
        }
        self.place.load(Ordering::Relaxed)
    }
}

fn place_of(function: &str) -> *mut () {
    let functions = FUNCTIONS.lock().unwrap_or_else(PoisonError::into_inner);
    match functions.as_ref().and_then(|all| all.get(function)) {
        Some(Function(place)) => place.cast_mut(),
        None => panic!("no encuentro `{function}`: ejecuta otra vez la celda que la define"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_what_was_defined_last() {
        static LINK: Link = Link::to("f: fn() -> u8");
        assert!(std::panic::catch_unwind(|| LINK.follow()).is_err());
        for place in [[1_u8, 2], [3, 4]] {
            let place: *const () = (&raw const place).cast();
            define(&[("g: fn()", ptr::null()), ("f: fn() -> u8", place)]);
            assert_eq!([LINK.follow(), LINK.follow()], [place; 2]);
        }
        define(&[]);
        assert!(std::panic::catch_unwind(|| LINK.follow()).is_err());
    }
}
