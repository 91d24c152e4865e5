//! The figures that a script brings to life: what they hold, what they refuse, and a page of them
//! for tests/browser/live.py.

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

fn replay_of(moments: &[Moment]) -> Plotted {
    plot_replay(moments, &DATA.0, &DATA.1)
}

fn tangent() -> Figure {
    plot_tangent("tanh", tanh, tanh_derivative).unwrap()
}

#[test]
fn a_page_for_the_browser() {
    let replay = replay_of(&MOMENTS)
        .unwrap()
        .captioned("Mueve el deslizador.");
    let other = plot_replay(&training(9, 300, &DATA.0, &DATA.1), &DATA.0, &DATA.1);
    let figures = [
        replay.clone(),
        replay.titled(""),
        tangent(),
        plot_tangent("ReLU", relu, relu_derivative).unwrap(),
        other.titled("Con «9» unidades & sin <rectas>").unwrap(),
        explore_line(&DATA.0, &DATA.1, 0.0, 0.0).unwrap(),
    ];
    let html: Vec<String> = figures.iter().map(Figure::html).collect();
    let page = format!(
        "<!doctype html><html lang=\"es\"><meta charset=\"utf-8\"><title>Figuras vivas</title><link rel=\"icon\" href=\"data:,\">\
         <style>@media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #ddd }} }}</style>\n<body>{}</body></html>\n",
        html.join("\n")
    );
    fs::write(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("live.html"),
        page,
    )
    .unwrap();
}

#[test]
fn iterations_are_dense_where_a_network_learns_most() {
    assert_eq!(replay_iterations(0), [0]);
    assert_eq!(replay_iterations(3), [0, 1, 2, 3]);
    for last in [40, 41, 1_000, 10_000, 1_000_000, usize::MAX] {
        let iterations = replay_iterations(last);
        assert_eq!(iterations.len(), 41, "{last}");
        assert_eq!((iterations[1], iterations[40]), (1, last));
        let gaps: Vec<usize> = iterations
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect();
        assert!(gaps.iter().all(|gap| *gap > 0), "{iterations:?}");
        assert!(
            gaps[39] >= gaps[20] && gaps[20] >= gaps[0],
            "{iterations:?}"
        );
    }
}

#[test]
fn live_figures_are_small_and_the_same_each_time() {
    let replay = replay_of(&MOMENTS).unwrap();
    assert_eq!(replay.html(), replay_of(&MOMENTS).unwrap().html());
    assert_eq!(tangent().html(), tangent().html());
    let (replay, tangent) = (replay.html().len(), tangent().html().len());
    assert!(replay < 150_000, "{replay}");
    assert!(tangent < 50_000, "{tangent}");
}

/// Finer numbers than a picture shows, as of a real training.
fn moments(iterations: usize, n_h: usize) -> Vec<Moment> {
    let mut rng = RandomState::new(1);
    let mut random =
        |rows, columns| -1e-5 * Array2::random_using((rows, columns), Randn::new(), &mut rng);
    (0..iterations)
        .map(|iteration| Moment {
            iteration: 1_000_000 + iteration,
            cost: 0.123_456_789,
            parameters: Parameters {
                w1: random(n_h, 2),
                b1: random(n_h, 1),
                w2: random(1, n_h),
                b2: random(1, 1),
            },
        })
        .collect()
}

#[test]
fn the_largest_replays_are_under_a_megabyte() {
    // As many moments as are not refused.
    for (n_h, most) in [(50, 211), (4, 1_551), (1, 2_647)] {
        let size = replay_of(&moments(most, n_h)).unwrap().html().len();
        assert!(size < 1_000_000, "{n_h} units: {size}");
        refused(
            replay_of(&moments(most + 1, n_h)),
            "parámetros son demasiados para una figura: elige menos",
        );
    }
}

#[test]
fn the_still_picture_is_the_last_moment() {
    let last = MOMENTS.last().unwrap();
    let figure = replay_of(&MOMENTS).unwrap();
    let alone = replay_of(std::slice::from_ref(last)).unwrap();
    let parts = |figure: &Figure| {
        let svg = figure.svg();
        let document = Document::parse(&svg).unwrap();
        ["shade", "points", "units"].map(|layer| {
            let part = document
                .descendants()
                .find(|node| node.attribute("data-layer") == Some(layer))
                .unwrap();
            svg[part.range()].to_string()
        })
    };
    assert_eq!(parts(&figure), parts(&alone));

    let html = figure.html();
    let image =
        html.strip_prefix("<figure style=\"margin:0\"><img src=\"data:image/svg+xml;base64,");
    let base64 = image.unwrap().split('"').next().unwrap();
    assert_eq!(STANDARD.decode(base64).unwrap(), figure.svg().into_bytes());
    let text = figure.to_string();
    assert!(html.contains(&format!("alt=\"{text}\"")));
    let Parameters { w1, b1, w2, b2 } = &last.parameters;
    let (x, y) = load_planar_dataset(1);
    let a2 = sigmoid(&(w2.dot(&tanh(&(w1.dot(&x) + b1))) + b2));
    let right = accuracy(&a2.mapv(|a| f64::from(a > 0.5)), &y);
    let wrong = (400.0 * (1.0 - right)).round();
    for part in [
        "La red aprende. Entrenamiento en 41 momentos.".to_string(),
        format!(
            "la iteración {}: costo {:.4}, exactitud {:.2} %",
            last.iteration,
            last.cost,
            100.0 * right
        ),
        format!("Mal clasificados, con borde negro: {wrong} de 400."),
    ] {
        assert!(text.contains(&part), "{text}");
    }
}

