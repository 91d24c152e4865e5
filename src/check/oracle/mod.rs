//! The checks on answers that come from elsewhere: what a student's program is asked and what it answers are bytes, and the answers
//! are judged on this side.
//!
//! The grader grades by it. The cases' expected answers never enter the program that runs a student's code, and what comes out of it are
//! values: there is nothing to forge.

mod asker;
mod serve;
mod wire;

pub use self::asker::{Asker, Judgement, NoAnswer};
pub(in crate::check) use self::serve::{serve, take};
