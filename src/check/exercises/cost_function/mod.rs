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
        several_outputs: Some(
            "se suman las pérdidas de todas, y se divide entre m, el número de ejemplos, no entre n_y · m.",
        ),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::passes;

    fn points(f: Student) -> f64 {
        (0..20)
            .map(|seed| judge(f, &mut RandomState::new(seed)).points())
            .sum::<f64>()
            / 20.0
    }

    fn clipped(a2: &Array2<f64>, y: &Array2<f64>, cut: f64) -> f64 {
        passes::cost(&a2.mapv(|a| a.clamp(cut, 1.0 - cut)), y)
    }

    fn added(a2: &Array2<f64>, y: &Array2<f64>, more: f64) -> f64 {
        let loss = |a: f64, y: f64| -(y * (a + more).ln() + (1.0 - y) * (1.0 - a + more).ln());
        let losses = a2.iter().zip(y).map(|(&a, &y)| loss(a, y));
        losses.sum::<f64>() / y.ncols() as f64
    }

    /// With fresh cases as with the notebook's.
    #[test]
    fn what_is_near_is_right_and_what_loses_data_is_not() {
        for small in [1e-15, 1e-12, 1e-10, 1e-8] {
            assert_eq!(points(&|a2, y| clipped(a2, y, small)), 1.0, "{small}");
            assert_eq!(points(&|a2, y| added(a2, y, small)), 1.0, "{small}");
        }
        assert_eq!(
            points(&|a2, y| (passes::cost(a2, y) * 1e7).round() / 1e7),
            1.0
        );
        assert_eq!(points(&|a2, y| clipped(a2, y, 0.1)), 0.0);
        assert_eq!(points(&|_, _| 0.693), 0.0);
        // The first hundred examples, the examples that are not far from one half, a number of examples that
        // overflows.
        assert_eq!(
            points(&|a2, y| {
                let first = 0..y.ncols().min(100);
                let of = |all: &Array2<f64>| all.slice(ndarray::s![.., first.clone()]).to_owned();
                passes::cost(&of(a2), &of(y))
            }),
            0.0
        );
        assert_eq!(
            points(&|a2, y| {
                let is_near = |a: f64| (0.05..0.95).contains(&a);
                let near = a2.mapv(|a| if is_near(a) { a } else { 0.5 });
                let left_out = a2.iter().filter(|a| !is_near(**a)).count() as f64;
                passes::cost(&near, y) - left_out * std::f64::consts::LN_2 / y.ncols() as f64
            }),
            0.0
        );
        assert_eq!(
            points(&|a2, y| {
                let m = y.ncols();
                passes::cost(a2, y) * m as f64 / f64::from(m as u8)
            }),
            0.0
        );
    }
}
