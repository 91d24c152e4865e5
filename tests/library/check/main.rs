//! What a student sees of a check. The course's own way stands here; the rooms try others.

mod named;
mod panics;
mod report;
mod right;
mod told;

use ex03_utils::check::{self, Report, exercises};
use ex03_utils::*;

fn sizes(x: &Array2<f64>, y: &Array2<f64>) -> LayerSize {
    LayerSize {
        n_x: x.nrows(),
        n_h: 4,
        n_y: y.nrows(),
    }
}

fn init(size: &LayerSize, rng: &mut RandomState) -> Parameters {
    Parameters {
        w1: Array2::random_using((size.n_h, size.n_x), Randn::new(), rng) * 0.01,
        b1: Array2::zeros((size.n_h, 1)),
        w2: Array2::random_using((size.n_y, size.n_h), Randn::new(), rng) * 0.01,
        b2: Array2::zeros((size.n_y, 1)),
    }
}

fn forward(x: &Array2<f64>, p: &Parameters) -> Cache {
    let z1 = p.w1.dot(x) + &p.b1;
    let a1 = tanh(&z1);
    let z2 = p.w2.dot(&a1) + &p.b2;
    let a2 = sigmoid(&z2);
    Cache { z1, a1, z2, a2 }
}

fn cost(a2: &Array2<f64>, y: &Array2<f64>) -> f64 {
    let m = y.ncols() as f64;
    let logs = y * a2.mapv(f64::ln) + (1.0 - y) * a2.mapv(|a| (1.0 - a).ln());
    -logs.sum() / m
}

fn backward(p: &Parameters, cache: &Cache, x: &Array2<f64>, y: &Array2<f64>) -> Gradients {
    let m = x.ncols() as f64;
    let dz2 = &cache.a2 - y;
    let dw2 = dz2.dot(&cache.a1.t()) / m;
    let db2 = dz2.sum_axis(Axis(1)).insert_axis(Axis(1)) / m;
    let dz1 = p.w2.t().dot(&dz2) * cache.a1.mapv(|a| 1.0 - a.powi(2));
    let dw1 = dz1.dot(&x.t()) / m;
    let db1 = dz1.sum_axis(Axis(1)).insert_axis(Axis(1)) / m;
    Gradients { dw1, db1, dw2, db2 }
}

fn update(p: &Parameters, g: &Gradients, rate: f64) -> Parameters {
    Parameters {
        w1: &p.w1 - rate * &g.dw1,
        b1: &p.b1 - rate * &g.db1,
        w2: &p.w2 - rate * &g.dw2,
        b2: &p.b2 - rate * &g.db2,
    }
}

/// The loop, from parameters that are given.
fn train(
    x: &Array2<f64>,
    y: &Array2<f64>,
    mut p: Parameters,
    iterations: usize,
    rate: f64,
) -> (Parameters, Vec<f64>) {
    let mut costs = Vec::new();
    for _ in 0..iterations {
        let cache = forward(x, &p);
        costs.push(cost(&cache.a2, y));
        p = update(&p, &backward(&p, &cache, x, y), rate);
    }
    (p, costs)
}

fn model(
    x: &Array2<f64>,
    y: &Array2<f64>,
    size: &LayerSize,
    iterations: usize,
    rate: f64,
    rng: &mut RandomState,
) -> (Parameters, Vec<f64>) {
    train(x, y, init(size, rng), iterations, rate)
}

fn decide(p: &Parameters, x: &Array2<f64>) -> Array2<f64> {
    forward(x, p).a2.mapv(|a| if a > 0.5 { 1.0 } else { 0.0 })
}

/// In the order of the registry.
fn all_right() -> [Report; exercises::NAMES.len()] {
    [
        check::layer_size(sizes),
        check::init_parameters(init),
        check::fpropagation(forward),
        check::cost_function(cost),
        check::bpropagation(backward),
        check::update_parameters(update),
        check::nn_model(model),
        check::predict(decide),
    ]
}

fn blanks() -> [Report; exercises::NAMES.len()] {
    [
        check::layer_size(|_, _| todo!("n_x, n_h y n_y")),
        check::init_parameters(|_, _| todo!()),
        check::fpropagation(|_, _| unimplemented!()),
        check::cost_function(|_, _| todo!("el costo")),
        check::bpropagation(|_, _, _, _| todo!()),
        check::update_parameters(|_, _, _| unimplemented!("luego")),
        check::nn_model(|_, _, _, _, _, _| todo!()),
        check::predict(|_, _| todo!()),
    ]
}

#[test]
fn every_exercise_is_tried() {
    for reports in [all_right(), blanks()] {
        assert_eq!(reports.each_ref().map(Report::exercise), exercises::NAMES);
    }
}
