//! What is looked at of drawn parameters: shapes, and of layers that are large enough, statistics.
//! So any way of drawing Gaussians is as right as the notebook's.

use std::collections::HashSet;

use super::formula::{Matrix, SCALE};
use crate::check::judging::answer::{Output, shape, statistic, zeros};
use crate::check::judging::case::Case;
use crate::network::{LayerSize, Parameters};
use crate::random::RandomState;

pub type Student<'a> = &'a dyn Fn(&LayerSize, &mut RandomState) -> Parameters;

/// Weights of a layer above which statistics are compared.
const ENOUGH: usize = 1000;

pub fn outputs(case: &Case, f: Student) -> Vec<Output> {
    let p = f(&case.size, &mut RandomState::new(case.seed));
    let mut outputs = vec![
        shape("W1", &p.w1),
        shape("b1", &p.b1),
        shape("W2", &p.w2),
        shape("b2", &p.b2),
    ];
    if case.size.n_x * case.size.n_h < ENOUGH {
        return outputs;
    }
    let again = f(&case.size, &mut RandomState::new(case.seed + 1));
    let changes = f64::from(p.w1 != again.w1);
    let (w1, w2) = (&p.w1, &p.w2);
    outputs.extend([
        deviation("W1", "la desviación típica de W1", w1),
        balance("W1", "la media de W1 entre su tamaño típico", w1),
        deviation("W2", "la desviación típica de W2", w2),
        balance("W2", "la media de W2 entre su tamaño típico", w2),
        count("W1", "las filas distintas de W1", distinct_rows(w1)),
        count("W2", "las filas distintas de W2", distinct_rows(w2)),
        count("", "los pesos que valen exactamente 0", zero_weights(&p)),
        count(
            "W2",
            "los valores de W2 que están también en W1",
            shared(w1, w2),
        ),
        count("", "los pesos que cambian con otra semilla", changes),
        zeros("b1", root_mean_square(&p.b1), spread(&p.b1)),
        zeros("b2", root_mean_square(&p.b2), spread(&p.b2)),
    ]);
    outputs
}

/// The spread of 1,250 draws is off by 2 %, their mean by 3 % of it.
fn deviation(part: &'static str, name: &'static str, weights: &Matrix) -> Output {
    let spread = spread(weights);
    statistic(part, name, spread, 0.12 * spread.max(SCALE))
}

fn balance(part: &'static str, name: &'static str, weights: &Matrix) -> Output {
    statistic(part, name, relative_mean(weights), 0.25)
}

fn count(part: &'static str, name: &'static str, count: f64) -> Output {
    statistic(part, name, count, 0.5)
}

fn mean(values: &Matrix) -> f64 {
    values.sum() / values.len().max(1) as f64
}

fn root_mean_square(values: &Matrix) -> f64 {
    mean(&(values * values)).sqrt()
}

/// Standard deviation; 0 up to round-off where all values are one.
pub fn spread(values: &Matrix) -> f64 {
    let mean = mean(values);
    let spread = root_mean_square(&values.mapv(|v| v - mean));
    if spread > 1e-9 * mean.abs() {
        spread
    } else {
        0.0
    }
}

/// Between −1 and 1; 0 of zeros.
fn relative_mean(values: &Matrix) -> f64 {
    let size = root_mean_square(values);
    if size > 0.0 { mean(values) / size } else { 0.0 }
}

fn bits(row: impl IntoIterator<Item = f64>) -> Vec<u64> {
    // −0 is no other value than 0.
    row.into_iter()
        .map(|value| (value + 0.0).to_bits())
        .collect()
}

pub fn distinct_rows(values: &Matrix) -> f64 {
    let rows: HashSet<Vec<u64>> = values
        .rows()
        .into_iter()
        .map(|row| bits(row.iter().copied()))
        .collect();
    rows.len() as f64
}

fn shared(w1: &Matrix, w2: &Matrix) -> f64 {
    let of_w1: HashSet<u64> = w1.iter().map(|value| value.to_bits()).collect();
    w2.iter()
        .filter(|value| **value != 0.0 && of_w1.contains(&value.to_bits()))
        .count() as f64
}

fn zero_weights(p: &Parameters) -> f64 {
    let weights = p.w1.iter().chain(&p.w2);
    weights.filter(|weight| **weight == 0.0).count() as f64
}
