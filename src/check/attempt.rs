//! What a notebook says where a cell other than a check throws: one line in Spanish, not a
//! backtrace.

use std::panic::{self, PanicHookInfo};
use std::thread;
use std::time::Duration;

use super::judging::panics::{self, Panic};

/// From here on a panic prints one line on stdout. On stderr, where Rust would print it, a notebook
/// can lose a part of it or show it under another cell.
pub fn explain_panics() {
    panic::set_hook(Box::new(|info| say(&line_about_panic(info))));
}

/// The line by which a notebook tells of a panic.
pub(crate) fn line_about_panic(info: &PanicHookInfo) -> String {
    let message = panics::text_of(info.payload()).unwrap_or_default();
    line_about(&Panic { message })
}

/// What `work` returns, or the line about what it throws.
pub(crate) fn or_line<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panics::catch(work).map_err(|panic| line_about(&panic))
}

/// Runs `work`. What it throws is printed in one line and kept, for the cells that use its result.
pub fn attempt<T>(work: impl FnOnce() -> T) -> Attempt<T> {
    let outcome = panics::catch(work);
    if let Err(panic) = &outcome {
        say(&line_about(panic));
    }
    Attempt { outcome }
}

/// What came of [`attempt`].
#[derive(Clone, Debug)]
pub struct Attempt<T> {
    outcome: Result<T, Panic>,
}

impl<T: Clone> Attempt<T> {
    /// A copy of the result.
    ///
    /// # Panics
    ///
    /// Where there is none, with what was thrown. After [`explain_panics`], a notebook says that in
    /// one line.
    pub fn get(&self) -> T {
        match &self.outcome {
            Ok(result) => result.clone(),
            Err(panic) => panic!("{}", panic.message),
        }
    }
}

/// evcxr passes on what is printed on a way of its own: what comes in the cell's last moment can
/// land under the next one.
fn say(line: &str) {
    println!("{line}");
    thread::sleep(Duration::from_millis(5));
}

fn line_about(panic: &Panic) -> String {
    if panic.is_unsolved() {
        match panic.message.split_once(": ") {
            Some((_, words)) => format!("Sin resolver todavía: {words}"),
            None => "Sin resolver todavía: aquí sigue un todo!() sin reemplazar".into(),
        }
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
        assert_eq!(attempt(|| 1 + 1).get(), 2);
    }

    #[test]
    fn an_unsolved_exercise_is_named_each_time() {
        let attempt = attempt(|| -> f64 { todo!("predict, con W1 de forma {:?}", (4, 2)) });
        let again = panics::catch(|| attempt.get()).unwrap_err();
        assert_eq!(
            line_about(&again),
            "Sin resolver todavía: predict, con W1 de forma (4, 2)"
        );
    }

    #[test]
    fn a_bare_todo_is_told_in_a_whole_sentence() {
        let attempt = attempt(|| -> f64 { todo!() });
        let again = panics::catch(|| attempt.get()).unwrap_err();
        assert_eq!(
            line_about(&again),
            "Sin resolver todavía: aquí sigue un todo!() sin reemplazar"
        );
    }

    #[test]
    fn a_mistake_is_told_in_spanish() {
        let a = Array2::<f64>::zeros((4, 2));
        let thrown = panics::catch(|| a.dot(&a)).unwrap_err();
        assert!(line_about(&thrown).starts_with("Tu código se detuvo: producto"));
    }
}
