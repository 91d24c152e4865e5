//! The tables run backwards: each mistake as the student's function earns its own hint and no other.

use std::collections::HashSet;

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
}

/// Not every pair: these take turns over the whole table.
fn is_tried(first: usize, second: usize, mistakes: usize) -> bool {
    (first + 3 * second).is_multiple_of(mistakes.div_ceil(2))
}

#[test]
fn two_mistakes_together_are_explained() {
    let (mut both, mut pairs) = (0, 0);
    for exercise in exercises() {
        let hints = exercise.hints();
        for first in 0..hints.len() {
            for second in first + 1..hints.len() {
                let (one, other) = (hints[first].id, hints[second].id);
                if one == other || !is_tried(first, second, hints.len()) {
                    continue;
                }
                let report = exercise.report(&[first, second]);
                let named = report.misconceptions();
                // One may hide the other, undo it, or give what another pair does; and some panics, and every NaN, tell nothing of
                // their cause.
                assert!(
                    report.points() == 1.0
                        || report.outcome() == Outcome::Panicked
                        || report.to_string().contains(" contiene ")
                        || !named.is_empty(),
                    "{one} and {other}: {report}"
                );
                pairs += 1;
                both += usize::from(named == [one, other]);
            }
        }
    }
    assert!(
        2 * both > pairs,
        "{both} of {pairs} pairs are named as they are"
    );
}

#[test]
fn the_two_mistakes_of_a_message_are_both_told() {
    for exercise in exercises() {
        let hints = exercise.hints();
        let pair = (0..hints.len())
            .flat_map(|first| (first + 1..hints.len()).map(move |second| [first, second]))
            .find(|pair| exercise.report(pair).misconceptions().len() == 2);
        let pair = pair.unwrap_or_else(|| panic!("{}: no pair composes", exercise.name()));
        let text = exercise.report(&pair).to_string();
        for i in pair {
            assert!(text.contains(hints[i].wrong), "{text}");
            assert!(text.contains(hints[i].question), "{text}");
        }
    }
}

#[test]
fn hints_are_whole_and_hold_no_code() {
    for exercise in exercises() {
        for hint in exercise.hints() {
            let Hint {
                id,
                wrong,
                question,
                formula,
            } = *hint;
            assert!(
                id.chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            );
            assert!(wrong.ends_with(['.', '?']), "{id}: {wrong}");
            assert!(
                question.contains('¿') && question.contains('?'),
                "{id}: {question}"
            );
            assert!(!formula.is_empty());
            for code in [".dot(", "mapv", ".t()", "sum_axis", "fn ", "&"] {
                assert!(
                    ![wrong, question, formula]
                        .iter()
                        .any(|text| text.contains(code)),
                    "{id} shows {code}"
                );
            }
        }
    }
}

/// The logarithm of A2 − 1, a negative number: NaN in every case, as other mistakes give.
#[test]
fn a_nan_is_not_put_down_to_two_mistakes() {
    let report = super::cost_function(|a2, y| {
        let m = y.ncols() as f64;
        -(y * &crate::ln(&(a2 - 1.0)) + (1.0 - y) * crate::ln(a2)).sum() / m
    });
    assert_eq!(report.misconceptions(), [""; 0]);
    assert!(
        report.to_string().contains("¿de qué tomas cada logaritmo?"),
        "{report}"
    );
}

/// The mistakes of a table that do not earn their own hint, and no other, on these cases.
fn confused<F: Copy>(table: &Table<F>, cases: &[cases::Case]) -> Vec<String> {
    let report_on = |formula: &F| table.judge(cases, &|case| (table.answer)(formula, case));
    let mut confused = Vec::new();
    if report_on(&table.right).outcome() != Outcome::Correct {
        confused.push(table.exercise.name.to_owned());
    }
    for (hint, change) in table.wrongs() {
        let mut formula = table.right;
        change(&mut formula);
        let report = report_on(&formula);
        let named = report.misconceptions();
        if report.points() != 0.0 || named != [hint.id] {
            confused.push(format!("{} {} is {named:?}", table.exercise.name, hint.id));
        }
    }
    confused
}

/// The grader draws its cases fresh in each run.
#[test]
fn fresh_cases_keep_every_mistake_apart() {
    let shapes = cases::SHAPES;
    for seed in 0..20 {
        let rng = || crate::random::RandomState::new(seed);
        let drawn = cases::draw(shapes, &mut rng());
        let of_init = cases::draw(init_parameters::SIZES, &mut rng());
        let of_model = cases::draw(&shapes[..nn_model::CASES], &mut rng());
        let all = [
            confused(&layer_size::TABLE, &drawn),
            confused(&init_parameters::TABLE, &of_init),
            confused(&fpropagation::TABLE, &drawn),
            confused(&cost_function::TABLE, &drawn),
            confused(&bpropagation::TABLE, &drawn),
            confused(&update_parameters::TABLE, &drawn),
            confused(&nn_model::TABLE, &of_model),
            confused(&predict::TABLE, &predict::cases(&mut rng())),
        ];
        assert!(all.concat().is_empty(), "seed {seed}: {:?}", all.concat());
    }
}
