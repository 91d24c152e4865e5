//! What is judged: an exercise, its cases, and the answers that its formula gives with and without
//! mistakes.

use super::answer::Output;
use super::case::Case;
use crate::check::report::{Heading, Hint};

/// What is the same for all answers to an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct About {
    pub heading: Heading,
    /// What a reader may look for where an answer holds NaN or an infinity.
    pub not_finite: &'static str,
    /// Of what else a wrong answer may come, such as the functions that this one calls. May be
    /// empty.
    pub look_also: &'static str,
    /// What an answer that is right for one output, as the slides have it, leaves out for several.
    /// None where the answer for one output does not differ.
    pub several_outputs: Option<&'static str>,
}

/// An exercise to judge answers by.
pub(in crate::check) struct Trial<'a> {
    pub exercise: About,
    pub cases: Vec<&'a Case>,
    pub hints: &'a [&'static Hint],
    /// The exercise's answer with some of the mistakes (places in `hints`) in it; with none, the
    /// right answer.
    pub answer: &'a dyn Fn(&Case, &[usize]) -> Vec<Output>,
    pub remark: &'a dyn Fn(&Case, &[Output]) -> Option<String>,
}

impl<'a> Trial<'a> {
    /// The same on some of its cases.
    pub fn only(&self, places: &[usize]) -> Trial<'a> {
        Trial {
            exercise: self.exercise,
            cases: places.iter().map(|&i| self.cases[i]).collect(),
            ..*self
        }
    }
}
