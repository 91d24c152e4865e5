//! One epoch of training, as `nn_model` does it, at m examples and n_h hidden units: `cargo bench
//! --profile stock -- 400/4`.

mod training;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, SamplingMode, criterion_group, criterion_main};
use ex03_utils::*;
use training::*;

fn epoch(criterion: &mut Criterion) {
    // As the first cell of a notebook does.
    start_notebook();
    let mut group = criterion.benchmark_group("epoch");
    group.sampling_mode(SamplingMode::Flat);
    for m in [400, 4_000, 40_000, 400_000] {
        for n_h in [4, 20, 50] {
            group.bench_function(BenchmarkId::new(m.to_string(), n_h), |bencher| {
                let (x, y) = problem(m);
                let mut parameters = initial_parameters(n_h);
                bencher.iter(|| {
                    let cache = fpropagation(&x, &parameters);
                    black_box(cost_function(&cache.a2, &y));
                    let gradients = bpropagation(&parameters, &cache, &x, &y);
                    parameters = update_parameters(&parameters, &gradients, 0.1);
                });
            });
        }
    }
}

/// Two classes that no line separates: points of a plane by the quadrants that they lie in.
fn problem(m: usize) -> (Array2<f64>, Array2<f64>) {
    let mut rng = RandomState::new(1);
    let x = Array2::random_using((2, m), Randn::new(), &mut rng);
    let y = Array2::from_shape_fn((1, m), |(_, i)| f64::from(x[[0, i]] * x[[1, i]] > 0.0));
    (x, y)
}

fn initial_parameters(n_h: usize) -> Parameters {
    let mut rng = RandomState::new(2);
    Parameters {
        w1: Array2::random_using((n_h, 2), Randn::new(), &mut rng),
        b1: Array2::zeros((n_h, 1)),
        w2: Array2::random_using((1, n_h), Randn::new(), &mut rng),
        b2: Array2::zeros((1, 1)),
    }
}

criterion_group!(benches, epoch);
criterion_main!(benches);
