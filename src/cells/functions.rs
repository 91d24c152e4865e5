//! The functions that cells have defined, for the cells that call them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Where a function is in this process.
struct Function(*const ());

// SAFETY: code may be called from any thread, and is never unloaded or written.
unsafe impl Send for Function {}

static FUNCTIONS: Mutex<Option<HashMap<String, Function>>> = Mutex::new(None);

/// Notes where functions are, each under its name and type, in place of all that were noted before.
pub fn define(functions: &[(&str, *const ())]) {
    let functions = functions.iter();
    let functions = functions.map(|(name, place)| ((*name).to_owned(), Function(*place)));
    *FUNCTIONS.lock().unwrap_or_else(PoisonError::into_inner) = Some(functions.collect());
}

/// Where the function of that name and type is.
///
/// # Panics
///
/// Where nobody has said. The kernel has it defined before a cell calls it.
pub fn defined(function: &str) -> *const () {
    let functions = FUNCTIONS.lock().unwrap_or_else(PoisonError::into_inner);
    match functions.as_ref().and_then(|all| all.get(function)) {
        Some(Function(place)) => *place,
        None => panic!("no encuentro `{function}`: ejecuta otra vez la celda que la define"),
    }
}
