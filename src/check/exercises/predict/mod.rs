//! Exercise 8: 1 where ŷ > 0.5, else 0.

mod formula;
mod mistakes;

use ndarray::Array2;

use self::formula::{Formula, Matrix, RIGHT};
use self::mistakes::MISCONCEPTIONS;
use super::entry::Entry;
use crate::check::judging::answer::{Output, matrix};
use crate::check::judging::case::{Case, SHAPES, draw, fixed};
use crate::check::judging::table::Table;
use crate::check::judging::trial::About;
use crate::check::oracle::{self, take};
use crate::check::report::{Heading, Report};
use crate::network::Parameters;
use crate::random::RandomState;

type Student<'a> = &'a dyn Fn(&Parameters, &Array2<f64>) -> Array2<f64>;

/// Exercise 8: 1 where ŷ > 0.5, else 0.
pub fn predict<F: Fn(&Parameters, &Array2<f64>) -> Array2<f64>>(f: F) -> Report {
    judge(&f, &mut fixed())
}

/// Answers what the grader asks of a student's function.
pub fn serve(f: fn(&Parameters, &Array2<f64>) -> Array2<f64>) {
    oracle::serve(|i| f(&take(i), &take(i)));
}

pub(super) static EXERCISE: Entry<Formula> = Entry {
    table: TABLE,
    calls_others: true,
    ask: |asker, rng| judge(&|p, x| asker.ask(&[p, x]), rng),
    #[cfg(test)]
    cases,
    #[cfg(test)]
    report_on,
};

const TABLE: Table<Formula> = Table {
    exercise: About {
        heading: Heading {
            number: 8,
            name: "predict",
        },
        not_finite: "Las clases son 0 y 1: ¿de dónde sale ese valor?",
        look_also: "predict llama a tu fpropagation: comprueba antes que el ejercicio 3 esté correcto.",
        several_outputs: None,
    },
    right: RIGHT,
    misconceptions: MISCONCEPTIONS,
    answer: |formula, case| outputs(&formula::predict(formula, &case.parameters, &case.x)),
    remark: probability,
};

pub(super) fn judge(f: Student, rng: &mut RandomState) -> Report {
    TABLE.judge(&cases(rng), &|case| outputs(&f(&case.parameters, &case.x)))
}

/// Classes tell little of what they come from: cases are drawn until they show each mistake apart
/// from the others, as most do.
fn cases(rng: &mut RandomState) -> Vec<Case> {
    const DRAWS: usize = 100;
    (0..DRAWS)
        .map(|_| draw(SHAPES, rng))
        .find(|cases| TABLE.tells_apart(cases))
        .unwrap_or_else(|| draw(SHAPES, rng))
}

fn outputs(classes: &Matrix) -> Vec<Output> {
    vec![matrix("la predicción", classes)]
}

/// The probability at the first place that differs.
fn probability(case: &Case, got: &[Output]) -> Option<String> {
    let right = &TABLE.answer_with(&[], case)[0];
    let at = right
        .same_shape(&got[0])
        .then(|| right.first_difference(&got[0]))??;
    let probability = format!(
        "En la fila {}, columna {}, la red dice ŷ = {:.4}.",
        at.0, at.1, case.cache.a2[at]
    );
    let class = got[0].values[at];
    Some(if class == 0.0 || class == 1.0 {
        probability
    } else {
        format!("{probability} Ahí das {class}, y una clase solo puede ser 0 o 1.")
    })
}

/// The wrong formula as a student's function.
#[cfg(test)]
fn report_on(formula: &Formula) -> Report {
    self::predict(|parameters, x| formula::predict(formula, parameters, x))
}
