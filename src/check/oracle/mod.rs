//! The checks on answers that another process gives: what it is asked and what it answers goes over
//! a pipe, and is judged on this side.
//!
//! The course tool grades by it. The cases and what is expected of them never enter the process
//! that runs a student's code, and what comes out of it are values: there is nothing to forge.

mod asker;
mod frame;
mod serve;
mod wire;

pub use self::asker::{Asker, Judgement, NoAnswer};
pub use self::frame::{HELLO, LARGEST, TooLarge, read_frame, write_frame};
pub use self::serve::run;
pub(in crate::check) use self::serve::{serve, take};
