//! An exercise as a table: its formula step by step, and the misconceptions, each of which replaces
//! a step or several.

use super::answer::{Answer, Output, same};
use super::case::Case;
use super::judge::judge;
use super::panics::catch;
use super::trial::{About, Trial};
use crate::check::report::{Hint, Report};

/// What a mistake does to a formula.
pub(in crate::check) type Change<Formula> = fn(&mut Formula);

/// A mistake: its hint, and what it does to the formula. Several changes are several ways of making
/// the same mistake.
pub(in crate::check) struct Misconception<Formula: 'static> {
    pub hint: Hint,
    pub changes: &'static [Change<Formula>],
}

/// Everything about one exercise but its cases.
pub(in crate::check) struct Table<Formula: 'static> {
    pub exercise: About,
    pub right: Formula,
    pub misconceptions: &'static [Misconception<Formula>],
    pub answer: fn(&Formula, &Case) -> Vec<Output>,
    /// What can be said of a wrong answer of this exercise alone, of the case and the student's
    /// answer.
    pub remark: fn(&Case, &[Output]) -> Option<String>,
}

impl<Formula: Copy> Table<Formula> {
    /// All mistakes, one way each.
    pub fn wrongs(&self) -> Vec<(&'static Hint, Change<Formula>)> {
        self.misconceptions
            .iter()
            .flat_map(|m| m.changes.iter().map(move |&change| (&m.hint, change)))
            .collect()
    }

    /// The answer of the formula with some mistakes in it; of none, the right answer.
    pub fn answer_with(&self, changes: &[Change<Formula>], case: &Case) -> Vec<Output> {
        let mut formula = self.right;
        for change in changes {
            change(&mut formula);
        }
        (self.answer)(&formula, case)
    }

    pub fn judge(&self, cases: &[Case], student: &dyn Fn(&Case) -> Vec<Output>) -> Report {
        let got: Vec<Answer> = cases.iter().map(|case| catch(|| student(case))).collect();
        self.judge_answers(cases, &got)
    }

    /// Whether these cases show every mistake, and no two mistakes alike.
    pub fn tells_apart(&self, cases: &[Case]) -> bool {
        let answers = |change: Option<Change<Formula>>| -> Vec<Answer> {
            let changes: Vec<_> = change.into_iter().collect();
            let cases = cases.iter();
            cases
                .map(|case| catch(|| self.answer_with(&changes, case)))
                .collect()
        };
        let alike = |one: &[Answer], other: &[Answer]| {
            one.iter().zip(other).all(|(one, other)| same(one, other))
        };
        let mut told = vec![("", answers(None))];
        for (hint, change) in self.wrongs() {
            let of_mistake = answers(Some(change));
            if told
                .iter()
                .any(|(id, other)| *id != hint.id && alike(other, &of_mistake))
            {
                return false;
            }
            told.push((hint.id, of_mistake));
        }
        true
    }

    /// For answers that are there already.
    pub fn judge_answers(&self, cases: &[Case], got: &[Answer]) -> Report {
        let wrongs = self.wrongs();
        judge(
            &Trial {
                exercise: self.exercise,
                cases: cases.iter().collect(),
                hints: &wrongs.iter().map(|&(hint, _)| hint).collect::<Vec<_>>(),
                answer: &|case, mistakes| {
                    let changes: Vec<_> = mistakes.iter().map(|&i| wrongs[i].1).collect();
                    self.answer_with(&changes, case)
                },
                remark: &self.remark,
            },
            got,
        )
    }
}
