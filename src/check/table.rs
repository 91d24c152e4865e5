//! An exercise as a table: its formula step by step, and the misconceptions, each of which replaces a step or several.

use super::cases::Case;
use super::judge::{Answer, Trial, judge, same};
use super::output::Output;
use super::panics::catch;
use super::report::Report;

/// Number and name, as the slides have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exercise {
    pub number: u8,
    pub name: &'static str,
    /// What a reader may look for where an answer holds NaN or an infinity.
    pub not_finite: &'static str,
    /// Of what else a wrong answer may come, such as the functions that this one calls. May be empty.
    pub look_also: &'static str,
}

/// What a student is told of a mistake, in three folds. None gives the line away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hint {
    pub id: &'static str,
    /// What is wrong.
    pub wrong: &'static str,
    /// What leads the student to see it.
    pub question: &'static str,
    /// The formula of the slide, put right.
    pub formula: &'static str,
}

/// What a mistake does to a formula.
pub(super) type Change<Formula> = fn(&mut Formula);

/// A mistake: its hint, and what it does to the formula. Several changes are several ways of making the same mistake.
pub(super) struct Misconception<Formula: 'static> {
    pub hint: Hint,
    pub changes: &'static [Change<Formula>],
}

/// Everything about one exercise but its cases.
pub(super) struct Table<Formula: 'static> {
    pub exercise: Exercise,
    pub right: Formula,
    pub misconceptions: &'static [Misconception<Formula>],
    pub answer: fn(&Formula, &Case) -> Vec<Output>,
    /// What can be said of a wrong answer of this exercise alone, of the case and the student's answer.
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
                cases,
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
