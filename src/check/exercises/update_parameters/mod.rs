//! Exercise 6: one step of gradient descent.

mod formula;
mod mistakes;

use self::formula::{Formula, RIGHT, update};
use self::mistakes::MISCONCEPTIONS;
use super::entry::Entry;
use crate::check::judging::answer::{Output, matrix};
use crate::check::judging::case::{SHAPES, draw, fixed};
use crate::check::judging::table::Table;
use crate::check::judging::trial::About;
use crate::check::oracle::{self, take};
use crate::check::report::{Heading, Report};
use crate::network::{Gradients, Parameters};
use crate::random::RandomState;

type Student<'a> = &'a dyn Fn(&Parameters, &Gradients, f64) -> Parameters;

/// Exercise 6: one step of gradient descent.
pub fn update_parameters<F: Fn(&Parameters, &Gradients, f64) -> Parameters>(f: F) -> Report {
    judge(&f, &mut fixed())
}

/// Answers what the grader asks of a student's function.
pub fn serve(f: fn(&Parameters, &Gradients, f64) -> Parameters) {
    oracle::serve(|i| f(&take(i), &take(i), take(i)));
}

pub(super) static EXERCISE: Entry<Formula> = Entry {
    table: TABLE,
    calls_others: false,
    ask: |asker, rng| judge(&|p, g, rate| asker.ask(&[p, g, &rate]), rng),
    #[cfg(test)]
    cases: |rng| draw(SHAPES, rng),
    #[cfg(test)]
    report_on,
};

const TABLE: Table<Formula> = Table {
    exercise: About {
        heading: Heading {
            number: 6,
            name: "update_parameters",
        },
        not_finite: "¿Divides entre la tasa o entre un gradiente? La regla solo multiplica y resta.",
        look_also: "",
        several_outputs: Some("W2 y b2 tienen una fila por salida, y se actualizan todas."),
    },
    right: RIGHT,
    misconceptions: MISCONCEPTIONS,
    answer: |formula, case| {
        outputs(&update(
            formula,
            &case.parameters,
            &case.gradients,
            case.learning_rate,
        ))
    },
    remark: |case, _| {
        Some(format!(
            "La tasa de aprendizaje de este caso es {}.",
            case.learning_rate
        ))
    },
};

pub(super) fn judge(f: Student, rng: &mut RandomState) -> Report {
    TABLE.judge(&draw(SHAPES, rng), &|case| {
        outputs(&f(&case.parameters, &case.gradients, case.learning_rate))
    })
}

pub(super) fn outputs(parameters: &Parameters) -> Vec<Output> {
    vec![
        matrix("W1", &parameters.w1),
        matrix("b1", &parameters.b1),
        matrix("W2", &parameters.w2),
        matrix("b2", &parameters.b2),
    ]
}

/// The wrong formula as a student's function.
#[cfg(test)]
fn report_on(formula: &Formula) -> Report {
    self::update_parameters(|p, g, rate| update(formula, p, g, rate))
}

/// The right answer, which golden numbers hold.
#[cfg(test)]
pub(super) fn expected(parameters: &Parameters, gradients: &Gradients, rate: f64) -> Parameters {
    update(&RIGHT, parameters, gradients, rate)
}
