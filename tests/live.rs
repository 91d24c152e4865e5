//! The figures that a script brings to life: what they hold, what they refuse, and a page of them for tests/browser/live.py.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ex03_utils::*;
use roxmltree::Document;

fn output(x: &Array2<f64>, p: &Parameters) -> (Array2<f64>, Array2<f64>) {
    let a1 = tanh(&(p.w1.dot(x) + &p.b1));
    let a2 = sigmoid(&(p.w2.dot(&a1) + &p.b2));
    (a1, a2)
}

/// A training as a notebook's, of `n_h` hidden units.
fn training(n_h: usize, num_iterations: usize, x: &Array2<f64>, y: &Array2<f64>) -> Vec<Moment> {
    let mut rng = RandomState::new(2);
    let mut p = Parameters {
        w1: 0.01 * Array2::random_using((n_h, 2), Randn::new(), &mut rng),
        b1: Array2::zeros((n_h, 1)),
        w2: 0.01 * Array2::random_using((1, n_h), Randn::new(), &mut rng),
        b2: Array2::zeros((1, 1)),
    };
    let rate = 1.2 / y.len() as f64;
    let chosen = replay_iterations(num_iterations);
    let mut moments = Vec::new();
    for iteration in 0..=num_iterations {
        let (a1, a2) = output(x, &p);
        if chosen.contains(&iteration) {
            let loss = y * &ln(&a2) + (1.0 - y) * &ln(&(1.0 - &a2));
            moments.push(Moment {
                iteration,
                cost: -loss.mean().unwrap(),
                parameters: p.clone(),
            });
        }
        let dz2 = a2 - y;
        let dz1 = p.w2.t().dot(&dz2) * (1.0 - &a1 * &a1);
        p.w2.scaled_add(-rate, &dz2.dot(&a1.t()));
        p.b2.scaled_add(-rate, &dz2.sum_axis(Axis(1)).insert_axis(Axis(1)));
        p.w1.scaled_add(-rate, &dz1.dot(&x.t()));
        p.b1.scaled_add(-rate, &dz1.sum_axis(Axis(1)).insert_axis(Axis(1)));
    }
    moments
}

static DATA: LazyLock<(Array2<f64>, Array2<f64>)> = LazyLock::new(|| load_planar_dataset(1));
static MOMENTS: LazyLock<Vec<Moment>> = LazyLock::new(|| training(4, 10_000, &DATA.0, &DATA.1));

fn replay_of(moments: &[Moment]) -> Result<Figure, PlotError> {
    plot_replay(moments, &DATA.0, &DATA.1)
}

fn tangent() -> Figure {
    plot_tangent("tanh", tanh, tanh_derivative).unwrap()
}

#[test]
fn a_page_for_the_browser() {
    let replay = replay_of(&MOMENTS).unwrap().captioned("Mueve el deslizador.");
    let other = plot_replay(&training(9, 300, &DATA.0, &DATA.1), &DATA.0, &DATA.1);
    let figures = [
        replay.clone(),
        replay.titled(""),
        tangent(),
        plot_tangent("ReLU", relu, relu_derivative).unwrap(),
        other.titled("Con «9» unidades & sin <rectas>").unwrap(),
    ];
    let html: Vec<String> = figures.iter().map(Figure::html).collect();
    let page = format!(
        "<!doctype html><html lang=\"es\"><meta charset=\"utf-8\"><title>Figuras vivas</title><link rel=\"icon\" href=\"data:,\">\
         <style>@media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #ddd }} }}</style>\n<body>{}</body></html>\n",
        html.join("\n")
    );
    fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("live.html"), page).unwrap();
}
