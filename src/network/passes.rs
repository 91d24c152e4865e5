//! The network of the exercise, forwards and backwards. The equations stand here once for all that
//! the library computes by itself: the cases of the checks, the replay, and the networks of
//! `explore`. Students write them in the notebook and do not see these.
//!
//! Examples are columns: X is (n_x, m), Y is (n_y, m).

use ndarray::{Array2, Axis};
use ndarray_rand::RandomExt;

use super::{Cache, Gradients, LayerSize, Parameters};
use crate::activation::{ln, sigmoid, tanh, tanh_derivative};
use crate::random::{Randn, RandomState};

/// What the units of the hidden layer do with Z, and its derivative with respect to Z.
#[derive(Clone, Copy)]
pub(crate) struct Hidden {
    pub activation: fn(&Array2<f64>) -> Array2<f64>,
    pub derivative: fn(&Array2<f64>) -> Array2<f64>,
}

/// The hidden layer of the exercise.
pub(crate) const TANH: Hidden = Hidden {
    activation: tanh,
    derivative: tanh_derivative,
};

/// Weights of `scale` times a standard normal draw, W1 before W2, and biases of zero.
pub(crate) fn initial(size: &LayerSize, scale: f64, rng: &mut RandomState) -> Parameters {
    let LayerSize { n_x, n_h, n_y } = *size;
    Parameters {
        w1: Array2::random_using((n_h, n_x), Randn::new(), rng) * scale,
        b1: Array2::zeros((n_h, 1)),
        w2: Array2::random_using((n_y, n_h), Randn::new(), rng) * scale,
        b2: Array2::zeros((n_y, 1)),
    }
}

/// Z1 = W1 X + b1, A1 = g(Z1), Z2 = W2 A1 + b2, A2 = σ(Z2).
pub(crate) fn forward(x: &Array2<f64>, parameters: &Parameters, hidden: Hidden) -> Cache {
    let Parameters { w1, b1, w2, b2 } = parameters;
    let z1 = w1.dot(x) + b1;
    let a1 = (hidden.activation)(&z1);
    let z2 = w2.dot(&a1) + b2;
    let a2 = sigmoid(&z2);
    Cache { z1, a1, z2, a2 }
}

/// The cross-entropy, summed over the outputs and averaged over the examples.
pub(crate) fn cost(a2: &Array2<f64>, y: &Array2<f64>) -> f64 {
    let m = y.ncols() as f64;
    let log_likelihood = y * &ln(a2) + (1.0 - y) * ln(&(1.0 - a2));
    -log_likelihood.sum() / m
}

/// The derivatives of the cost: dZ2 = A2 − Y, dW2 = dZ2 A1ᵀ / m, dZ1 = W2ᵀ dZ2 ⊙ g'(Z1), dW1 = dZ1
/// Xᵀ / m; db is the sum of dZ over the examples, divided by m.
pub(crate) fn backward(
    parameters: &Parameters,
    cache: &Cache,
    x: &Array2<f64>,
    y: &Array2<f64>,
    hidden: Hidden,
) -> Gradients {
    let m = x.ncols() as f64;
    let sum_of_examples = |dz: &Array2<f64>| dz.sum_axis(Axis(1)).insert_axis(Axis(1));
    let dz2 = &cache.a2 - y;
    let dz1 = parameters.w2.t().dot(&dz2) * (hidden.derivative)(&cache.z1);
    Gradients {
        dw1: dz1.dot(&x.t()) / m,
        db1: sum_of_examples(&dz1) / m,
        dw2: dz2.dot(&cache.a1.t()) / m,
        db2: sum_of_examples(&dz2) / m,
    }
}

/// One step of gradient descent: each parameter less `learning_rate` times its derivative.
pub(crate) fn descend(
    parameters: &Parameters,
    gradients: &Gradients,
    learning_rate: f64,
) -> Parameters {
    Parameters {
        w1: &parameters.w1 - learning_rate * &gradients.dw1,
        b1: &parameters.b1 - learning_rate * &gradients.db1,
        w2: &parameters.w2 - learning_rate * &gradients.dw2,
        b2: &parameters.b2 - learning_rate * &gradients.db2,
    }
}
