//! The cross-entropy in steps, each of which a mistake may replace.

use ndarray::Array2;

/// Of one value: a, y, and the logarithm.
pub type Loss = fn(f64, f64, fn(f64) -> f64) -> f64;

#[derive(Clone, Copy)]
pub struct Formula {
    pub logarithm: fn(f64) -> f64,
    /// The two terms of the loss, without their sign.
    pub term_of_1: Loss,
    pub term_of_0: Loss,
    /// All values of Y·log Â + …, of which there are n_y rows and m columns, to one.
    pub reduce: fn(&Array2<f64>) -> f64,
    pub divide: fn(f64, &Array2<f64>) -> f64,
    pub sign: f64,
}

pub const RIGHT: Formula = Formula {
    logarithm: f64::ln,
    term_of_1: |a, y, log| y * log(a),
    term_of_0: |a, y, log| (1.0 - y) * log(1.0 - a),
    reduce: |values| values.sum(),
    divide: |sum, y| sum / y.ncols() as f64,
    sign: -1.0,
};

/// The cost of a formula.
pub fn cost(formula: &Formula, a2: &Array2<f64>, y: &Array2<f64>) -> f64 {
    let mut values = a2.clone();
    values.zip_mut_with(y, |a, &y| {
        *a = (formula.term_of_1)(*a, y, formula.logarithm)
            + (formula.term_of_0)(*a, y, formula.logarithm);
    });
    formula.sign * (formula.divide)((formula.reduce)(&values), y)
}
