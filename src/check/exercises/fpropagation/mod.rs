//! Exercise 3: Z1, A1, Z2, A2.

mod formula;
mod mistakes;

use ndarray::Array2;

use self::formula::{Formula, RIGHT, forward};
use self::mistakes::MISCONCEPTIONS;
use super::entry::Entry;
use crate::check::judging::answer::{Output, matrix};
use crate::check::judging::case::{SHAPES, draw, fixed};
use crate::check::judging::table::Table;
use crate::check::judging::trial::About;
use crate::check::oracle::{self, take};
use crate::check::report::{Heading, Report};
use crate::network::{Cache, Parameters};
use crate::random::RandomState;

type Student<'a> = &'a dyn Fn(&Array2<f64>, &Parameters) -> Cache;

/// Exercise 3: Z1, A1, Z2, A2.
pub fn fpropagation<F: Fn(&Array2<f64>, &Parameters) -> Cache>(f: F) -> Report {
    judge(&f, &mut fixed())
}

/// Answers what the grader asks of a student's function.
pub fn serve(f: fn(&Array2<f64>, &Parameters) -> Cache) {
    oracle::serve(|i| f(&take(i), &take(i)));
}

pub(super) static EXERCISE: Entry<Formula> = Entry {
    table: TABLE,
    calls_others: false,
    ask: |asker, rng| judge(&|x, p| asker.ask(&[x, p]), rng),
    #[cfg(test)]
    cases: |rng| draw(SHAPES, rng),
    #[cfg(test)]
    report_on,
};

const TABLE: Table<Formula> = Table {
    exercise: About {
        heading: Heading {
            number: 3,
            name: "fpropagation",
        },
        not_finite: "Una exponencial muy grande da ∞, y ∞/∞ da NaN: ¿escribiste tú la activación? sigmoid y tanh de ex03_utils no se desbordan.",
        look_also: "",
        several_outputs: Some(
            "b2 y Z2 tienen una fila por salida, y a cada fila le toca su propio sesgo.",
        ),
    },
    right: RIGHT,
    misconceptions: MISCONCEPTIONS,
    answer: |formula, case| outputs(&forward(formula, &case.x, &case.parameters)),
    remark: |_, _| None,
};

pub(super) fn judge(f: Student, rng: &mut RandomState) -> Report {
    TABLE.judge(&draw(SHAPES, rng), &|case| {
        outputs(&f(&case.x, &case.parameters))
    })
}

pub(super) fn outputs(cache: &Cache) -> Vec<Output> {
    vec![
        matrix("Z1", &cache.z1),
        matrix("A1", &cache.a1),
        matrix("Z2", &cache.z2),
        matrix("A2", &cache.a2),
    ]
}

/// The wrong formula as a student's function.
#[cfg(test)]
fn report_on(formula: &Formula) -> Report {
    self::fpropagation(|x, parameters| forward(formula, x, parameters))
}

/// The right answer, which golden numbers hold.
#[cfg(test)]
pub(super) fn expected(x: &Array2<f64>, parameters: &Parameters) -> Cache {
    forward(&RIGHT, x, parameters)
}
