//! Blanks, and what is thrown.

use std::panic;

use ex03_utils::check::{self, Outcome, Report};
use ex03_utils::*;

use super::*;

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
