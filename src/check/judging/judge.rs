//! Compares a student's answers with the right ones, and the wrong with those of the
//! misconceptions.

use super::answer::{Answer, same};
use super::difference;
use super::panics::{Panic, catch};
use super::trial::Trial;
use crate::check::report::Report;

pub(in crate::check) fn judge(trial: &Trial, got: &[Answer]) -> Report {
    let expected: Vec<Answer> = trial
        .cases
        .iter()
        .map(|case| catch(|| (trial.answer)(case, &[])))
        .collect();
    if got
        .iter()
        .any(|answer| answer.as_ref().is_err_and(Panic::is_unsolved))
    {
        return Report::unsolved(trial.exercise.heading);
    }
    let wrong: Vec<usize> = (0..got.len())
        .filter(|&i| !same(&expected[i], &got[i]))
        .collect();
    if wrong.is_empty() {
        return Report::correct(trial.exercise.heading);
    }
    let hints = mistakes(trial, &expected, got)
        .iter()
        .map(|&i| *trial.hints[i])
        .collect();
    difference::report(trial, &expected, got, &wrong, hints)
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
    // NaN and infinity look alike whatever they came of: that two mistakes give one tells nothing.
    let outputs = got.iter().filter_map(|answer| answer.as_ref().ok());
    if outputs
        .flatten()
        .any(|output| output.first_not_finite().is_some())
    {
        return Vec::new();
    }
    // Only those that touch what is wrong are worth trying together.
    let touched_by = |answer: &dyn Fn(usize) -> Answer| {
        (0..got.len())
            .map(|i| Touched::by(&expected[i], &answer(i)))
            .fold(Touched(0), Touched::union)
    };
    let wrong = touched_by(&|i| got[i].clone());
    let touched: Vec<Touched> = all
        .clone()
        .map(|one| touched_by(&|i| catch(|| (trial.answer)(&trial.cases[i], &[one]))))
        .collect();
    for first in all.clone().filter(|&i| touched[i].meets(wrong)) {
        for second in (first + 1..all.end).filter(|&i| touched[i].meets(wrong)) {
            if trial.hints[first].id != trial.hints[second].id && explains(&[first, second]) {
                return vec![first, second];
            }
        }
    }
    Vec::new()
}

/// Which outputs differ from the right ones, a bit each; all of them where there are none.
#[derive(Clone, Copy)]
struct Touched(u32);

impl Touched {
    fn by(expected: &Answer, got: &Answer) -> Touched {
        let (Ok(expected), Ok(got)) = (expected, got) else {
            return Touched(u32::MAX);
        };
        let differ = expected.iter().zip(got).enumerate();
        Touched(
            differ
                .filter(|(_, (e, g))| !e.fits(g))
                .fold(0, |bits, (i, _)| bits | 1 << i),
        )
    }

    fn union(self, other: Touched) -> Touched {
        Touched(self.0 | other.0)
    }

    fn meets(self, other: Touched) -> bool {
        self.0 & other.0 != 0
    }
}

/// Whether an answer could not as well come of another mistake: a value that differs, or a panic
/// that names shapes.
fn is_evidence(answer: &Answer, expected: &Answer) -> bool {
    match answer {
        Ok(_) => !same(expected, answer),
        Err(panic) => panic.names_shapes(),
    }
}
