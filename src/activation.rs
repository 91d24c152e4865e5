//! Activation functions and their derivatives, element by element. Input and output have the same shape.
//!
//! Finite for every finite input: nothing overflows at ±1000.

use ex03_vector::Function;
use ndarray::Array2;

/// Slope of [`leaky_relu`] for negative inputs, as on the slides.
pub const LEAKY_RELU_SLOPE: f64 = 0.1;

/// σ(z) = 1 / (1 + e^−z), between 0 and 1.
pub fn sigmoid(z: &Array2<f64>) -> Array2<f64> {
    map(Function::Sigmoid, z)
}

/// σ'(z) = σ(z) · (1 − σ(z)), at most 0.25.
pub fn sigmoid_derivative(z: &Array2<f64>) -> Array2<f64> {
    map(Function::SigmoidDerivative, z)
}

/// tanh(z) = 2 / (1 + e^−2z) − 1, between −1 and 1.
pub fn tanh(z: &Array2<f64>) -> Array2<f64> {
    map(Function::Tanh, z)
}

/// tanh'(z) = 1 − tanh(z)², at most 1.
pub fn tanh_derivative(z: &Array2<f64>) -> Array2<f64> {
    map(Function::TanhDerivative, z)
}

/// ReLU(z) = max(0, z).
pub fn relu(z: &Array2<f64>) -> Array2<f64> {
    z.mapv(|z| z.max(0.0))
}

/// 1 where z > 0, else 0. At 0, where ReLU has no derivative, 0 is the usual subgradient.
pub fn relu_derivative(z: &Array2<f64>) -> Array2<f64> {
    z.mapv(|z| if z > 0.0 { 1.0 } else { 0.0 })
}

/// LeakyReLU(z) = max(0.1 z, z).
pub fn leaky_relu(z: &Array2<f64>) -> Array2<f64> {
    z.mapv(|z| z.max(LEAKY_RELU_SLOPE * z))
}

/// 1 where z > 0, else 0.1. At 0, where Leaky ReLU has no derivative, 0.1 is a subgradient.
pub fn leaky_relu_derivative(z: &Array2<f64>) -> Array2<f64> {
    z.mapv(|z| if z > 0.0 { 1.0 } else { LEAKY_RELU_SLOPE })
}

/// ELU(z) = z where z ≥ 0, else α (e^z − 1), with α > 0.
pub fn elu(z: &Array2<f64>, alpha: f64) -> Array2<f64> {
    z.mapv(|z| if z >= 0.0 { z } else { alpha * z.exp_m1() })
}

/// 1 where z ≥ 0, else α e^z. Continuous at 0 only for α = 1.
pub fn elu_derivative(z: &Array2<f64>, alpha: f64) -> Array2<f64> {
    z.mapv(|z| if z >= 0.0 { 1.0 } else { alpha * z.exp() })
}

/// The natural logarithm of each element: −∞ at 0, NaN below.
pub fn ln(a: &Array2<f64>) -> Array2<f64> {
    map(Function::Ln, a)
}

fn map(function: Function, z: &Array2<f64>) -> Array2<f64> {
    let row_by_row = z.as_standard_layout();
    let values = ex03_vector::map(function, row_by_row.as_slice().expect("row by row"));
    Array2::from_shape_vec(z.raw_dim(), values).expect("as many values as elements")
}
