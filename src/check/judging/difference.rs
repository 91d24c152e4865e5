//! What is said of a wrong answer: its mistake where one is recognised, else what differs.

use super::answer::{Answer, Kind, Output};
use super::case::Case;
use super::panics::Panic;
use super::trial::Trial;
use super::values::{Values, is_plural, wrong_values};
use crate::check::report::{Comparison, Hint, Outcome, Report, capitalised, format_value};

/// `wrong` holds the places of the cases whose answer differs; it is not empty.
pub(in crate::check) fn report(
    trial: &Trial,
    expected: &[Answer],
    got: &[Answer],
    wrong: &[usize],
    hints: Vec<Hint>,
) -> Report {
    let first = wrong[0];
    let case = trial.cases[first];
    let (outcome, said, comparison) = match (&expected[first], &got[first]) {
        (Ok(right), Ok(outputs)) => (
            Outcome::Incorrect,
            wrong_shape(case, right, outputs).unwrap_or_else(|| {
                wrong_values(&values_of(trial, expected, got), hints.is_empty())
            }),
            first_difference(case, right, outputs),
        ),
        (_, Err(panic)) => (Outcome::Panicked, stopped(case, panic), None),
        (Err(_), Ok(_)) => unreachable!("the right formula fits its own cases"),
    };
    let mut remarks = Vec::new();
    if let Ok(outputs) = &got[first] {
        remarks.extend(not_finite(trial, outputs));
        remarks.extend((trial.remark)(case, outputs));
    }
    // Of two cases the one that fails is shown.
    if got.len() > 2 && wrong.len() < got.len() {
        remarks.push(format!("Falla en {} de {} casos.", wrong.len(), got.len()));
    }
    if hints.is_empty() && !trial.exercise.look_also.is_empty() {
        remarks.push(trial.exercise.look_also.into());
    }
    Report::new(trial.exercise.heading, outcome, said)
        .with_hints(hints)
        .with_remarks(remarks)
        .with_comparison(comparison)
}

fn stopped(case: &Case, panic: &Panic) -> String {
    format!(
        "Tu función se detuvo: {}. Fue en el caso {}.",
        panic.in_spanish(&|length| case.symbol(length)),
        case.description()
    )
}

fn first_difference(case: &Case, expected: &[Output], got: &[Output]) -> Option<Comparison> {
    let pairs = || expected.iter().zip(got);
    let (expected, got) = pairs()
        .find(|(e, g)| !e.same_shape(g))
        .or_else(|| pairs().find(|(e, g)| !e.fits(g)))?;
    // Of a single number, a shape or zeros, the message says it all.
    let is_number = expected.values.len() == 1 && got.values.len() == 1;
    if is_number || matches!(expected.kind, Kind::Shape | Kind::Zeros) {
        return None;
    }
    Some(Comparison {
        matrix: expected.name,
        case: case.description(),
        expected: expected.values.clone(),
        got: got.values.clone(),
        differs_at: if expected.same_shape(got) {
            expected.first_difference(got)
        } else {
            None
        },
    })
}

fn wrong_shape(case: &Case, expected: &[Output], got: &[Output]) -> Option<String> {
    let (expected, got) = expected
        .iter()
        .zip(got)
        .find(|(expected, got)| !expected.same_shape(got))?;
    let (right, wrong) = (expected.values.dim(), got.values.dim());
    if expected.kind == Kind::List {
        return Some(format!(
            "{} deberían ser {}, y son {}.",
            capitalised(expected.name),
            right.1,
            wrong.1
        ));
    }
    let mut text = format!("{} debería tener forma ", capitalised(expected.name));
    if let (Some(rows), Some(columns)) = (case.symbol(right.0), case.symbol(right.1)) {
        text += &format!("({rows}, {columns}) = ");
    }
    text += &format!("{right:?}, y tiene {wrong:?}");
    text += if wrong == (right.1, right.0) {
        ": está transpuesta."
    } else {
        "."
    };
    Some(text)
}

/// By name, since a case may leave out what it is too small to tell.
fn values_of<'a>(trial: &Trial, expected: &'a [Answer], got: &'a [Answer]) -> Vec<Values<'a>> {
    let mut values: Vec<Values> = Vec::new();
    for ((expected, got), case) in expected.iter().zip(got).zip(&trial.cases) {
        let (Ok(expected), Ok(got)) = (expected, got) else {
            continue;
        };
        for (expected, got) in expected.iter().zip(got) {
            let pair = (expected, got, case.m());
            match values.iter_mut().find(|of| of.name == expected.name) {
                Some(of) => of.pairs.push(pair),
                None => values.push(Values {
                    name: expected.name,
                    pairs: vec![pair],
                }),
            }
        }
    }
    values
}

/// The first matrix, in the order in which they are computed, that holds NaN or an infinity.
fn not_finite(trial: &Trial, got: &[Output]) -> Option<String> {
    let (name, (row, column), value) = got.iter().find_map(|output| {
        output
            .first_not_finite()
            .map(|(at, value)| (output.name, at, value))
    })?;
    let verb = match is_plural(name) {
        true => "contienen",
        false => "contiene",
    };
    Some(format!(
        "{} {verb} {} (fila {row}, columna {column}). {}",
        capitalised(name),
        format_value(value),
        trial.exercise.not_finite
    ))
}
