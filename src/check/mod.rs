//! One check per exercise: calls the student's function on cases of unlike shapes, and says which
//! mistake a wrong answer is.
//!
//! `check::cost_function(cost_function)` returns a [`Report`], which a notebook shows; [`resumen`]
//! adds up several. A check never panics: what the student's function throws is part of the report.
//!
//! | module | holds |
//! |---|---|
//! | [`exercises`] | what each exercise is: its formula, and the mistakes that are known |
//! | `judging` | what an answer is worth |
//! | `report` | how that is told |
//! | [`oracle`] | asking a function that another process runs |
//!
//! Imports run downwards: exercises use judging and the oracle, and these the reports.

mod attempt;
#[doc(hidden)]
pub mod exercises;
mod judging;
#[doc(hidden)]
pub mod oracle;
mod report;

pub use self::attempt::{Attempt, attempt, explain_panics};
pub(crate) use self::attempt::{line_about_panic, or_line};
pub use self::exercises::checks::*;
#[doc(hidden)]
pub use self::report::prose;
pub use self::report::{Hint, JSON_MIME_TYPE, Outcome, Report, Summary, resumen};
