//! What is said of a wrong answer: its mistake where one is recognised, else what differs.

use super::answer::{Answer, Kind, Output};
use super::case::Case;
use super::panics::Panic;
use super::trial::Trial;
use crate::check::report::{Comparison, Hint, Outcome, Report, capitalised, format_value, short};

/// `wrong` holds the places of the cases whose answer differs; it is not empty.
pub(in crate::check) fn report(
    trial: &Trial,
    expected: &[Answer],
    got: &[Answer],
    wrong: &[usize],
    hints: Vec<Hint>,
) -> Report {
    let first = wrong[0];
    let case = &trial.cases[first];
    let (outcome, said, comparison) = match (&expected[first], &got[first]) {
        (Ok(right), Ok(outputs)) => (
            Outcome::Incorrect,
            wrong_shape(case, right, outputs)
                .unwrap_or_else(|| wrong_values(&values_of(trial, expected, got))),
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
    // Of a single number or a shape, the message says it all.
    let is_number = expected.values.len() == 1 && got.values.len() == 1;
    if is_number || expected.kind == Kind::Shape {
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

/// One output in all cases in which there was an answer: expected, got, and the case's m.
struct Values<'a> {
    name: &'static str,
    pairs: Vec<(&'a Output, &'a Output, usize)>,
}

/// «Los valores», not «el valor».
fn is_plural(name: &str) -> bool {
    let article = name.split(' ').next().unwrap_or_default().to_lowercase();
    matches!(article.as_str(), "los" | "las")
}

impl Values<'_> {
    fn right(&self) -> bool {
        self.pairs
            .iter()
            .all(|(expected, got, _)| expected.fits(got))
    }

    /// Of a single number, what it should be and what it is, in the first case where they differ.
    fn as_number(&self) -> Option<String> {
        let (expected, got, _) = self.pairs.iter().find(|(e, g, _)| !e.fits(g))?;
        let (e, g) = (expected.values.get((0, 0))?, got.values.get((0, 0))?);
        (expected.values.len() == 1 && got.values.len() == 1).then(|| {
            let (should_be, is) = if is_plural(self.name) {
                ("deberían ser", "son")
            } else {
                ("debería ser", "es")
            };
            format!(
                "{} {should_be} {}, y {is} {}.",
                self.name,
                short(*e),
                short(*g)
            )
        })
    }

    /// The factor between got and expected, if it is the same everywhere.
    fn factor(&self) -> Option<Factor> {
        let factors: Option<Vec<(f64, f64)>> = self
            .pairs
            .iter()
            .map(|(expected, got, m)| Some((factor(expected, got)?, *m as f64)))
            .collect();
        let factors = factors?;
        let all = |is: &dyn Fn(f64, f64) -> bool| factors.iter().all(|&(c, m)| is(c, m));
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs();
        let &(first, _) = factors.first()?;
        if all(&|c, _| near(c, -1.0)) {
            Some(Factor::Sign)
        } else if all(&|c, m| near(c, m)) {
            Some(Factor::M)
        } else if all(&|c, m| near(c, 1.0 / m)) {
            Some(Factor::OverM)
        } else if factors.len() > 1 && all(&|c, _| near(c, first)) {
            Some(Factor::Constant(first))
        } else {
            None
        }
    }
}

/// More numbers than this are too many to tell one by one.
const MOST_NUMBERS: usize = 3;

enum Factor {
    Sign,
    M,
    OverM,
    Constant(f64),
}

fn factor(expected: &Output, got: &Output) -> Option<f64> {
    if !expected.same_shape(got) {
        return None;
    }
    let pairs = || expected.values.iter().zip(&got.values);
    let (e, g) = pairs().max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()))?;
    let factor = g / e;
    (factor.is_finite()
        && factor != 0.0
        && pairs().all(|(e, g)| (e * factor - g).abs() <= 1e-6 * (g.abs() + factor.abs() * 1e-6)))
    .then_some(factor)
}

/// By name, since a case may leave out what it is too small to tell.
fn values_of<'a>(trial: &Trial, expected: &'a [Answer], got: &'a [Answer]) -> Vec<Values<'a>> {
    let mut values: Vec<Values> = Vec::new();
    for ((expected, got), case) in expected.iter().zip(got).zip(trial.cases) {
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

fn wrong_values(outputs: &[Values]) -> String {
    let (right, wrong): (Vec<_>, Vec<_>) = outputs.iter().partition(|output| output.right());
    let mut sentences: Vec<String> = wrong
        .iter()
        .take(MOST_NUMBERS)
        .filter_map(|output| output.as_number())
        .collect();
    if sentences.is_empty() {
        sentences.push(right_and_wrong(&right, &wrong));
    } else if !right.is_empty() && outputs.len() <= MOST_NUMBERS {
        sentences.push(format!(
            "{} {} bien.",
            names(&right),
            verb(&right, "está", "están")
        ));
    }
    sentences.extend(wrong.iter().filter_map(|output| {
        let name = output.name;
        Some(match output.factor()? {
            Factor::Sign => format!("{name} tiene el signo contrario."),
            Factor::M => format!("{name} es m veces lo esperado."),
            Factor::OverM => format!("{name} es lo esperado dividido entre m."),
            Factor::Constant(c) => format!("{name} es siempre {} veces lo esperado.", short(c)),
        })
    }));
    let sentences: Vec<String> = sentences.iter().map(|text| capitalised(text)).collect();
    sentences.join(" ")
}

fn right_and_wrong(right: &[&Values], wrong: &[&Values]) -> String {
    if right.is_empty() {
        let verb = verb(wrong, "coincide", "coinciden");
        format!("{} no {verb} con lo esperado.", names(wrong))
    } else {
        let verb = verb(right, "está", "están");
        format!("{} {verb} bien; {} no.", names(right), names(wrong))
    }
}

/// "dW1, db1 y dW2"
fn names(outputs: &[&Values]) -> String {
    match outputs {
        [] => String::new(),
        [one] => one.name.into(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|output| output.name).collect();
            format!("{} y {}", first.join(", "), last.name)
        }
    }
}

fn verb(outputs: &[&Values], one: &'static str, more: &'static str) -> &'static str {
    if outputs.len() == 1 { one } else { more }
}

/// The first matrix, in the order in which they are computed, that holds NaN or an infinity.
fn not_finite(trial: &Trial, got: &[Output]) -> Option<String> {
    let (name, (row, column), value) = got.iter().find_map(|output| {
        output
            .first_not_finite()
            .map(|(at, value)| (output.name, at, value))
    })?;
    Some(format!(
        "{} contiene {} (fila {}, columna {}). {}",
        capitalised(name),
        format_value(value),
        row,
        column,
        trial.exercise.not_finite
    ))
}
