//! What a check found, and how it is told.
//!
//! | module | holds |
//! |---|---|
//! | [`outcome`] | how a function did, in a word |
//! | [`hint`] | what is told of a known mistake, in stages |
//! | [`content`] | a report as data |
//! | [`text`], [`html`], [`json`] | the ways of telling it |
//! | [`notebook`] | all three as one output of a notebook |
//! | [`summary`] | several reports together |

mod content;
mod hint;
mod html;
mod json;
mod notebook;
mod outcome;
mod summary;
mod text;
mod words;

pub use self::content::Report;
pub(in crate::check) use self::content::{Comparison, Heading};
pub use self::hint::Hint;
#[doc(hidden)]
pub use self::html::prose;
pub use self::json::JSON_MIME_TYPE;
pub use self::outcome::Outcome;
pub use self::summary::{Summary, resumen};
pub(in crate::check) use self::words::{capitalised, format_value, in_words, short};
