//! Backpropagation in steps, each of which a mistake may replace.

use ndarray::{Array2, Axis, Zip};

use crate::network::{Cache, Gradients, Parameters};

pub type Matrix = Array2<f64>;
/// What a sum over the examples is multiplied by: 1/m.
pub type Mean = fn(&Matrix, &Matrix) -> f64;

#[derive(Clone, Copy)]
pub struct Formula {
    /// Of one output of one example: a, z and y.
    pub dz2: fn(f64, f64, f64) -> f64,
    /// Sums over the examples, not yet divided by m.
    pub dw2: fn(&Matrix, &Cache) -> Matrix,
    pub db2: fn(&Matrix) -> Matrix,
    /// W2ᵀ dZ2, of the parameters, dZ2 and the cache.
    pub da1: fn(&Parameters, &Matrix, &Cache) -> Matrix,
    /// g'(z) of one hidden unit of one example, of a and z.
    pub slope: fn(f64, f64) -> f64,
    pub dw1: fn(&Matrix, &Matrix) -> Matrix,
    /// Of dZ1, and of W2ᵀ dZ2 and dZ2 for those who take the wrong one.
    pub db1: fn(&Matrix, &Matrix, &Matrix) -> Matrix,
    /// Of X and Y.
    pub mean_dw2: Mean,
    pub mean_db2: Mean,
    pub mean_dw1: Mean,
    pub mean_db1: Mean,
}

pub const RIGHT: Formula = Formula {
    dz2: |a, _, y| a - y,
    dw2: |dz2, cache| dz2.dot(&cache.a1.t()),
    db2: sum_of_examples,
    da1: |p, dz2, _| p.w2.t().dot(dz2),
    slope: |a, _| 1.0 - a * a,
    dw1: |dz1, x| dz1.dot(&x.t()),
    db1: |dz1, _, _| sum_of_examples(dz1),
    mean_dw2: over_m,
    mean_db2: over_m,
    mean_dw1: over_m,
    mean_db1: over_m,
};

pub fn sum_of_examples(dz: &Matrix) -> Matrix {
    dz.sum_axis(Axis(1)).insert_axis(Axis(1))
}

pub fn over_m(_: &Matrix, y: &Matrix) -> f64 {
    1.0 / y.ncols() as f64
}

/// The answer of a formula.
pub fn backward(
    formula: &Formula,
    parameters: &Parameters,
    cache: &Cache,
    x: &Matrix,
    y: &Matrix,
) -> Gradients {
    let dz2 = Zip::from(&cache.a2)
        .and(&cache.z2)
        .and(y)
        .map_collect(|&a, &z, &y| (formula.dz2)(a, z, y));
    let da1 = (formula.da1)(parameters, &dz2, cache);
    let dz1 = Zip::from(&da1)
        .and(&cache.a1)
        .and(&cache.z1)
        .map_collect(|da, &a, &z| da * (formula.slope)(a, z));
    Gradients {
        dw1: (formula.dw1)(&dz1, x) * (formula.mean_dw1)(x, y),
        db1: (formula.db1)(&dz1, &da1, &dz2) * (formula.mean_db1)(x, y),
        dw2: (formula.dw2)(&dz2, cache) * (formula.mean_dw2)(x, y),
        db2: (formula.db2)(&dz2) * (formula.mean_db2)(x, y),
    }
}
