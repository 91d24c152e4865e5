//! Right answers of every kind pass.

use ex03_utils::check::{self, Outcome};
use ex03_utils::*;

use super::*;

#[test]
fn the_courses_own_way_is_correct() {
    for report in all_right() {
        assert_eq!(report.outcome(), Outcome::Correct, "{report}");
        assert!(report.to_string().contains("correcto"));
        assert!(report.html().contains("✔"));
    }
}

#[test]
fn other_right_ways_are_as_correct() {
    let others = [
        check::layer_size(|x, y| LayerSize {
            n_x: x.shape()[0],
            n_h: 4,
            n_y: y.dim().0,
        }),
        check::layer_size(|x, y| LayerSize {
            n_x: x.column(0).len(),
            n_h: 4,
            n_y: y.len_of(Axis(0)),
        }),
        check::init_parameters(|size, rng| {
            let w2 = Array2::random_using((size.n_y, size.n_h), StandardNormal, rng) * 0.01;
            let w1 = Array2::random_using((size.n_h, size.n_x), StandardNormal, rng) * 0.01;
            Parameters {
                w1,
                b1: Array2::zeros((size.n_h, 1)),
                w2,
                b2: Array2::zeros((size.n_y, 1)),
            }
        }),
        check::init_parameters(|size, rng| Parameters {
            w1: Array2::from_shape_simple_fn((size.n_h, size.n_x), || {
                rng.standard_normal() / 100.0
            }),
            b1: Array2::from_elem((size.n_h, 1), 0.0),
            w2: Array2::from_shape_simple_fn((size.n_y, size.n_h), || {
                rng.standard_normal() / 100.0
            }),
            b2: Array2::default((size.n_y, 1)),
        }),
        // The formula of the slide for tanh, and a sigmoid of one's own.
        check::fpropagation(|x, p| {
            let z1 = &p.w1.dot(x) + &p.b1;
            let a1 = z1.mapv(|z| 2.0 / (1.0 + (-2.0 * z).exp()) - 1.0);
            let z2 = &p.w2.dot(&a1) + &p.b2;
            let a2 = z2.mapv(|z| 1.0 / (1.0 + (-z).exp()));
            Cache { z1, a1, z2, a2 }
        }),
        // Column by column.
        check::fpropagation(|x, p| {
            let m = x.ncols();
            let mut z1 = Array2::zeros((p.w1.nrows(), m));
            let mut z2 = Array2::zeros((p.w2.nrows(), m));
            for i in 0..m {
                let z = p.w1.dot(&x.column(i)) + p.b1.column(0);
                z2.column_mut(i)
                    .assign(&(p.w2.dot(&z.mapv(f64::tanh)) + p.b2.column(0)));
                z1.column_mut(i).assign(&z);
            }
            let (a1, a2) = (tanh(&z1), sigmoid(&z2));
            Cache { z1, a1, z2, a2 }
        }),
        // Index by index.
        check::fpropagation(|x, p| {
            let layer = |w: &Array2<f64>, a: &Array2<f64>, b: &Array2<f64>| {
                Array2::from_shape_fn((w.nrows(), a.ncols()), |(j, i)| {
                    (0..w.ncols()).map(|k| w[(j, k)] * a[(k, i)]).sum::<f64>() + b[(j, 0)]
                })
            };
            let z1 = layer(&p.w1, x, &p.b1);
            let a1 = z1.mapv(|z| z.sinh() / z.cosh());
            let z2 = layer(&p.w2, &a1, &p.b2);
            let a2 = sigmoid(&z2);
            Cache { z1, a1, z2, a2 }
        }),
        // Clipped logarithms.
        check::cost_function(|a2, y| {
            let a = a2.mapv(|a| a.clamp(1e-15, 1.0 - 1e-15));
            -(y * &a.mapv(f64::ln) + (1.0 - y) * &(1.0 - &a).mapv(f64::ln)).sum() / y.ncols() as f64
        }),
        check::cost_function(|a2, y| {
            let terms = a2
                .iter()
                .zip(y)
                .map(|(&a, &y)| y * (a + 1e-8).ln() + (1.0 - y) * (1.0 - a + 1e-8).ln());
            -terms.sum::<f64>() / a2.ncols() as f64
        }),
        // As a choice between the two logarithms, and as a mean over the examples.
        check::cost_function(|a2, y| {
            let loss = Zip::from(a2)
                .and(y)
                .map_collect(|&a, &y| if y == 1.0 { -a.ln() } else { -(-a).ln_1p() });
            loss.sum_axis(Axis(0)).mean().unwrap()
        }),
        check::cost_function(|a2, y| {
            let mut sum = 0.0;
            for i in 0..y.ncols() {
                for k in 0..y.nrows() {
                    sum -= y[[k, i]] * a2[[k, i]].ln();
                    sum -= (1.0 - y[[k, i]]) * (1.0 - a2[[k, i]]).ln();
                }
            }
            sum / y.ncols() as f64
        }),
        // 1 − tanh²(Z1), and means.
        check::bpropagation(|p, cache, x, y| {
            let m = y.ncols() as f64;
            let dz2 = (&cache.a2 - y) / m;
            let dz1 = p.w2.t().dot(&dz2) * tanh_derivative(&cache.z1);
            Gradients {
                dw1: dz1.dot(&x.t()),
                db1: dz1.sum_axis(Axis(1)).insert_axis(Axis(1)),
                dw2: dz2.dot(&cache.a1.t()),
                db2: dz2.sum_axis(Axis(1)).insert_axis(Axis(1)),
            }
        }),
        check::bpropagation(|p, cache, x, y| {
            let m = y.ncols() as f64;
            let dz2 = &cache.a2 - y;
            let dz1 = p.w2.t().dot(&dz2) * (1.0 - &cache.a1 * &cache.a1);
            Gradients {
                dw1: dz1.dot(&x.t()) / m,
                db1: dz1.mean_axis(Axis(1)).unwrap().insert_axis(Axis(1)),
                dw2: dz2.dot(&cache.a1.t()) / m,
                db2: dz2.mean_axis(Axis(1)).unwrap().insert_axis(Axis(1)),
            }
        }),
        // A product with ones.
        check::bpropagation(|p, cache, x, y| {
            let ones = Array2::<f64>::ones((y.ncols(), 1));
            let mean = 1.0 / y.ncols() as f64;
            let dz2 = -(y - &cache.a2);
            let dz1 =
                dz2.t().dot(&p.w2).reversed_axes() * (1.0 - cache.z1.mapv(|z| z.tanh().powi(2)));
            Gradients {
                dw1: mean * x.dot(&dz1.t()).reversed_axes(),
                db1: mean * dz1.dot(&ones),
                dw2: mean * dz2.dot(&cache.a1.t()),
                db2: mean * dz2.dot(&ones),
            }
        }),
        // One example after the other.
        check::bpropagation(|p, cache, x, y| {
            let mut g = Gradients {
                dw1: Array2::zeros(p.w1.dim()),
                db1: Array2::zeros(p.b1.dim()),
                dw2: Array2::zeros(p.w2.dim()),
                db2: Array2::zeros(p.b2.dim()),
            };
            for i in 0..x.ncols() {
                let column = |a: &Array2<f64>| a.column(i).to_owned().insert_axis(Axis(1));
                let dz2 = column(&cache.a2) - column(y);
                let dz1 = p.w2.t().dot(&dz2) * column(&cache.a1).mapv(|a| (1.0 - a) * (1.0 + a));
                g.dw1 += &dz1.dot(&column(x).t());
                g.db1 += &dz1;
                g.dw2 += &dz2.dot(&column(&cache.a1).t());
                g.db2 += &dz2;
            }
            let m = x.ncols() as f64;
            Gradients {
                dw1: g.dw1 / m,
                db1: g.db1 / m,
                dw2: g.dw2 / m,
                db2: g.db2 / m,
            }
        }),
        check::update_parameters(|p, g, rate| {
            let mut new = p.clone();
            new.w1.scaled_add(-rate, &g.dw1);
            new.b1.scaled_add(-rate, &g.db1);
            new.w2.scaled_add(-rate, &g.dw2);
            new.b2.scaled_add(-rate, &g.db2);
            new
        }),
        check::update_parameters(|p, g, rate| {
            let mut new = p.clone();
            new.w1 -= &(rate * &g.dw1);
            new.b1 -= &(rate * &g.db1);
            new.w2.zip_mut_with(&g.dw2, |w, dw| *w -= rate * dw);
            new.b2.zip_mut_with(&g.db2, |b, db| *b -= rate * db);
            new
        }),
        // Draws that are not the notebook's.
        check::nn_model(|x, y, size, iterations, rate, rng| {
            let normal = |shape, rng: &mut RandomState| {
                Array2::random_using(shape, StandardNormal, rng) * 0.01
            };
            let p = Parameters {
                w1: normal((size.n_h, size.n_x), rng),
                b1: Array2::zeros((size.n_h, 1)),
                w2: normal((size.n_y, size.n_h), rng),
                b2: Array2::zeros((size.n_y, 1)),
            };
            train(x, y, p, iterations, rate)
        }),
        check::nn_model(|x, y, size, iterations, rate, rng| {
            let w2 =
                Array2::from_shape_simple_fn((size.n_y, size.n_h), || 0.01 * rng.standard_normal());
            let w1 =
                Array2::from_shape_simple_fn((size.n_h, size.n_x), || 0.01 * rng.standard_normal());
            let p = Parameters {
                w1,
                b1: Array2::zeros((size.n_h, 1)),
                w2,
                b2: Array2::zeros((size.n_y, 1)),
            };
            train(x, y, p, iterations, rate)
        }),
        // A loop that counts in another way, and cannot do without an iteration.
        check::nn_model(|x, y, size, iterations, rate, rng| {
            let w2 = Array2::from_shape_simple_fn((size.n_y, size.n_h), || {
                rng.standard_normal() / 100.0
            });
            let w1 = Array2::from_shape_simple_fn((size.n_h, size.n_x), || {
                rng.standard_normal() / 100.0
            });
            let mut p = Parameters {
                w1,
                b1: Array2::zeros((size.n_h, 1)),
                w2,
                b2: Array2::zeros((size.n_y, 1)),
            };
            let mut costs = Vec::with_capacity(iterations);
            let last = iterations - 1;
            for i in (0..=last).rev() {
                let cache = forward(x, &p);
                costs.push(cost(&cache.a2, y));
                let g = backward(&p, &cache, x, y);
                p = update(&p, &g, rate);
                assert!(i <= last && 10 % iterations <= 10);
            }
            (p, costs)
        }),
        check::predict(|p, x| forward(x, p).z2.mapv(|z| f64::from(z > 0.0))),
        check::predict(|p, x| forward(x, p).a2.mapv(f64::round)),
        check::predict(|p, x| {
            let a2 = forward(x, p).a2;
            let mut classes = Array2::zeros(a2.dim());
            for (class, &a) in classes.iter_mut().zip(&a2) {
                if a > 0.5 {
                    *class = 1.0;
                }
            }
            classes
        }),
    ];
    assert!(others.len() >= 20);
    for (i, report) in others.iter().enumerate() {
        assert_eq!(report.points(), 1.0, "number {i}: {report}");
        assert!(report.misconceptions().is_empty());
    }
}

