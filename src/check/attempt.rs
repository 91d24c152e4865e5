//! What a notebook says where a cell other than a check throws: one line in Spanish, not a backtrace.

use std::fmt;
use std::panic;

use super::panics::{self, Panic};

/// From here on a panic prints one line on stdout. On stderr, where Rust would print it, a notebook can lose a part of it or show it
/// under another cell.
pub fn explain_panics() {
    panic::set_hook(Box::new(|info| {
        let message = panics::text_of(info.payload()).unwrap_or_default();
        println!("{}", line_about(&Panic { message }));
    }));
}

/// Runs `work`. What it throws is printed in one line and kept, so that the cells that use its result can say it again with `?`.
///
/// # Errors
///
/// [`Unfinished`] where `work` panics.
pub fn attempt<T>(work: impl FnOnce() -> T) -> Result<T, Unfinished> {
    panics::catch(work).map_err(|panic| {
        let line = line_about(&panic);
        println!("{line}");
        Unfinished(line)
    })
}

/// Why [`attempt`] has no result, in one line of Spanish.
#[derive(Clone, PartialEq, Eq)]
pub struct Unfinished(String);

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The same line: a notebook shows the error of a `?` by its `Debug`.
impl fmt::Debug for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Unfinished {}

fn line_about(panic: &Panic) -> String {
    if panic.is_unsolved() {
        let of_the_student = panic.message.split_once(": ").map_or("", |(_, rest)| rest);
        format!("Sin resolver todavía: {of_the_student}")
    } else {
        format!("Tu código se detuvo: {}", panic.in_spanish(&|_| None))
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;

    #[test]
    fn a_result_passes_through() {
        assert_eq!(attempt(|| 1 + 1), Ok(2));
    }

    #[test]
    fn an_unsolved_exercise_is_named() {
        let unfinished =
            attempt(|| -> f64 { todo!("predict, con W1 de forma {:?}", (4, 2)) }).unwrap_err();
        assert_eq!(
            unfinished.to_string(),
            "Sin resolver todavía: predict, con W1 de forma (4, 2)"
        );
    }

    #[test]
    fn a_mistake_is_told_in_spanish() {
        let a = Array2::<f64>::zeros((4, 2));
        let unfinished = attempt(|| a.dot(&a)).unwrap_err();
        assert!(
            unfinished
                .to_string()
                .starts_with("Tu código se detuvo: producto"),
            "{unfinished}"
        );
    }
}
