//! What is said of a wrong answer: its mistake where one is recognised, else what differs.

use super::cases::Case;
use super::judge::{Answer, Trial};
use super::output::Output;
use super::panics::Panic;
use super::report::{Comparison, Outcome, Report, format_value};
use super::table::Hint;

/// `wrong` holds the places of the cases whose answer differs; it is not empty.
pub(super) fn report(
    trial: &Trial,
    expected: &[Answer],
    got: &[Answer],
    wrong: &[usize],
    hints: Vec<Hint>,
) -> Report {
    let first = wrong[0];
    let case = &trial.cases[first];
    let mut report = Report::new(trial.exercise, Outcome::Incorrect);
    let what = match (&expected[first], &got[first]) {
        (Ok(right), Ok(outputs)) => {
            report.comparison = first_difference(case, right, outputs);
            wrong_shape(case, right, outputs)
                .unwrap_or_else(|| wrong_values(&values_of(trial, expected, got)))
        }
        (_, Err(panic)) => {
            report.outcome = Outcome::Panicked;
            stopped(case, panic)
        }
        (Err(_), Ok(_)) => unreachable!("the right formula fits its own cases"),
    };
    report.message = what;
    if let Ok(outputs) = &got[first] {
        report.remarks.extend(not_finite(trial, outputs));
        report.remarks.extend((trial.remark)(case, outputs));
    }
    if wrong.len() < got.len() {
        report
            .remarks
            .push(format!("Falla en {} de {} casos.", wrong.len(), got.len()));
    }
    if hints.is_empty() {
        if !trial.exercise.look_also.is_empty() {
            report.remarks.push(trial.exercise.look_also.into());
        }
    } else {
        let message = match &hints[..] {
            [first, second] => format!(
                "Hay dos errores a la vez. Uno: {} Otro: {}",
                first.wrong, second.wrong
            ),
            _ => hints[0].wrong.to_string(),
        };
        report
            .remarks
            .insert(0, std::mem::replace(&mut report.message, message));
        report.hints = hints;
    }
    report
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
    if expected.is_list {
        return Some(format!(
            "{} deberían ser {}, y son {}.",
            capitalised(expected.name),
            right.1,
            wrong.1
        ));
    }
    let mut text = format!("{} debería tener forma ", expected.name);
    if let (Some(rows), Some(columns)) = (case.symbol(right.0), case.symbol(right.1)) {
        text += &format!("({rows}, {columns}) = ");
    }
    text += &format!("{right:?}, y tiene {wrong:?}");
    text += if wrong == (right.1, right.0) {
        ": está traspuesta."
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

impl Values<'_> {
    fn right(&self) -> bool {
        self.pairs
            .iter()
            .all(|(expected, got, _)| expected.fits(got))
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
        } else if all(&|c, _| near(c, first)) {
            Some(Factor::Constant(first))
        } else {
            None
        }
    }
}

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
    let names = |outputs: &[&Values]| join(&outputs.iter().map(|o| o.name).collect::<Vec<_>>());
    let verb = |outputs: &[&Values], one: &'static str, more: &'static str| {
        if outputs.len() == 1 { one } else { more }
    };
    let mut text = if right.is_empty() {
        format!(
            "{} no {} con lo esperado.",
            capitalised(&names(&wrong)),
            verb(&wrong, "coincide", "coinciden")
        )
    } else {
        format!(
            "{} {} bien; {} no.",
            capitalised(&names(&right)),
            verb(&right, "está", "están"),
            names(&wrong)
        )
    };
    for output in wrong {
        let Some(factor) = output.factor() else {
            continue;
        };
        let name = output.name;
        text += &match factor {
            Factor::Sign => format!(" {name} tiene el signo contrario."),
            Factor::M => format!(" {name} es m veces lo esperado."),
            Factor::OverM => format!(" {name} es lo esperado dividido entre m."),
            Factor::Constant(c) => {
                format!(" {name} es siempre {} veces lo esperado.", format_value(c))
            }
        };
    }
    text
}

/// The first matrix, in the order in which they are computed, that holds NaN or an infinity.
fn not_finite(trial: &Trial, got: &[Output]) -> Option<String> {
    let (name, (row, column), value) = got.iter().find_map(|output| {
        output
            .first_not_finite()
            .map(|(at, value)| (output.name, at, value))
    })?;
    Some(format!(
        "{name} contiene {} (fila {}, columna {}). {}",
        format_value(value),
        row + 1,
        column + 1,
        trial.exercise.not_finite
    ))
}

/// "dW1, db1 y dW2"
fn join(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).into(),
        [first @ .., last] => format!("{} y {last}", first.join(", ")),
    }
}

/// Only words: "dW1" stays as it is.
fn capitalised(text: &str) -> String {
    if text.starts_with("el ") || text.starts_with("la ") || text.starts_with("los ") {
        let mut chars = text.chars();
        chars.next().map_or(String::new(), |first| {
            first.to_uppercase().chain(chars).collect()
        })
    } else {
        text.into()
    }
}
