//! Activation functions and their derivatives, element by element. Input and output have the same
//! shape.
//!
//! Finite for every finite input: nothing overflows at ±1000. The results are the same bits on every
//! system.

use ex03_vector::Function;
use ndarray::{Array2, Zip};

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
    // Unlike f64::max, this keeps a NaN in sight.
    z.mapv(|z| if z < 0.0 { 0.0 } else { z })
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
    // With t = tanh(z/2), e^z − 1 is 2t / (1 − t). Left of 0 it loses no digits, and unlike
    // `f64::exp_m1` it has the same bits on every system.
    let t = tanh(&(z / 2.0));
    Zip::from(z).and(&t).map_collect(|&z, &t| {
        if z >= 0.0 {
            z
        } else {
            alpha * (2.0 * t / (1.0 - t))
        }
    })
}

/// 1 where z ≥ 0, else α e^z. Continuous at 0 only for α = 1.
pub fn elu_derivative(z: &Array2<f64>, alpha: f64) -> Array2<f64> {
    // With s = σ(z), e^z is s / (1 − s), as above.
    let s = sigmoid(z);
    Zip::from(z).and(&s).map_collect(|&z, &s| {
        if z >= 0.0 {
            1.0
        } else {
            alpha * (s / (1.0 - s))
        }
    })
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

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    type Activation = fn(&Array2<f64>) -> Array2<f64>;

    const ACTIVATIONS: [(&str, Activation, Activation); 6] = [
        ("sigmoid", sigmoid, sigmoid_derivative),
        ("tanh", tanh, tanh_derivative),
        ("relu", relu, relu_derivative),
        ("leaky_relu", leaky_relu, leaky_relu_derivative),
        ("elu 1", |z| elu(z, 1.0), |z| elu_derivative(z, 1.0)),
        ("elu 0.5", |z| elu(z, 0.5), |z| elu_derivative(z, 0.5)),
    ];

    #[test]
    fn derivatives_are_central_differences() {
        const H: f64 = 1e-5;
        // All but 0, where three of them have a kink.
        let z = Array2::from_shape_fn((4, 50), |(i, j)| (i * 50 + j) as f64 / 10.0 - 9.95);
        for (name, activation, derivative) in ACTIVATIONS {
            let slope = (activation(&(&z + H)) - activation(&(&z - H))) / (2.0 * H);
            let derivative = derivative(&z);
            assert_eq!(derivative.dim(), z.dim(), "{name}");
            for ((z, got), expected) in z.iter().zip(&derivative).zip(&slope) {
                assert!(
                    (got - expected).abs() < 1e-9,
                    "{name}'({z}) = {got}, not {expected}"
                );
            }
        }
    }

    #[test]
    fn nothing_overflows() {
        let z = array![[-f64::MAX, -1000.0, 0.0, 1000.0, f64::MAX]];
        for (name, activation, derivative) in ACTIVATIONS {
            assert!(activation(&z).iter().all(|a| a.is_finite()), "{name}");
            assert!(derivative(&z).iter().all(|d| d.is_finite()), "{name}'");
        }
    }

    #[test]
    fn values_at_0_and_far_from_it() {
        let z = array![[-1000.0, 0.0, 1000.0]];
        assert_eq!(sigmoid(&z), array![[0.0, 0.5, 1.0]]);
        assert_eq!(sigmoid_derivative(&z), array![[0.0, 0.25, 0.0]]);
        assert_eq!(tanh(&z), array![[-1.0, 0.0, 1.0]]);
        assert_eq!(tanh_derivative(&z), array![[0.0, 1.0, 0.0]]);
        assert_eq!(relu(&z), array![[0.0, 0.0, 1000.0]]);
        assert_eq!(relu_derivative(&z), array![[0.0, 0.0, 1.0]]);
        assert_eq!(leaky_relu(&z), array![[-100.0, 0.0, 1000.0]]);
        assert_eq!(leaky_relu_derivative(&z), array![[0.1, 0.1, 1.0]]);
        assert_eq!(elu(&z, 2.0), array![[-2.0, 0.0, 1000.0]]);
        assert_eq!(elu_derivative(&z, 2.0), array![[0.0, 1.0, 1.0]]);
    }

    /// Where e^z is small, 1 + e^z − 1 and 1 − σ(z) would keep few of its digits.
    #[test]
    fn small_values_keep_their_digits() {
        let close = |got: &Array2<f64>, expected: f64| (got[[0, 0]] / expected - 1.0).abs() < 1e-14;
        assert!(close(&sigmoid(&array![[-40.0]]), (-40.0_f64).exp()));
        assert!(close(
            &sigmoid_derivative(&array![[40.0]]),
            (-40.0_f64).exp()
        ));
        assert!(close(&elu(&array![[-1e-20]], 1.0), -1e-20));
        for z in [-1e-300, -1e-9, -0.1, -1.0, -5.0, -40.0, -700.0_f64] {
            assert!(close(&elu(&array![[z]], 1.0), z.exp_m1()), "{z}");
            assert!(close(&elu_derivative(&array![[z]], 1.0), z.exp()), "{z}");
        }
    }

    #[test]
    fn a_nan_stays_a_nan() {
        for (name, activation, _) in ACTIVATIONS {
            assert!(activation(&array![[f64::NAN]])[[0, 0]].is_nan(), "{name}");
        }
    }
}
