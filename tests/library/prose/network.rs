//! The exercise's network, after the slides.

use ex03_utils::*;

pub type Hidden = (
    fn(&Array2<f64>) -> Array2<f64>,
    fn(&Array2<f64>) -> Array2<f64>,
);

pub const TANH: Hidden = (tanh, tanh_derivative);

pub const RELU: Hidden = (relu, relu_derivative);

pub fn initial(n_h: usize, seed: u32, scale: f64) -> Parameters {
    let rng = &mut RandomState::new(seed);
    Parameters {
        w1: Array2::random_using((n_h, 2), Randn::new(), rng) * scale,
        b1: Array2::zeros((n_h, 1)),
        w2: Array2::random_using((1, n_h), Randn::new(), rng) * scale,
        b2: Array2::zeros((1, 1)),
    }
}

pub fn forward(parameters: &Parameters, x: &Array2<f64>, hidden: Hidden) -> Cache {
    let z1 = parameters.w1.dot(x) + &parameters.b1;
    let a1 = hidden.0(&z1);
    let z2 = parameters.w2.dot(&a1) + &parameters.b2;
    let a2 = sigmoid(&z2);
    Cache { z1, a1, z2, a2 }
}

/// The parameters after the last iteration, and the cost before each.
pub fn train(
    x: &Array2<f64>,
    y: &Array2<f64>,
    start: Parameters,
    iterations: usize,
    rate: f64,
    hidden: Hidden,
) -> (Parameters, Vec<f64>) {
    let m = x.ncols() as f64;
    let mut p = start;
    let mut costs = Vec::new();
    for _ in 0..iterations {
        let cache = forward(&p, x, hidden);
        let losses = y * &cache.a2.ln() + (1.0 - y) * (1.0 - &cache.a2).ln();
        costs.push(-losses.sum() / m);
        let dz2 = &cache.a2 - y;
        let dz1 = p.w2.t().dot(&dz2) * hidden.1(&cache.z1);
        let sum = |dz: &Array2<f64>| dz.sum_axis(Axis(1)).insert_axis(Axis(1));
        p = Parameters {
            w1: &p.w1 - rate / m * dz1.dot(&x.t()),
            b1: &p.b1 - rate / m * sum(&dz1),
            w2: &p.w2 - rate / m * dz2.dot(&cache.a1.t()),
            b2: &p.b2 - rate / m * sum(&dz2),
        };
    }
    (p, costs)
}

pub fn percent(a2: &Array2<f64>, y: &Array2<f64>) -> f64 {
    100.0 * accuracy(&a2.mapv(|a2| f64::from(a2 > 0.5)), y)
}

pub fn on(parameters: &Parameters, x: &Array2<f64>, y: &Array2<f64>) -> f64 {
    percent(&forward(parameters, x, TANH).a2, y)
}

/// The mean over ten flowers that the network has not seen.
pub fn fresh(parameters: &Parameters) -> f64 {
    let flowers = (2..12).map(load_planar_dataset);
    flowers.map(|(x, y)| on(parameters, &x, &y)).sum::<f64>() / 10.0
}
