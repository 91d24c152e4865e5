//! Exercise 5: dW1, db1, dW2, db2.

mod central_differences;
mod formula;
mod mistakes;

use ndarray::Array2;

use self::central_differences::against_central_differences;
#[cfg(test)]
pub(super) use self::central_differences::central_difference;
use self::formula::{Formula, RIGHT, backward};
use self::mistakes::MISCONCEPTIONS;
use super::entry::Entry;
use crate::check::judging::answer::{Output, matrix};
use crate::check::judging::case::{SHAPES, draw, fixed};
use crate::check::judging::table::Table;
use crate::check::judging::trial::About;
use crate::check::oracle::{self, take};
use crate::check::report::{Heading, Report};
use crate::network::{Cache, Gradients, Parameters};
use crate::random::RandomState;

type Student<'a> = &'a dyn Fn(&Parameters, &Cache, &Array2<f64>, &Array2<f64>) -> Gradients;

/// Exercise 5: dW1, db1, dW2, db2.
pub fn bpropagation<F: Fn(&Parameters, &Cache, &Array2<f64>, &Array2<f64>) -> Gradients>(
    f: F,
) -> Report {
    judge(&f, &mut fixed())
}

/// Answers what the grader asks of a student's function.
pub fn serve(f: fn(&Parameters, &Cache, &Array2<f64>, &Array2<f64>) -> Gradients) {
    oracle::serve(|i| f(&take(i), &take(i), &take(i), &take(i)));
}

pub(super) static EXERCISE: Entry<Formula> = Entry {
    table: TABLE,
    calls_others: false,
    ask: |asker, rng| judge(&|p, c, x, y| asker.ask(&[p, c, x, y]), rng),
    #[cfg(test)]
    cases: |rng| draw(SHAPES, rng),
    #[cfg(test)]
    report_on,
};

const TABLE: Table<Formula> = Table {
    exercise: About {
        heading: Heading {
            number: 5,
            name: "bpropagation",
        },
        not_finite: "¿Divides entre A2, 1 − A2 o un m que vale 0? Las ecuaciones de la diapositiva solo dividen entre m.",
        look_also: "",
        several_outputs: Some(
            "se divide entre m, el número de ejemplos, no entre n_y · m, y db2 tiene un número por salida.",
        ),
    },
    right: RIGHT,
    misconceptions: MISCONCEPTIONS,
    answer: |formula, case| {
        outputs(&backward(
            formula,
            &case.parameters,
            &case.cache,
            &case.x,
            &case.y,
        ))
    },
    remark: against_central_differences,
};

pub(super) fn judge(f: Student, rng: &mut RandomState) -> Report {
    TABLE.judge(&draw(SHAPES, rng), &|case| {
        outputs(&f(&case.parameters, &case.cache, &case.x, &case.y))
    })
}

/// In the order in which backpropagation computes them.
pub(super) fn outputs(gradients: &Gradients) -> Vec<Output> {
    vec![
        matrix("dW2", &gradients.dw2),
        matrix("db2", &gradients.db2),
        matrix("dW1", &gradients.dw1),
        matrix("db1", &gradients.db1),
    ]
}

/// The wrong formula as a student's function.
#[cfg(test)]
fn report_on(formula: &Formula) -> Report {
    self::bpropagation(|parameters, cache, x, y| backward(formula, parameters, cache, x, y))
}

/// The right answer, which golden numbers hold.
#[cfg(test)]
pub(super) fn expected(
    parameters: &Parameters,
    cache: &Cache,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Gradients {
    backward(&RIGHT, parameters, cache, x, y)
}
