//! The exercises as the solved notebook has them.

use ex03_utils::*;

pub fn fpropagation(x: &Array2<f64>, parameters: &Parameters) -> Cache {
    let Parameters { w1, b1, w2, b2 } = parameters;
    // z1 y a1 son (n_h, m); z2 y a2, (n_y, m)
    let z1 = w1.dot(x) + b1;
    let a1 = tanh(&z1);
    let z2 = w2.dot(&a1) + b2;
    let a2 = sigmoid(&z2);
    Cache { z1, a1, z2, a2 }
}

pub fn cost_function(a2: &Array2<f64>, y: &Array2<f64>) -> f64 {
    let m = y.ncols() as f64;
    let log_likelihood = y * &ln(a2) + (1.0 - y) * ln(&(1.0 - a2));
    -log_likelihood.sum() / m
}

pub fn bpropagation(
    parameters: &Parameters,
    cache: &Cache,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Gradients {
    let w2 = &parameters.w2;
    let (a1, a2) = (&cache.a1, &cache.a2);
    // dz2 es (n_y, m); dz1, (n_h, m); cada gradiente, como su parámetro
    let m = x.ncols() as f64;
    let dz2 = a2 - y;
    let dw2 = dz2.dot(&a1.t()) / m;
    let db2 = dz2.sum_axis(Axis(1)).insert_axis(Axis(1)) / m;
    let dz1 = w2.t().dot(&dz2) * (1.0 - a1 * a1);
    let dw1 = dz1.dot(&x.t()) / m;
    let db1 = dz1.sum_axis(Axis(1)).insert_axis(Axis(1)) / m;
    Gradients { dw1, db1, dw2, db2 }
}

pub fn update_parameters(
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
