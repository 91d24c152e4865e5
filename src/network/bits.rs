//! Training has the same bits on every system: tests/systems/run asks Windows, ARM and WebAssembly
//! for what tests/golden/bits.txt has from x86-64 Linux.
//!
//! These digests say that systems agree. That the numbers are right is for the tests against numpy
//! and scikit-learn to say.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::passes::{self, Hidden, TANH};
use super::{LayerSize, Parameters};
use crate::activation::*;
use crate::{RandomState, load_planar_dataset, logistic_regression_cv};

/// Each activation of `explore`, beside the exercise's own.
const OTHERS: [(&str, Hidden); 4] = [
    ("sigmoid", hidden(sigmoid, sigmoid_derivative)),
    ("relu", hidden(relu, relu_derivative)),
    ("leaky_relu", hidden(leaky_relu, leaky_relu_derivative)),
    ("elu", hidden(|z| elu(z, 1.0), |z| elu_derivative(z, 1.0))),
];

type Elementwise = fn(&ndarray::Array2<f64>) -> ndarray::Array2<f64>;

const fn hidden(activation: Elementwise, derivative: Elementwise) -> Hidden {
    Hidden {
        activation,
        derivative,
    }
}

/// One line a run. `UPDATE_BITS=1 cargo test -p ex03_utils --lib the_same_bits` writes them anew.
#[test]
fn the_same_bits_on_every_system() {
    let mut lines = String::new();
    let mut note = |name: &str, values: Vec<f64>| {
        writeln!(lines, "{name} {}", digest(&values)).unwrap();
    };

    let (costs, parameters) = train(4, TANH, 1.2, 10_000);
    note("costs of 10000 iterations, n_h 4", costs);
    note("parameters after them", flat(&parameters));
    for n_h in [1, 2, 3, 5, 20, 50] {
        let (costs, parameters) = train(n_h, TANH, 1.2, 500);
        note(&format!("costs, n_h {n_h}"), costs);
        note(&format!("parameters, n_h {n_h}"), flat(&parameters));
    }
    for (name, hidden) in OTHERS {
        let (costs, parameters) = train(4, hidden, 0.1, 500);
        note(&format!("costs, {name}"), costs);
        note(&format!("parameters, {name}"), flat(&parameters));
    }
    let (x, y) = load_planar_dataset(1);
    let model = logistic_regression_cv(&x, &y, 3).unwrap();
    // linfa asks the platform for its exponentials, so the last bits of the coefficients differ.
    let mut fit = vec![model.c];
    fit.extend(&model.scores);
    fit.extend(&model.predict(&x));
    note("C, scores and predictions of the logistic regression", fit);

    if std::env::var_os("UPDATE_BITS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/bits.txt");
        std::fs::write(path, &lines).unwrap();
    } else {
        let expected: Vec<&str> = include_str!("../../tests/golden/bits.txt")
            .lines()
            .collect();
        assert_eq!(lines.lines().collect::<Vec<_>>(), expected);
    }
}

/// The cost of each iteration, before its update, and the parameters after the last, on the flower
/// of the exercise from seed 2.
fn train(n_h: usize, hidden: Hidden, rate: f64, iterations: usize) -> (Vec<f64>, Parameters) {
    let (x, y) = load_planar_dataset(1);
    let size = LayerSize {
        n_x: 2,
        n_h,
        n_y: 1,
    };
    let mut parameters = passes::initial(&size, 0.01, &mut RandomState::new(2));
    let costs = (0..iterations).map(|_| {
        let cache = passes::forward(&x, &parameters, hidden);
        let gradients = passes::backward(&parameters, &cache, &x, &y, hidden);
        parameters = passes::descend(&parameters, &gradients, rate);
        passes::cost(&cache.a2, &y)
    });
    (costs.collect(), parameters)
}

fn flat(parameters: &Parameters) -> Vec<f64> {
    let Parameters { w1, b1, w2, b2 } = parameters;
    [w1, b1, w2, b2].into_iter().flatten().copied().collect()
}

fn digest(values: &[f64]) -> String {
    assert!(values.iter().all(|value| value.is_finite()));
    let bytes: Vec<u8> = values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
