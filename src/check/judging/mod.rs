//! What an answer is worth: it is compared with the right one, and where it differs, with those of
//! the known mistakes.
//!
//! | module | holds |
//! |---|---|
//! | [`case`] | what a student's function is called with |
//! | [`answer`] | what it returned, and when two answers are alike |
//! | [`panics`] | what it threw |
//! | [`wording`] | how that is told in Spanish |
//! | [`trial`] | an exercise to judge answers by |
//! | [`explanation`] | which mistakes explain an answer |
//! | [`values`] | which of an answer's outputs are right, in sentences |
//! | [`difference`] | what differs from the right answer |
//! | [`judge`] | the verdict |
//! | [`table`] | an exercise as a formula and the mistakes that change it |

pub(super) mod answer;
pub(super) mod case;
mod difference;
mod explanation;
mod judge;
pub(super) mod panics;
pub(super) mod table;
pub(super) mod trial;
mod values;
mod wording;
