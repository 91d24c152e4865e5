//! One check per exercise: calls the student's function on cases of unlike shapes, and says which mistake a wrong answer is.
//!
//! `check::cost_function(cost_function)` returns a [`Report`], which a notebook shows; [`resumen`] adds up several. A check never
//! panics: what the student's function throws is part of the report.
//!
//! Each exercise has a file, which is a table: the formula in steps, and the misconceptions, each of which replaces a step. To
//! teach the check a further mistake, add an entry there; the tests run each table backwards.

mod attempt;
mod bpropagation;
mod cases;
mod catalogue;
mod cost_function;
mod difference;
mod fpropagation;
#[cfg(test)]
mod golden;
mod html;
mod init_parameters;
mod judge;
mod layer_size;
mod nn_model;
#[doc(hidden)]
pub mod oracle;
mod output;
mod panics;
mod predict;
mod report;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod update_parameters;

use ndarray::Array2;

pub use self::attempt::{Attempt, attempt, explain_panics};
pub use self::catalogue::mistake;
#[doc(hidden)]
pub use self::html::prose;
pub use self::report::{JSON_MIME_TYPE, Outcome, Report};
pub use self::summary::{Summary, resumen};
use crate::network::{Cache, Gradients, LayerSize, Parameters};
use crate::random::RandomState;

/// Exercise 1: n_x, n_h, n_y from X and Y.
pub fn layer_size<F: Fn(&Array2<f64>, &Array2<f64>) -> LayerSize>(f: F) -> Report {
    layer_size::judge(&f, &mut cases::fixed())
}

/// Exercise 2: small random weights, biases of zero. Any way of drawing Gaussians is as right: shapes and spread are judged.
pub fn init_parameters<F: Fn(&LayerSize, &mut RandomState) -> Parameters>(f: F) -> Report {
    init_parameters::judge(&f, &mut cases::fixed())
}

/// Exercise 3: Z1, A1, Z2, A2.
pub fn fpropagation<F: Fn(&Array2<f64>, &Parameters) -> Cache>(f: F) -> Report {
    fpropagation::judge(&f, &mut cases::fixed())
}

/// Exercise 4: cross-entropy, summed over the outputs, averaged over the examples.
pub fn cost_function<F: Fn(&Array2<f64>, &Array2<f64>) -> f64>(f: F) -> Report {
    cost_function::judge(&f, &mut cases::fixed())
}

/// Exercise 5: dW1, db1, dW2, db2.
pub fn bpropagation<F>(f: F) -> Report
where
    F: Fn(&Parameters, &Cache, &Array2<f64>, &Array2<f64>) -> Gradients,
{
    bpropagation::judge(&f, &mut cases::fixed())
}

/// Exercise 6: one step of gradient descent.
pub fn update_parameters<F: Fn(&Parameters, &Gradients, f64) -> Parameters>(f: F) -> Report {
    update_parameters::judge(&f, &mut cases::fixed())
}

/// Exercise 7: the trained parameters, and the cost before each update. Judged from the initial parameters that the student's own
/// function draws.
pub fn nn_model<F>(f: F) -> Report
where
    F: Fn(
        &Array2<f64>,
        &Array2<f64>,
        &LayerSize,
        usize,
        f64,
        &mut RandomState,
    ) -> (Parameters, Vec<f64>),
{
    nn_model::judge(&f, &mut cases::fixed())
}

/// Exercise 8: 1 where ŷ > 0.5, else 0.
pub fn predict<F: Fn(&Parameters, &Array2<f64>) -> Array2<f64>>(f: F) -> Report {
    predict::judge(&f, &mut cases::fixed())
}
