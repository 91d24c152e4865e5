//! What rustc says of a student's code, and how a student is told. The grader and the course's
//! kernel share it, so that both say the same.
//!
//! | module | holds |
//! |---|---|
//! | [`diagnostic`] | rustc's messages, placed in the student's code |
//! | [`spanish`] | the commonest of them in Spanish |
//! | [`mismatch`] | those on types |
//! | [`syntax`] | those on text that is no Rust |
//! | [`habits`] | what comes from other languages, and from the slides' Python |
//! | [`types`] | types as a student knows them |

pub mod diagnostic;
mod habits;
mod mismatch;
pub mod spanish;
mod syntax;
mod types;

pub use self::diagnostic::{Diagnostic, Span};
