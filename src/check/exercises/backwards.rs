//! The tables run backwards: each mistake as the student's function earns its own hint and no
//! other.

use std::collections::HashSet;

use super::{ALL, NAMES, checks};
use crate::check::report::{Hint, Outcome};
use crate::random::RandomState;

#[test]
fn the_formula_without_mistakes_is_correct() {
    for exercise in ALL {
        let report = exercise.report(&[]);
        assert_eq!(report.outcome(), Outcome::Correct, "{report}");
        assert_eq!(report.points(), 1.0);
    }
}

#[test]
fn each_mistake_earns_its_own_hint_and_no_other() {
    let mut wrong = Vec::new();
    for exercise in ALL {
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
    for exercise in ALL {
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
    for exercise in ALL {
        let hints = exercise.hints();
        for first in 0..hints.len() {
            for second in first + 1..hints.len() {
                let (one, other) = (hints[first].id, hints[second].id);
                if one == other || !is_tried(first, second, hints.len()) {
                    continue;
                }
                let report = exercise.report(&[first, second]);
                let named = report.misconceptions();
                // One may hide the other, undo it, or give what another pair does; and some panics,
                // and every NaN, tell nothing of their cause.
                assert!(
                    report.points() == 1.0
                        || report.outcome() == Outcome::Panicked
                        || report.to_string().contains(" contiene")
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
    for exercise in ALL {
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
    for exercise in ALL {
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
    let report = checks::cost_function(|a2, y| {
        let m = y.ncols() as f64;
        -(y * &crate::ln(&(a2 - 1.0)) + (1.0 - y) * crate::ln(a2)).sum() / m
    });
    assert_eq!(report.misconceptions(), [""; 0]);
    assert!(
        report.to_string().contains("¿de qué tomas cada logaritmo?"),
        "{report}"
    );
}

/// The grader draws its cases fresh in each run.
#[test]
fn fresh_cases_keep_every_mistake_apart() {
    for seed in 0..20 {
        let confused: Vec<String> = ALL
            .iter()
            .flat_map(|exercise| exercise.confused(&mut RandomState::new(seed)))
            .collect();
        assert!(confused.is_empty(), "seed {seed}: {confused:?}");
    }
}

#[test]
fn exercises_are_numbered_in_their_order() {
    for (i, exercise) in ALL.iter().enumerate() {
        assert_eq!(usize::from(exercise.number()), i + 1, "{}", exercise.name());
        assert_eq!(exercise.name(), NAMES[i]);
    }
}
