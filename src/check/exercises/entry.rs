//! An exercise as those see it who treat all exercises alike: the grader, the catalogue of
//! mistakes, and the tests.

#[cfg(test)]
use crate::check::judging::case::Case;
use crate::check::judging::table::Table;
use crate::check::oracle::{Asker, Judgement, NoAnswer};
use crate::check::report::{Hint, Report};
use crate::random::RandomState;

/// One exercise.
pub trait Exercise: Sync {
    /// Its place among the exercises, from 1.
    fn number(&self) -> u8;

    /// The name of its function.
    fn name(&self) -> &'static str;

    /// Whether its function calls those of earlier exercises, and so may be wrong through no fault
    /// of its own.
    fn calls_others(&self) -> bool;

    /// What is told of each mistake that its check knows; several ways of making one mistake have
    /// the same hint.
    fn hints(&self) -> Vec<&'static Hint>;

    #[doc(hidden)]
    fn ask(&self, asker: &Asker, rng: &mut RandomState) -> Report;

    /// On a student's function that is the formula with these mistakes (places in
    /// [`hints`](Self::hints)) in it.
    #[cfg(test)]
    fn report(&self, mistakes: &[usize]) -> Report;

    /// The mistakes that do not earn their own hint, and no other, on cases drawn from `rng`.
    #[cfg(test)]
    fn confused(&self, rng: &mut RandomState) -> Vec<String>;
}

/// Judges the function that answers behind `send`, on cases drawn from `rng`. `send` hands over a
/// request and returns the reply to it, or none where none comes.
///
/// # Errors
///
/// [`NoAnswer`], from the first reply that is missing or malformed; no more is asked after it.
pub fn judge_over(
    exercise: &dyn Exercise,
    send: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
    rng: &mut RandomState,
) -> Result<Judgement, NoAnswer> {
    let asker = Asker::new(send);
    let report = exercise.ask(&asker, rng);
    asker.judgement(report)
}

/// What an exercise's file says of it.
pub(super) struct Entry<Formula: 'static> {
    pub table: Table<Formula>,
    pub calls_others: bool,
    /// Judges the function that the asker asks in place of the student's.
    pub ask: fn(&Asker, &mut RandomState) -> Report,
    /// The grader's cases.
    #[cfg(test)]
    pub cases: fn(&mut RandomState) -> Vec<Case>,
    /// The check's report on a student's function that is this formula.
    #[cfg(test)]
    pub report_on: fn(&Formula) -> Report,
}

impl<Formula: Copy + Sync> Exercise for Entry<Formula> {
    fn number(&self) -> u8 {
        self.table.exercise.heading.number
    }

    fn name(&self) -> &'static str {
        self.table.exercise.heading.name
    }

    fn calls_others(&self) -> bool {
        self.calls_others
    }

    fn hints(&self) -> Vec<&'static Hint> {
        let wrongs = self.table.wrongs().into_iter();
        wrongs.map(|(hint, _)| hint).collect()
    }

    fn ask(&self, asker: &Asker, rng: &mut RandomState) -> Report {
        (self.ask)(asker, rng)
    }

    #[cfg(test)]
    fn report(&self, mistakes: &[usize]) -> Report {
        let wrongs = self.table.wrongs();
        let mut formula = self.table.right;
        for &i in mistakes {
            wrongs[i].1(&mut formula);
        }
        (self.report_on)(&formula)
    }

    #[cfg(test)]
    fn confused(&self, rng: &mut RandomState) -> Vec<String> {
        let cases = (self.cases)(rng);
        let report_on = |formula: &Formula| {
            let student = |case: &Case| (self.table.answer)(formula, case);
            self.table.judge(&cases, &student)
        };
        let mut confused = Vec::new();
        if report_on(&self.table.right).points() != 1.0 {
            confused.push(self.name().to_owned());
        }
        for (hint, change) in self.table.wrongs() {
            let mut formula = self.table.right;
            change(&mut formula);
            let report = report_on(&formula);
            let named = report.misconceptions();
            if report.points() != 0.0 || named != [hint.id] {
                confused.push(format!("{} {} is {named:?}", self.name(), hint.id));
            }
        }
        confused
    }
}
