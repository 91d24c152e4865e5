//! The exercises: what each one asks for, and which mistakes its check knows.
//!
//! Each is a table: a formula in steps, and the mistakes, each of which replaces a step. To teach a
//! check a further mistake, add an entry to the exercise's `MISCONCEPTIONS`; the tests run each
//! table backwards, and say what a hint has to be like. To add an exercise, write its file or folder
//! like the others and name it in the list below: the checks, the oracle's two sides, the grader and
//! the tests' lists of names take it from there. It also needs its cells in the solved notebook, and in
//! src/course/ahead.py an answer of the right shape, with which the cells after it are compiled. Then
//! tests/library/check/main.rs asks for a right answer and a blank, and `MUTANTS` of
//! tests/grading/notebooks/graded.rs for a wrong one.

#[cfg(test)]
mod backwards;
mod entry;
#[cfg(test)]
mod golden;

pub use self::entry::{Exercise, judge_over};

macro_rules! exercises {
    ($($name:ident),+ $(,)?) => {
        $(mod $name;)+

        /// A check an exercise, under the name of its function.
        pub mod checks {
            $(pub use super::$name::$name;)+
        }

        /// What answers the grader for an exercise, under the name of its function.
        pub mod serve {
            $(pub use super::$name::serve as $name;)+
        }

        /// Their names, in the order of the notebook.
        pub const NAMES: [&str; [$(stringify!($name)),+].len()] = [$(stringify!($name)),+];

        /// All of them, in the order of the notebook.
        pub static ALL: &[&dyn Exercise] = &[$(&$name::EXERCISE),+];
    };
}

exercises!(
    layer_size,
    init_parameters,
    fpropagation,
    cost_function,
    bpropagation,
    update_parameters,
    nn_model,
    predict,
);

/// The exercise of that name.
pub fn find(name: &str) -> Option<&'static dyn Exercise> {
    ALL.iter().copied().find(|exercise| exercise.name() == name)
}
