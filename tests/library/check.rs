//! What a student sees of a check: right answers of every kind, blanks, panics, and mistakes that
//! no table foresees.

use std::panic;

use ex03_utils::check::{self, Outcome, Report, resumen};
use ex03_utils::*;

// The course's own way.

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

fn all_right() -> [Report; 8] {
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

fn blanks() -> [Report; 8] {
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
fn a_blank_is_unsolved() {
    for (report, number) in blanks().iter().zip(1..) {
        assert_eq!(report.outcome(), Outcome::Unsolved);
        let title = format!("Ejercicio {number} · {}", report.exercise());
        for text in [report.to_string(), report.html()] {
            assert!(
                text.contains("sin resolver") && text.contains(&title),
                "{text}"
            );
            assert!(!text.contains("implemented"), "{text}");
        }
        assert_eq!(report.points(), 0.0);
    }
}

#[test]
fn a_solved_loop_over_blanks_is_unsolved_too() {
    let report = check::nn_model(|x, _, size, _, _, rng| {
        let p = init(size, rng);
        let _ = forward(x, &p);
        todo!()
    });
    assert_eq!(report.outcome(), Outcome::Unsolved);
}

#[test]
fn the_same_function_gives_the_same_bytes() {
    let wrong = || check::bpropagation(|p, c, x, y| backward(p, c, &(x * 2.0), y));
    assert_eq!(wrong().html(), wrong().html());
    assert_eq!(wrong().to_string(), wrong().to_string());
    assert_eq!(wrong().json(), wrong().json());
}

/// Rust's own words, and those of ndarray.
const ENGLISH: &[&str] = &[
    "panicked",
    "called `",
    "ndarray:",
    "attempt to",
    "index out",
    "overflow",
    "the len is",
    "ShapeError",
    "assertion",
    "not compatible",
    "could not",
    "backtrace",
];

fn assert_panicked(report: &Report, words: &[&str]) {
    assert_eq!(report.outcome(), Outcome::Panicked, "{report}");
    for text in [&report.to_string(), &report.html(), &report.message()] {
        for english in ENGLISH {
            assert!(!text.contains(english), "{english}: {text}");
        }
    }
    for word in words {
        assert!(report.to_string().contains(word), "{word}: {report}");
        assert!(report.message().contains(word), "{word}: {report}");
    }
}

#[test]
#[allow(unconditional_panic, arithmetic_overflow, clippy::all)]
fn what_is_thrown_is_said_in_spanish() {
    let cost_that = |f: &dyn Fn(&Array2<f64>, &Array2<f64>) -> f64| check::cost_function(f);
    assert_panicked(
        &cost_that(&|a2, y| a2.dot(y).sum()),
        &[
            "producto de matrices incompatible: (2×7)·(2×7)",
            "(n_y × m)·(n_y × m)",
        ],
    );
    assert_panicked(
        &cost_that(&|a2, _| {
            let mut a = a2.clone();
            a += &Array2::<f64>::zeros((3, 7));
            a.sum()
        }),
        &["no se puede extender", "(n_x × m) = (3×7)"],
    );
    assert_panicked(
        &cost_that(&|a2, y| (a2 + &y.t()).sum()),
        &["elemento a elemento", "formas no son compatibles"],
    );
    assert_panicked(
        &cost_that(&|a2, y| Zip::from(a2).and(&y.t()).fold(0.0, |s, a, b| s + a * b)),
        &["elemento a elemento"],
    );
    assert_panicked(&cost_that(&|a2, _| a2[(5, 0)]), &["índice fuera de rango"]);
    assert_panicked(
        &cost_that(&|a2, _| a2.row(9).sum()),
        &["índice fuera de rango"],
    );
    assert_panicked(
        &cost_that(&|a2, _| a2.sum_axis(Axis(3)).sum()),
        &["índice fuera de rango"],
    );
    assert_panicked(
        &cost_that(&|a2, _| a2.slice(s![.., 0..99]).sum()),
        &["fuera de"],
    );
    assert_panicked(
        &cost_that(&|a2, _| a2.iter().copied().collect::<Vec<_>>()[99]),
        &["índice fuera de rango: se pidió la posición 99 donde hay 14 elementos"],
    );
    assert_panicked(
        &cost_that(&|a2, _| a2.iter().copied().collect::<Vec<_>>()[3..99][0]),
        &["fuera de"],
    );
    assert_panicked(
        &cost_that(&|_, _| None::<f64>.unwrap()),
        &["unwrap() sobre un None"],
    );
    assert_panicked(
        &cost_that(&|_, _| "uno".parse::<f64>().unwrap()),
        &["unwrap() sobre un Err"],
    );
    assert_panicked(
        &cost_that(&|a2, _| a2.clone().into_shape_with_order((5, 5)).unwrap().sum()),
        &["formas"],
    );
    assert_panicked(
        &check::layer_size(|x, y| LayerSize {
            n_x: y.nrows() - x.nrows(),
            n_h: 4,
            n_y: 1,
        }),
        &["desbordamiento aritmético en una resta"],
    );
    let zero = |x: &Array2<f64>| x.nrows() - x.nrows();
    assert_panicked(
        &check::layer_size(|x, y| LayerSize {
            n_x: y.nrows() / zero(x),
            n_h: 4,
            n_y: 1,
        }),
        &["división entera por cero"],
    );
    assert_panicked(
        &check::layer_size(|x, y| LayerSize {
            n_x: y.nrows() % zero(x),
            n_h: 4,
            n_y: 1,
        }),
        &["división entera por cero"],
    );
    assert_panicked(
        &cost_that(&|a2, y| {
            assert_eq!(a2.nrows(), y.ncols());
            0.0
        }),
        &["assert"],
    );
    assert_panicked(&cost_that(&|_, _| panic!()), &["panic!()"]);
    assert_panicked(&cost_that(&|_, _| unreachable!()), &["unreachable!()"]);
    assert_panicked(
        &cost_that(&|_, _| panic!("mi <propio> texto")),
        &["«mi <propio> texto»"],
    );
    assert_panicked(
        &cost_that(&|_, _| panic::panic_any(7)),
        &["sin decir por qué"],
    );
}

#[test]
fn markup_of_the_students_own_is_escaped() {
    let report = check::cost_function(|_, _| panic!("<script>\"&</script>\u{7}\n"));
    assert!(!report.html().contains("<script>"));
    assert!(report.html().contains("&lt;script&gt;"));
    let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
    assert!(json["message"].as_str().unwrap().contains("<script>\"&"));
}

#[test]
fn a_wrong_shape_comes_first() {
    let report = check::bpropagation(|p, c, x, y| {
        let mut g = backward(p, c, x, y);
        g.dw2 *= 3.0;
        g.db1 = Array2::zeros((1, 1));
        g
    });
    assert_eq!(
        report.message(),
        "db1 debería tener forma (n_h, 1) = (5, 1), y tiene (1, 1)."
    );
    let report = check::fpropagation(|x, p| {
        let cache = forward(x, p);
        Cache {
            z1: cache.z1.t().to_owned(),
            ..cache
        }
    });
    assert!(report.difference().contains("transpuesta"), "{report}");
}

#[test]
fn what_is_right_and_what_is_not_is_told() {
    let report = check::bpropagation(|p, c, x, y| {
        let g = backward(p, c, x, y);
        Gradients {
            dw1: &g.dw1 + 0.1,
            ..g
        }
    });
    assert!(
        report
            .message()
            .starts_with("dW2, db2 y db1 están bien; dW1 no."),
        "{report}"
    );
    assert!(
        report
            .to_string()
            .contains("diferencias centrales: al mover W1"),
        "{report}"
    );
    assert!(report.to_string().contains("esperado (5×3)"), "{report}");
    let report = check::bpropagation(|p, c, x, y| {
        let g = backward(p, c, x, y);
        Gradients {
            dw1: g.dw1 * 7.5,
            db2: -g.db2,
            ..g
        }
    });
    assert!(
        report.message().contains("db2 tiene el signo contrario"),
        "{report}"
    );
    assert!(
        report
            .message()
            .contains("dW1 es siempre 7.5 veces lo esperado"),
        "{report}"
    );
    let report = check::cost_function(|a2, y| cost(a2, y) + 1.0);
    assert!(
        report.message().starts_with("El costo debería ser "),
        "{report}"
    );
    let report = check::layer_size(|x, y| LayerSize {
        n_x: 17,
        ..sizes(x, y)
    });
    assert_eq!(
        report.message(),
        "n_x debería ser 3, y es 17. n_h y n_y están bien."
    );
}

#[test]
fn a_constant_that_fits_one_case_is_wrong() {
    let report = check::cost_function(|a2, y| if y.ncols() == 9 { cost(a2, y) } else { 0.5 });
    assert_eq!(report.points(), 0.0);
    assert!(
        report.to_string().contains("Falla en 4 de 5 casos"),
        "{report}"
    );
}

#[test]
fn nan_and_infinity_are_explained() {
    let report = check::cost_function(|a2, y| -(y.mapv(f64::ln) * a2).sum() / y.ncols() as f64);
    assert!(
        report.to_string().contains("El logaritmo de 0 es −∞"),
        "{report}"
    );
    assert!(report.to_string().contains("contiene ∞"), "{report}");
    let report = check::fpropagation(|x, p| {
        let cache = forward(x, p);
        Cache {
            a1: cache.a1.mapv(|_| f64::NAN),
            ..cache
        }
    });
    assert!(report.to_string().contains("A1 contiene NaN"), "{report}");
}

#[test]
fn a_model_of_wrong_parts_says_where_it_parts() {
    let wrong_step = check::nn_model(|x, y, size, iterations, rate, rng| {
        let mut p = init(size, rng);
        let mut costs = Vec::new();
        for _ in 0..iterations {
            let cache = forward(x, &p);
            costs.push(cost(&cache.a2, y));
            let mut g = backward(&p, &cache, x, y);
            g.db2 *= 0.3;
            p = update(&p, &g, rate);
        }
        (p, costs)
    });
    assert!(
        wrong_step.to_string().contains("El primer costo está bien"),
        "{wrong_step}"
    );
    let too_large = check::nn_model(|x, y, size, iterations, rate, rng| {
        let mut p = init(size, rng);
        p.w1.mapv_inplace(|w| 13.0 * w + 0.3);
        train(x, y, p, iterations, rate)
    });
    assert!(
        too_large.message().starts_with("El bucle está bien"),
        "{too_large}"
    );
    let short = check::nn_model(|x, y, size, iterations, rate, rng| {
        train(x, y, init(size, rng), iterations.min(2), rate)
    });
    assert!(
        short
            .message()
            .contains("Los costos deberían ser 4, y son 2"),
        "{short}"
    );
}

#[test]
fn json_is_as_the_grader_expects_it() {
    let report = check::cost_function(|a2, y| y.ncols() as f64 * cost(a2, y));
    let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(json["exercise"], "cost_function");
    assert_eq!(json["outcome"], "incorrect");
    assert_eq!(json["points"], 0.0);
    assert_eq!(json["max_points"], 1.0);
    assert_eq!(json["misconception"], "missing_mean");
    assert_eq!(json["misconceptions"], serde_json::json!(["missing_mean"]));
    assert!(
        json["message"]
            .as_str()
            .unwrap()
            .contains("¿falta el factor 1/m?")
    );
    assert!(!report.json().contains('\n'));
    let right: serde_json::Value =
        serde_json::from_str(&check::cost_function(cost).json()).unwrap();
    assert_eq!(right["misconception"], serde_json::Value::Null);
    assert_eq!(right["points"], 1.0);
}

#[test]
fn the_summary_adds_up() {
    let [mut reports, blanks] = [all_right(), blanks()];
    reports[4] = blanks[4].clone();
    reports[5] = check::update_parameters(|p, g, rate| update(p, g, -rate));
    let summary = resumen(&reports);
    assert_eq!((summary.points(), summary.max_points()), (6.0, 8.0));
    for text in [summary.to_string(), summary.html()] {
        assert!(text.contains("6 de 8"), "{text}");
        assert!(
            text.contains("sin resolver") && text.contains("no coinciden con lo esperado"),
            "{text}"
        );
        assert!(
            text.contains("Lo siguiente: Ejercicio 5 · bpropagation"),
            "{text}"
        );
    }
    let json: serde_json::Value = serde_json::from_str(&summary.json()).unwrap();
    assert_eq!(json["points"], 6.0);
    assert_eq!(json["exercises"].as_array().unwrap().len(), 8);
    assert!(resumen(&all_right()).to_string().contains("8 de 8"));
}

#[test]
fn text_says_what_html_says() {
    let report = check::bpropagation(|p, c, x, y| {
        let g = backward(p, c, x, y);
        Gradients {
            dw1: &g.dw1 + 0.1,
            ..g
        }
    });
    let html = report.html();
    let read_out = without_tags(&html);
    for line in report.to_string().lines() {
        for part in line.split([' ', '[', ']']) {
            assert!(
                read_out.contains(part.trim_end_matches(':')),
                "{part}\n{read_out}"
            );
        }
    }
    for word in ["<script", "<style", "class="] {
        assert!(!html.contains(word));
    }
}

fn without_tags(html: &str) -> String {
    html.split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_value_that_is_no_class_is_told() {
    let report = check::predict(|p, x| {
        let a1 = tanh(&(p.w1.dot(x) + &p.b1));
        sigmoid(&(p.w2.dot(&a1) + &p.b2)).mapv(|a| (10.0 * a).round() / 10.0)
    });
    let text = report.to_string();
    assert!(text.contains("una clase solo puede ser 0 o 1"), "{text}");
}

#[test]
fn weights_left_at_zero_are_counted() {
    let report = check::init_parameters(|size, rng| {
        let mut w1 = Array2::random_using((size.n_h, size.n_x), Randn::new(), rng) * 0.01;
        w1.row_mut(0).fill(0.0);
        Parameters {
            w1,
            b1: Array2::zeros((size.n_h, 1)),
            w2: Array2::random_using((size.n_y, size.n_h), Randn::new(), rng) * 0.01,
            b2: Array2::zeros((size.n_y, 1)),
        }
    });
    let text = report.to_string();
    let told = "Los pesos que valen exactamente 0 deberían ser 0, y son ";
    assert!(text.contains(told), "{text}");
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
