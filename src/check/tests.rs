//! The tables run backwards: each mistake as the student's function earns its own hint and no other.

use std::collections::HashSet;

use super::judge::Answer;
use super::panics::catch;
use super::report::{Outcome, Report};
use super::table::{Hint, Table};
use super::*;

/// A table whose formula's type is not told.
trait Backwards {
    fn name(&self) -> &'static str;
    /// Of each way of making each mistake.
    fn hints(&self) -> Vec<&'static Hint>;
    /// On the student's function that is the formula with these mistakes in it.
    fn report(&self, mistakes: &[usize]) -> Report;
    fn answers(&self, mistakes: &[usize]) -> Vec<Answer>;
}

struct Exercise<F: Copy + 'static> {
    table: Table<F>,
    report_on: fn(&F) -> Report,
}

impl<F: Copy> Backwards for Exercise<F> {
    fn name(&self) -> &'static str {
        self.table.exercise.name
    }

    fn hints(&self) -> Vec<&'static Hint> {
        self.table
            .wrongs()
            .into_iter()
            .map(|(hint, _)| hint)
            .collect()
    }

    fn report(&self, mistakes: &[usize]) -> Report {
        let wrongs = self.table.wrongs();
        let mut formula = self.table.right;
        for &i in mistakes {
            wrongs[i].1(&mut formula);
        }
        (self.report_on)(&formula)
    }

    fn answers(&self, mistakes: &[usize]) -> Vec<Answer> {
        let wrongs = self.table.wrongs();
        let changes: Vec<_> = mistakes.iter().map(|&i| wrongs[i].1).collect();
        cases::draw(cases::SHAPES, &mut cases::fixed())
            .iter()
            .map(|case| catch(|| self.table.answer_with(&changes, case)))
            .collect()
    }
}

fn exercises() -> Vec<Box<dyn Backwards>> {
    macro_rules! boxed {
        ($($exercise:ident),+) => {
            vec![$(Box::new(Exercise { table: $exercise::TABLE, report_on: $exercise::report_on })),+]
        };
    }
    boxed!(
        layer_size,
        init_parameters,
        fpropagation,
        cost_function,
        bpropagation,
        update_parameters,
        nn_model,
        predict
    )
}

#[test]
fn the_formula_without_mistakes_is_correct() {
    for exercise in exercises() {
        let report = exercise.report(&[]);
        assert_eq!(report.outcome(), Outcome::Correct, "{report}");
        assert_eq!(report.points(), 1.0);
    }
}

#[test]
fn each_mistake_earns_its_own_hint_and_no_other() {
    let mut wrong = Vec::new();
    for exercise in exercises() {
        for (i, hint) in exercise.hints().iter().enumerate() {
            let report = exercise.report(&[i]);
            if report.points() != 0.0 || report.misconceptions() != [hint.id] {
                wrong.push(format!("{} {} ({i}): {report}", exercise.name(), hint.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn there_are_enough_mistakes_and_their_ids_are_unique() {
    let mut total = 0;
    for exercise in exercises() {
        let ids: HashSet<_> = exercise.hints().iter().map(|hint| hint.id).collect();
        assert!(ids.len() >= 5, "{} has {}", exercise.name(), ids.len());
        total += ids.len();
    }
    assert!(total >= 60, "{total}");
    println!("{total} misconceptions");
}

#[test]
fn two_mistakes_together_are_both_named() {
    let (mut both, mut pairs) = (0, 0);
    for exercise in exercises() {
        let hints = exercise.hints();
        let start = std::time::Instant::now();
        for first in 0..hints.len() {
            for second in first + 1..hints.len() {
                if hints[first].id == hints[second].id || (first + 3 * second) % 17 != 0 {
                    continue;
                }
                pairs += 1;
                let report = exercise.report(&[first, second]);
                both += usize::from(report.misconceptions() == [hints[first].id, hints[second].id]);
                if report.misconceptions().is_empty() {
                    println!(
                        "{} {} {}",
                        exercise.name(),
                        hints[first].id,
                        hints[second].id
                    );
                }
            }
        }
        println!("{} {:?}", exercise.name(), start.elapsed());
    }
    println!("{both} of {pairs}");
}
