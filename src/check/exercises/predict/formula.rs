//! The decision in steps, each of which a mistake may replace.

use ndarray::Array2;

use crate::network::passes::{self, TANH};
use crate::network::{Cache, Parameters};

pub type Matrix = Array2<f64>;

#[derive(Clone, Copy)]
pub struct Formula {
    pub forward: fn(&Matrix, &Parameters) -> Cache,
    /// What is compared with the threshold.
    pub score: fn(&Cache) -> Matrix,
    pub threshold: fn(&Matrix) -> f64,
    /// Above the threshold, and not.
    pub classes: (f64, f64),
    /// Of scores and classes.
    pub result: fn(Matrix, Matrix) -> Matrix,
}

pub const RIGHT: Formula = Formula {
    forward: |x, parameters| passes::forward(x, parameters, TANH),
    score: |cache| cache.a2.clone(),
    threshold: |_| 0.5,
    classes: (1.0, 0.0),
    result: |_, classes| classes,
};

pub fn predict(formula: &Formula, parameters: &Parameters, x: &Matrix) -> Matrix {
    let scores = (formula.score)(&(formula.forward)(x, parameters));
    let threshold = (formula.threshold)(&scores);
    let (above, below) = formula.classes;
    let classes = scores.mapv(|score| if score > threshold { above } else { below });
    (formula.result)(scores, classes)
}
