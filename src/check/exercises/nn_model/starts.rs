//! Where a student's training starts: parameters may be drawn in any way, and what comes after is
//! judged from there.

use ndarray::Array2;
use ndarray_rand::RandomExt;
use ndarray_rand::rand_distr::StandardNormal;

use super::formula::{Draw, Matrix};
use crate::check::exercises::init_parameters::{SCALE, distinct_rows, spread};
use crate::check::judging::case::Case;
use crate::check::judging::panics::catch;
use crate::network::{LayerSize, Parameters};
use crate::random::{Randn, RandomState};

pub type Student<'a> = &'a dyn Fn(
    &Array2<f64>,
    &Array2<f64>,
    &LayerSize,
    usize,
    f64,
    &mut RandomState,
) -> (Parameters, Vec<f64>);

pub fn call(
    f: Student,
    case: &Case,
    iterations: usize,
    rate: f64,
    seed: u32,
) -> (Parameters, Vec<f64>) {
    f(
        &case.x,
        &case.y,
        &case.size,
        iterations,
        rate,
        &mut RandomState::new(seed),
    )
}

/// Right ways of drawing that give other numbers than the notebook's.
pub const OTHER_DRAWS: &[Draw] = &[
    |size, rng| {
        let normal =
            |shape, rng: &mut RandomState| Matrix::random_using(shape, StandardNormal, rng);
        let w1 = normal((size.n_h, size.n_x), rng);
        let w2 = normal((size.n_y, size.n_h), rng);
        with_zero_biases(w1, w2)
    },
    |size, rng| {
        let randn = Randn::new();
        let w1 = Matrix::random_using((size.n_h, size.n_x), &randn, rng);
        let w2 = Matrix::random_using((size.n_y, size.n_h), &randn, rng);
        with_zero_biases(w1, w2)
    },
];

fn with_zero_biases(w1: Matrix, w2: Matrix) -> Parameters {
    Parameters {
        b1: Matrix::zeros((w1.nrows(), 1)),
        b2: Matrix::zeros((w2.nrows(), 1)),
        w1: w1 * SCALE,
        w2: w2 * SCALE,
    }
}

/// Where a student's training starts.
pub struct Start {
    pub parameters: Parameters,
    pub is_small_and_random: bool,
}

/// What the student's function starts from: what it returns after no iteration, or else after
/// iterations of rate 0.
pub fn start_of(f: Student, case: &Case) -> Option<Start> {
    let fits =
        |parameters: &Parameters| parameters.layer_size().is_ok_and(|size| size == case.size);
    let probes = [(0, case.learning_rate), (case.num_iterations, 0.0)];
    probes.iter().find_map(|&(iterations, rate)| {
        let start = |seed| {
            catch(|| call(f, case, iterations, rate, seed).0)
                .ok()
                .filter(fits)
        };
        let parameters = start(case.seed)?;
        let other = start(case.seed + 1)?;
        let small = |w: &Matrix| (0.001..0.05).contains(&spread(w));
        Some(Start {
            is_small_and_random: small(&parameters.w1)
                && small(&parameters.w2)
                && distinct_rows(&parameters.w1) == case.size.n_h as f64
                && parameters
                    .b1
                    .iter()
                    .chain(&parameters.b2)
                    .all(|&b| b == 0.0)
                && parameters.w1 != other.w1,
            parameters,
        })
    })
}
