//! Mistakes that the tables know, in one output of several, and in how the parts are called.

use ex03_utils::check::{self, Report};
use ex03_utils::*;

use super::*;

#[track_caller]
fn assert_named(report: &Report, id: &str, only_in: &str) {
    assert_eq!(report.points(), 0.0, "{report}");
    assert_eq!(report.misconceptions(), [id], "{report}");
    let text = report.to_string();
    let says = format!("Ese error está solo en {only_in}.");
    assert_eq!(!only_in.is_empty(), text.contains(&says), "{text}");
    assert!(!text.contains("tamaño típico de b"), "{text}");
}

#[test]
fn a_mistake_in_one_output_of_several_is_named() {
    let random = |shape, rng: &mut RandomState| Array2::random_using(shape, Randn::new(), rng);
    for scale in [0.01, 0.1, 1.0] {
        let only_b1 = check::init_parameters(|size, rng| {
            let p = init(size, rng);
            Parameters {
                b1: random((size.n_h, 1), rng) * scale,
                ..p
            }
        });
        assert_named(&only_b1, "random_biases", "b1");
        assert_eq!(only_b1.difference(), "b1 debería ser cero, y no lo es.");
    }
    let only_b2 = check::init_parameters(|size, rng| {
        let p = init(size, rng);
        Parameters {
            b2: Array2::ones((size.n_y, 1)),
            ..p
        }
    });
    assert_named(&only_b2, "biases_of_one", "b2");
    let only_w2 = check::init_parameters(|size, rng| {
        let p = init(size, rng);
        Parameters {
            w2: p.w2 * 0.0,
            ..p
        }
    });
    assert_named(&only_w2, "w2_zero", "");

    let gradients = |change: fn(&mut Gradients, f64)| {
        check::bpropagation(|p, cache, x, y| {
            let mut g = backward(p, cache, x, y);
            change(&mut g, y.ncols() as f64);
            g
        })
    };
    assert_named(&gradients(|g, _| g.db2.fill(0.0)), "zero_biases", "db2");
    assert_named(&gradients(|g, m| g.dw1 *= m), "missing_mean", "dW1");
    assert_named(
        &gradients(|g, m| {
            g.dw2 *= m / (m - 1.0);
            g.db1 *= m / (m - 1.0);
        }),
        "mean_of_m_minus_1",
        "dW2 y db1",
    );
    let two = gradients(|g, _| {
        g.db2.fill(0.0);
        g.dw1 *= -1.0;
    });
    assert_eq!(two.misconceptions(), ["zero_biases", "wrong_sign"], "{two}");
    assert!(
        two.to_string()
            .contains("El primer error está solo en db2, y el segundo, en dW1."),
        "{two}"
    );
    let none = gradients(|g, _| g.dw1.fill(0.0));
    assert!(
        none.difference().ends_with("dW1 es siempre cero."),
        "{none}"
    );

    let only_w1 = check::update_parameters(|p, g, rate| Parameters {
        w1: &p.w1 - &g.dw1 / rate,
        ..update(p, g, rate)
    });
    assert_named(&only_w1, "divided_by_rate", "W1");
}

#[test]
fn mistakes_in_how_the_parts_are_called_are_named() {
    let all = check::bpropagation(|p, cache, x, y| {
        let m = y.ncols() as f64;
        let g = backward(p, cache, x, y);
        let factor = m / (m - 1.0);
        Gradients {
            dw1: g.dw1 * factor,
            db1: g.db1 * factor,
            dw2: g.dw2 * factor,
            db2: g.db2 * factor,
        }
    });
    assert_named(&all, "mean_of_m_minus_1", "");
    for small in [0.0, 1e-15, 1e-8] {
        let exchanged = check::cost_function(|a2, y| {
            let loss =
                |a: f64, y: f64| -(a * (y + small).ln() + (1.0 - a) * (1.0 - y + small).ln());
            let losses = a2.iter().zip(y).map(|(&a, &y)| loss(a, y));
            losses.sum::<f64>() / y.ncols() as f64
        });
        assert_named(&exchanged, "a2_and_y_swapped", "");
    }
    let exchanged = check::nn_model(|x, y, size, iterations, rate, rng| {
        let mut p = init(size, rng);
        let mut costs = Vec::new();
        for _ in 0..iterations {
            let cache = forward(x, &p);
            costs.push(cost(y, &cache.a2));
            p = update(&p, &backward(&p, &cache, x, y), rate);
        }
        (p, costs)
    });
    assert_named(&exchanged, "cost_arguments_swapped", "");
    let by_rate = check::nn_model(|x, y, size, iterations, rate, rng| {
        train(x, y, init(size, rng), iterations, 1.0 / rate)
    });
    assert_named(&by_rate, "divided_by_rate", "");
    // Drawn inside the loop, beside the draw before it.
    let anew = check::nn_model(|x, y, size, iterations, rate, rng| {
        let mut p = init(size, rng);
        let mut costs = Vec::new();
        for _ in 0..iterations {
            p = init(size, rng);
            let (updated, cost) = train(x, y, p, 1, rate);
            p = updated;
            costs.extend(cost);
        }
        (p, costs)
    });
    assert_named(&anew, "drawn_again", "");
}
