//! What the checks call a student's function with: small networks in the middle of a real forward
//! pass.

use ndarray::Array2;
use ndarray_rand::RandomExt;

use crate::network::passes::{self, TANH};
use crate::network::{Cache, Gradients, LayerSize, Parameters};
use crate::random::{Randn, RandomState};

/// The notebook's cases are drawn from this seed, so that its outputs stay the same.
const FIXED_SEED: u32 = 404;

/// n_x, n_h, n_y, m. First one where all differ, so that a shape tells what it is of; then the course's
/// own; then one where the slide's W2·X conforms; then one with as many examples as the course's data, so
/// that none is lost unseen; then a further one. They are several, so that a constant that fits some does
/// not fit all.
pub(in crate::check) const SHAPES: &[(usize, usize, usize, usize)] = &[
    (3, 5, 2, 7),
    (2, 4, 1, 9),
    (4, 4, 2, 6),
    (5, 3, 1, 400),
    (6, 2, 4, 11),
];

/// Of W2·A1. Probabilities come near 0 or 1, so that an answer that cuts them or leaves them out shows,
/// and stay far enough from both that one which adds 1e-8 before the logarithm is as right.
const LARGEST_PRODUCT: f64 = 5.0;

/// One network and its data: more than any one exercise needs.
pub(in crate::check) struct Case {
    pub size: LayerSize,
    pub x: Array2<f64>,
    pub y: Array2<f64>,
    pub parameters: Parameters,
    pub cache: Cache,
    pub gradients: Gradients,
    pub learning_rate: f64,
    pub num_iterations: usize,
    /// Of the stream that an exercise hands to the student's function.
    pub seed: u32,
    /// Where the student's nn_model starts from, if that is known.
    pub start: Option<Parameters>,
}

/// The stream that the notebook's cases come from.
pub(in crate::check) fn fixed() -> RandomState {
    RandomState::new(FIXED_SEED)
}

pub(in crate::check) fn draw(
    shapes: &[(usize, usize, usize, usize)],
    rng: &mut RandomState,
) -> Vec<Case> {
    // Iterations few and different; rates on both sides of 1, one of them the course's.
    const RATES: [f64; 5] = [0.7, 1.2, 0.25, 0.4, 1.6];
    const ITERATIONS: [usize; 5] = [4, 6, 3, 5, 7];
    shapes
        .iter()
        .zip(RATES.iter().zip(ITERATIONS).cycle())
        .map(|(&shape, (&learning_rate, num_iterations))| {
            case(shape, learning_rate, num_iterations, rng)
        })
        .collect()
}

fn case(
    (n_x, n_h, n_y, m): (usize, usize, usize, usize),
    learning_rate: f64,
    num_iterations: usize,
    rng: &mut RandomState,
) -> Case {
    let x = normal((n_x, m), 1.0, rng);
    let y = labels((n_y, m), rng);
    let mut parameters = Parameters {
        w1: normal((n_h, n_x), 0.7, rng),
        b1: normal((n_h, 1), 0.5, rng),
        w2: normal((n_y, n_h), 1.0, rng),
        b2: normal((n_y, 1), 0.5, rng),
    };
    let products = parameters
        .w2
        .dot(&passes::forward(&x, &parameters, TANH).a1);
    let largest = products.fold(0.0_f64, |largest, z| largest.max(z.abs()));
    parameters.w2 *= LARGEST_PRODUCT / largest;
    let cache = passes::forward(&x, &parameters, TANH);
    let gradients = passes::backward(&parameters, &cache, &x, &y, TANH);
    Case {
        size: LayerSize { n_x, n_h, n_y },
        x,
        y,
        parameters,
        cache,
        gradients,
        learning_rate,
        num_iterations,
        seed: (rng.uniform() * 1e6) as u32,
        start: None,
    }
}

fn normal(shape: (usize, usize), scale: f64, rng: &mut RandomState) -> Array2<f64> {
    Array2::random_using(shape, Randn::new(), rng) * scale
}

/// About a third of ones, so that a cost moves from the first step on; both classes in each row.
fn labels((n_y, m): (usize, usize), rng: &mut RandomState) -> Array2<f64> {
    let mut y = Array2::from_shape_simple_fn((n_y, m), || f64::from(rng.uniform() < 0.3));
    for (row, mut labels) in y.rows_mut().into_iter().enumerate() {
        labels[row % m] = 1.0;
        labels[(row + 2) % m] = 0.0;
    }
    y
}

impl Case {
    pub fn m(&self) -> usize {
        self.x.ncols()
    }

    /// For a reader: which sizes the network of this case has.
    pub fn description(&self) -> String {
        format!("{}, m = {}", self.size, self.m())
    }

    /// The symbol of a number of rows or columns, where only one has that size.
    pub fn symbol(&self, length: usize) -> Option<&'static str> {
        let LayerSize { n_x, n_h, n_y } = self.size;
        if length == 1 {
            return Some("1");
        }
        let mut named = [("n_x", n_x), ("n_h", n_h), ("n_y", n_y), ("m", self.m())]
            .into_iter()
            .filter(|&(_, size)| size == length);
        match (named.next(), named.next()) {
            (Some((symbol, _)), None) => Some(symbol),
            _ => None,
        }
    }
}
