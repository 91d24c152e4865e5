//! Exercise 4: cross-entropy, summed over the outputs and averaged over the examples.

mod formula;
mod mistakes;

use ndarray::Array2;

use self::formula::{Formula, RIGHT, cost};
use self::mistakes::MISCONCEPTIONS;
use super::entry::Entry;
use crate::check::judging::answer::number;
use crate::check::judging::case::{SHAPES, draw, fixed};
use crate::check::judging::table::Table;
use crate::check::judging::trial::About;
use crate::check::oracle::{self, take};
use crate::check::report::{Heading, Report};
use crate::random::RandomState;

type Student<'a> = &'a dyn Fn(&Array2<f64>, &Array2<f64>) -> f64;

/// Exercise 4: cross-entropy, summed over the outputs, averaged over the examples.
pub fn cost_function<F: Fn(&Array2<f64>, &Array2<f64>) -> f64>(f: F) -> Report {
    judge(&f, &mut fixed())
}

/// Answers what the grader asks of a student's function.
pub fn serve(f: fn(&Array2<f64>, &Array2<f64>) -> f64) {
    oracle::serve(|i| f(&take(i), &take(i)));
}

pub(super) static EXERCISE: Entry<Formula> = Entry {
    table: TABLE,
    calls_others: false,
    ask: |asker, rng| judge(&|a2, y| asker.ask(&[a2, y]), rng),
    #[cfg(test)]
    cases: |rng| draw(SHAPES, rng),
    #[cfg(test)]
    report_on,
};

const TABLE: Table<Formula> = Table {
    exercise: About {
        heading: Heading {
            number: 4,
            name: "cost_function",
        },
        not_finite: "El logaritmo de 0 es −∞, 0 · (−∞) da NaN, y el de un número negativo también: ¿de qué tomas cada logaritmo?",
        look_also: "",
    },
    right: RIGHT,
    misconceptions: MISCONCEPTIONS,
    answer: |formula, case| vec![number("el costo", cost(formula, &case.cache.a2, &case.y))],
    remark: |_, got| {
        (got[0].values[(0, 0)] < 0.0).then(|| {
            "Un costo nunca es negativo: los logaritmos de números entre 0 y 1 sí lo son.".into()
        })
    },
};

pub(super) fn judge(f: Student, rng: &mut RandomState) -> Report {
    TABLE.judge(&draw(SHAPES, rng), &|case| {
        vec![number("el costo", f(&case.cache.a2, &case.y))]
    })
}

/// The wrong formula as a student's function.
#[cfg(test)]
fn report_on(formula: &Formula) -> Report {
    self::cost_function(|a2, y| cost(formula, a2, y))
}

/// The right answer, which golden numbers hold.
#[cfg(test)]
pub(super) fn expected(a2: &Array2<f64>, y: &Array2<f64>) -> f64 {
    cost(&RIGHT, a2, y)
}