/// y log a + (1 − y) log(1 − a), of each value.
fn log_likelihoods(a2: &Array2<f64>, y: &Array2<f64>) -> Array2<f64> {
    y * ln(a2) + (1.0 - y) * ln(&(1.0 - a2))
}

/// What the slide's formula asks for, whose n_y is 1.
#[test]
fn what_is_right_for_one_output_passes_with_a_remark() {
    let of_first_row = |a2: &Array2<f64>, y: &Array2<f64>| {
        let m = y.ncols() as f64;
        let products = y.dot(&ln(a2).t()) + (1.0 - y).dot(&ln(&(1.0 - a2)).t());
        -products[[0, 0]] / m
    };
    let reports = [
        check::cost_function(|a2, y| -log_likelihoods(a2, y).mean().unwrap()),
        check::cost_function(|a2, y| -log_likelihoods(a2, y).sum() / y.len() as f64),
        check::cost_function(of_first_row),
        check::bpropagation(|p, cache, x, y| {
            let g = backward(p, cache, x, y);
            let n_y = y.nrows() as f64;
            Gradients {
                dw1: g.dw1 / n_y,
                db1: g.db1 / n_y,
                dw2: g.dw2 / n_y,
                db2: g.db2 / n_y,
            }
        }),
        check::bpropagation(|p, cache, x, y| {
            let g = backward(p, cache, x, y);
            let db2 = array![[(&cache.a2 - y).mean().unwrap()]];
            Gradients { db2, ..g }
        }),
        check::fpropagation(|x, p| {
            let z1 = p.w1.dot(x) + &p.b1;
            let a1 = tanh(&z1);
            let z2 = p.w2.dot(&a1) + p.b2[[0, 0]];
            let a2 = sigmoid(&z2);
            Cache { z1, a1, z2, a2 }
        }),
    ];
    for report in reports {
        assert_eq!(
            (report.outcome(), report.points()),
            (Outcome::Correct, 1.0),
            "{report}"
        );
        assert!(report.message().contains("con una sola salida"), "{report}");
        let [remark] = report.remarks() else {
            panic!("{report}")
        };
        assert!(remark.contains("con varias salidas"), "{report}");
        assert!(report.html().contains("con varias salidas"));
    }
    // And so does a model that is made of such parts.
    let model = check::nn_model(|x, y, size, iterations, rate, rng| {
        let mut p = init(size, rng);
        let mut costs = Vec::new();
        for _ in 0..iterations {
            let cache = forward(x, &p);
            costs.push(-log_likelihoods(&cache.a2, y).mean().unwrap());
            p = update(&p, &backward(&p, &cache, x, y), rate);
        }
        (p, costs)
    });
    assert_eq!(model.outcome(), Outcome::Correct, "{model}");
}

#[test]
fn several_outputs_hide_no_mistake() {
    let wrong_sign = check::cost_function(|a2, y| log_likelihoods(a2, y).mean().unwrap());
    assert_eq!(wrong_sign.misconceptions(), ["wrong_sign"], "{wrong_sign}");
    let in_base_10 = check::cost_function(|a2, y| {
        log_likelihoods(a2, y).mean().unwrap() / -std::f64::consts::LN_10
    });
    assert_eq!(
        in_base_10.misconceptions(),
        ["logarithm_base_10"],
        "{in_base_10}"
    );
}
