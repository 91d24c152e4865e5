//! The forward pass in steps, each of which a mistake may replace.

use ndarray::Array2;

use crate::activation::{sigmoid, tanh};
use crate::network::{Cache, Parameters};

pub type Matrix = Array2<f64>;

/// What the first layer gives to the second.
pub struct Hidden<'a> {
    pub x: &'a Matrix,
    pub z1: &'a Matrix,
    pub a1: &'a Matrix,
}

#[derive(Clone, Copy)]
pub struct Formula {
    /// Z1 without its bias.
    pub product_1: fn(&Parameters, &Matrix) -> Matrix,
    pub bias_1: fn(Matrix, &Parameters) -> Matrix,
    /// It sees the parameters only for those who add the bias late.
    pub activation_1: fn(&Matrix, &Parameters) -> Matrix,
    /// Z2 without its bias.
    pub product_2: fn(&Parameters, &Hidden) -> Matrix,
    pub bias_2: fn(Matrix, &Parameters) -> Matrix,
    pub activation_2: fn(&Matrix) -> Matrix,
    /// What is put where.
    pub cache: fn(Cache) -> Cache,
}

pub const RIGHT: Formula = Formula {
    product_1: |p, x| p.w1.dot(x),
    bias_1: |z, p| z + &p.b1,
    activation_1: |z, _| tanh(z),
    product_2: |p, hidden| p.w2.dot(hidden.a1),
    bias_2: |z, p| z + &p.b2,
    activation_2: sigmoid,
    cache: |cache| cache,
};

/// The answer of a formula.
pub fn forward(formula: &Formula, x: &Matrix, parameters: &Parameters) -> Cache {
    let z1 = (formula.bias_1)((formula.product_1)(parameters, x), parameters);
    let a1 = (formula.activation_1)(&z1, parameters);
    let hidden = Hidden {
        x,
        z1: &z1,
        a1: &a1,
    };
    let z2 = (formula.bias_2)((formula.product_2)(parameters, &hidden), parameters);
    let a2 = (formula.activation_2)(&z2);
    (formula.cache)(Cache { z1, a1, z2, a2 })
}
