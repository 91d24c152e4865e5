//! What is looked at of drawn parameters: shapes, and of layers that are large enough, statistics.
//! So any way of drawing Gaussians is as right as the notebook's.

use std::collections::HashSet;

use super::formula::{Matrix, SCALE};
use crate::check::judging::answer::{Output, number, shape, statistic};
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
    let (spread_1, spread_2) = (spread(&p.w1), spread(&p.w2));
    outputs.extend([
        // The spread of 1,250 draws is off by 2 %, their mean by 3 % of it.
        statistic(
            "la desviación típica de W1",
            spread_1,
            0.12 * spread_1.max(SCALE),
        ),
        statistic(
            "la media de W1 entre su tamaño típico",
            relative_mean(&p.w1),
            0.25,
        ),
        statistic(
            "la desviación típica de W2",
            spread_2,
            0.12 * spread_2.max(SCALE),
        ),
        statistic(
            "la media de W2 entre su tamaño típico",
            relative_mean(&p.w2),
            0.25,
        ),
        number("las filas distintas de W1", distinct_rows(&p.w1)),
        number("las filas distintas de W2", distinct_rows(&p.w2)),
        number("los pesos que valen exactamente 0", zeros(&p)),
        number(
            "los valores de W2 que están también en W1",
            shared(&p.w1, &p.w2),
        ),
        number(
            "los pesos que cambian con otra semilla",
            f64::from(p.w1 != again.w1),
        ),
        statistic(
            "el tamaño típico de b1",
            root_mean_square(&p.b1),
            0.5 * root_mean_square(&p.b1) + 1e-12,
        ),
        statistic(
            "la desviación típica de b1",
            spread(&p.b1),
            0.5 * spread(&p.b1) + 1e-12,
        ),
        statistic(
            "el tamaño típico de b2",
            root_mean_square(&p.b2),
            0.5 * root_mean_square(&p.b2) + 1e-12,
        ),
        statistic(
            "la desviación típica de b2",
            spread(&p.b2),
            0.5 * spread(&p.b2) + 1e-12,
        ),
    ]);
    outputs
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
    row.into_iter().map(f64::to_bits).collect()
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

fn zeros(p: &Parameters) -> f64 {
    let weights = p.w1.iter().chain(&p.w2);
    weights.filter(|weight| **weight == 0.0).count() as f64
}
