//! Compares a student's answers with the right ones, and the wrong with those of the misconceptions.

use super::cases::Case;
use super::difference;
use super::output::{Output, all_fit};
use super::panics::{Panic, catch};
use super::report::{Outcome, Report};
use super::table::{Exercise, Hint};

/// What is judged: a student's answers to the cases of an exercise.
pub(super) struct Trial<'a> {
    pub exercise: Exercise,
    pub cases: &'a [Case],
    pub hints: &'a [&'static Hint],
    /// The exercise's answer with some of the mistakes (places in `hints`) in it; with none, the right answer.
    pub answer: &'a dyn Fn(&Case, &[usize]) -> Vec<Output>,
    pub remark: &'a dyn Fn(&Case, &[Output]) -> Option<String>,
}

/// Matrices, or what was thrown in their place.
pub(super) type Answer = Result<Vec<Output>, Panic>;

pub(super) fn judge(trial: &Trial, got: &[Answer]) -> Report {
    let expected: Vec<Answer> = trial
        .cases
        .iter()
        .map(|case| catch(|| (trial.answer)(case, &[])))
        .collect();
    if got
        .iter()
        .any(|answer| answer.as_ref().is_err_and(Panic::is_unsolved))
    {
        return Report::new(trial.exercise, Outcome::Unsolved);
    }
    let wrong: Vec<usize> = (0..got.len())
        .filter(|&i| !same(&expected[i], &got[i]))
        .collect();
    if wrong.is_empty() {
        return Report::new(trial.exercise, Outcome::Correct);
    }
    let hints = mistakes(trial, &expected, got)
        .iter()
        .map(|&i| *trial.hints[i])
        .collect();
    difference::report(trial, &expected, got, &wrong, hints)
}

fn same(expected: &Answer, got: &Answer) -> bool {
    match (expected, got) {
        (Ok(expected), Ok(got)) => all_fit(expected, got),
        (Err(expected), Err(got)) => expected.is_like(got),
        _ => false,
    }
}

/// The mistake, or else the two mistakes, that explain every answer.
fn mistakes(trial: &Trial, expected: &[Answer], got: &[Answer]) -> Vec<usize> {
    let explains = |mistakes: &[usize]| {
        let mut evidence = false;
        // One case after the other: most mistakes are ruled out by the first.
        trial
            .cases
            .iter()
            .zip(expected)
            .zip(got)
            .all(|((case, expected), got)| {
                let answer = catch(|| (trial.answer)(case, mistakes));
                evidence |= is_evidence(&answer, expected);
                same(&answer, got)
            })
            && evidence
    };
    let all = 0..trial.hints.len();
    if let Some(one) = all.clone().find(|&one| explains(&[one])) {
        return vec![one];
    }
    for first in all.clone() {
        for second in first + 1..all.end {
            if trial.hints[first].id != trial.hints[second].id && explains(&[first, second]) {
                return vec![first, second];
            }
        }
    }
    Vec::new()
}

/// Whether an answer could not as well come of another mistake: a value that differs, or a panic that names shapes.
fn is_evidence(answer: &Answer, expected: &Answer) -> bool {
    match answer {
        Ok(_) => !same(expected, answer),
        Err(panic) => panic.names_shapes(),
    }
}
