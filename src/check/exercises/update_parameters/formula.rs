//! A step of gradient descent in parts, each of which a mistake may replace.

use ndarray::{Array2, Zip};

use crate::network::{Gradients, Parameters};

pub type Matrix = Array2<f64>;

#[derive(Clone, Copy)]
pub struct Formula {
    /// The step that is subtracted, of gradient and rate.
    pub step: fn(f64, f64) -> f64,
    /// Parameter and step to the new parameter, one value of each.
    pub w1: fn(f64, f64) -> f64,
    pub b1: fn(f64, f64) -> f64,
    pub w2: fn(f64, f64) -> f64,
    pub b2: fn(f64, f64) -> f64,
}

pub const RIGHT: Formula = Formula {
    step: |gradient, rate| gradient * rate,
    w1: descend,
    b1: descend,
    w2: descend,
    b2: descend,
};

pub fn descend(parameter: f64, step: f64) -> f64 {
    parameter - step
}

pub fn keep(parameter: f64, _: f64) -> f64 {
    parameter
}

/// The parameters after the step of a formula.
pub fn update(formula: &Formula, p: &Parameters, g: &Gradients, rate: f64) -> Parameters {
    let new = |change: fn(f64, f64) -> f64, parameter: &Matrix, gradient: &Matrix| {
        Zip::from(parameter)
            .and(gradient)
            .map_collect(|&p, &g| change(p, (formula.step)(g, rate)))
    };
    Parameters {
        w1: new(formula.w1, &p.w1, &g.dw1),
        b1: new(formula.b1, &p.b1, &g.db1),
        w2: new(formula.w2, &p.w2, &g.dw2),
        b2: new(formula.b2, &p.b2, &g.db2),
    }
}
