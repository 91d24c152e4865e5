//! Exercise 2: small random weights, biases of zero. What is drawn may come in any way, so
//! statistics of large layers are compared.

mod formula;
mod mistakes;
mod statistics;

use self::formula::{Formula, RIGHT, SIZES, init};
use self::mistakes::MISCONCEPTIONS;
use self::statistics::{Student, outputs};
use super::entry::Entry;
use crate::check::judging::case::{draw, fixed};
use crate::check::judging::table::Table;
use crate::check::judging::trial::About;
use crate::check::oracle::{self, take};
use crate::check::report::{Heading, Report};
use crate::network::{LayerSize, Parameters};
use crate::random::RandomState;

pub(super) use self::formula::SCALE;
pub(super) use self::statistics::{distinct_rows, spread};

/// Exercise 2: small random weights, biases of zero. Any way of drawing Gaussians is as right:
/// shapes and spread are judged.
pub fn init_parameters<F: Fn(&LayerSize, &mut RandomState) -> Parameters>(f: F) -> Report {
    judge(&f, &mut fixed())
}

/// Answers what the grader asks of a student's function.
pub fn serve(f: fn(&LayerSize, &mut RandomState) -> Parameters) {
    oracle::serve(|i| f(&take(i), &mut take(i)));
}

pub(super) static EXERCISE: Entry<Formula> = Entry {
    table: TABLE,
    calls_others: false,
    ask: |asker, rng| judge(&|size, rng| asker.ask(&[size, rng]), rng),
    #[cfg(test)]
    cases: |rng| draw(SIZES, rng),
    #[cfg(test)]
    report_on,
};

const TABLE: Table<Formula> = Table {
    exercise: About {
        heading: Heading {
            number: 2,
            name: "init_parameters",
        },
        not_finite: "Los pesos salen de un generador y los sesgos son cero: ¿divides entre algo que vale 0?",
        look_also: "",
        several_outputs: None,
    },
    right: RIGHT,
    misconceptions: MISCONCEPTIONS,
    answer: |formula, case| outputs(case, &|size, rng| init(formula, size, rng)),
    remark: |_, _| None,
};

pub(super) fn judge(f: Student, rng: &mut RandomState) -> Report {
    TABLE.judge(&draw(SIZES, rng), &|case| outputs(case, f))
}

/// The wrong formula as a student's function.
#[cfg(test)]
fn report_on(formula: &Formula) -> Report {
    self::init_parameters(|size, rng| init(formula, size, rng))
}

/// The right answer, which golden numbers hold.
#[cfg(test)]
pub(super) fn expected(size: &LayerSize, rng: &mut RandomState) -> Parameters {
    init(&RIGHT, size, rng)
}