/// What a caller writes is in the picture, never in the script.
#[test]
fn no_text_of_the_caller_is_in_the_script() {
    let name = "</script><script>alert(1)</script>&\"'`${1}";
    for figure in [
        replay_of(&MOMENTS).unwrap().titled(name).captioned(name),
        plot_tangent(name, tanh, tanh_derivative)
            .unwrap()
            .captioned(name),
    ] {
        let html = figure.html();
        assert_eq!(html.matches("<script").count(), 1);
        assert_eq!(html.matches("</script").count(), 1);
        assert!(
            !html.contains("<!--"),
            "it would change where a script ends"
        );
        let script = &html[html.find("<script").unwrap()..];
        assert!(!script.contains("alert"), "{script}");
        assert!(!script.contains("http"), "nothing comes from the network");
        Document::parse(&figure.svg()).unwrap();
    }
}

#[test]
fn a_grid_shows_the_still_picture() {
    let grid = plot_grid(&[replay_of(&MOMENTS), tangent().into()], 2).unwrap();
    assert!(!grid.html().contains("<script"));
    Document::parse(&grid.svg()).unwrap();
}

fn refused(figure: Plotted, reason: &str) {
    let error = figure.into_result().unwrap_err().to_string();
    assert!(error.contains(reason), "{error}");
    assert!(!error.contains('\n'), "{error}");
}

#[test]
fn moments_that_do_not_fit_are_refused() {
    let changed = |change: &dyn Fn(&mut Vec<Moment>)| {
        let mut moments = MOMENTS.clone();
        change(&mut moments);
        replay_of(&moments)
    };
    refused(changed(&|m| m.clear()), "no hay ningún momento");
    refused(changed(&|m| m.swap(0, 1)), "la 0 viene después de la 1");
    refused(
        changed(&|m| m[1].iteration = 0),
        "la 0 viene después de la 0",
    );
    refused(
        changed(&|m| m[9].cost = f64::NAN),
        &format!("el costo de la iteración {} es NaN", MOMENTS[9].iteration),
    );
    refused(
        changed(&|m| m[9].cost = 0.0),
        &format!("el costo de la iteración {} es 0", MOMENTS[9].iteration),
    );
    refused(
        changed(&|m| m[9].parameters.w2[[0, 1]] = f64::NAN),
        &format!(
            "W2[[0, 1]] vale NaN en la iteración {}",
            MOMENTS[9].iteration
        ),
    );
    refused(
        changed(&|m| m[9].parameters.b1[[3, 0]] = -1e200),
        "b1[[3, 0]] vale -1",
    );
    refused(
        changed(&|m| m[9].parameters.w1 = Array2::zeros((3, 2))),
        "W1 debería tener forma (4, 2), y tiene (3, 2)",
    );
    refused(
        changed(&|m| m[9].parameters.b2 = Array2::zeros((2, 1))),
        "b2 debería tener forma (1, 1), y tiene (2, 1)",
    );
    let parameters = |n_x, n_y| Parameters {
        w1: Array2::zeros((4, n_x)),
        b1: Array2::zeros((4, 1)),
        w2: Array2::zeros((n_y, 4)),
        b2: Array2::zeros((n_y, 1)),
    };
    for (n_x, n_y) in [(3, 1), (2, 2)] {
        refused(
            changed(&|m| m[0].parameters = parameters(n_x, n_y)),
            "la red debería tener n_x = 2 y n_y = 1, y tiene",
        );
    }
    let (x, y) = &*DATA;
    refused(
        plot_replay(&MOMENTS, &x.t().to_owned(), y),
        "x debería tener 2 filas",
    );
    refused(plot_replay(&MOMENTS, x, &(y * 2.0)), "debería ser 0 o 1");
}

/// All zeros have no lines, one moment has no past, and a network may have one unit, or none that
/// is drawn.
#[test]
fn odd_trainings_are_drawn() {
    let one = |cost, n_h, weight| Moment {
        iteration: 0,
        cost,
        parameters: Parameters {
            w1: Array2::from_elem((n_h, 2), weight),
            b1: Array2::from_elem((n_h, 1), weight),
            w2: Array2::from_elem((1, n_h), weight),
            b2: Array2::from_elem((1, 1), weight),
        },
    };
    for moment in [
        one(0.7, 4, 0.0),
        one(1e-100, 1, 1e99),
        one(1e100, 8, -1e99),
        one(0.7, 200, 1.0),
    ] {
        let svg = replay_of(&[moment]).unwrap().svg();
        Document::parse(&svg).unwrap();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
    let svg = replay_of(&[one(0.7, 4, 0.0)]).unwrap().svg();
    assert_eq!(svg.matches("display=\"none\"").count(), 4);
}

#[test]
fn tangents_that_do_not_fit_are_refused() {
    refused(
        plot_tangent("ln", |z| z.mapv(f64::ln), tanh),
        "ln vale NaN en z = −5",
    );
    refused(
        plot_tangent("f", tanh, |_| Array2::zeros((1, 1))),
        "la respuesta de la función debería tener forma (1, 501), y tiene (1, 1)",
    );
    assert!(
        tangent()
            .to_string()
            .contains("La tangente en z = 1 pasa por g(z) = 0.7616 con pendiente g′(z) = 0.42.")
    );
}
