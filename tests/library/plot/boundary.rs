//! Boundaries: where the colours, the points and the line are, and what is refused.

use std::cell::{Cell, RefCell};

use super::*;

#[test]
fn a_model_that_is_all_noise_and_very_many_points_stay_small() {
    let (x, y) = flower();
    let noise = |x: &Array2<f64>| {
        let mut rng = RandomState::new(1);
        Array2::from_shape_simple_fn((1, x.ncols()), || rng.uniform())
    };
    let classes = |x: &Array2<f64>| noise(x).mapv(f64::round);
    let many_x = Array2::from_shape_fn((2, 50_000), |(row, i)| (i as f64 * (row + 1) as f64).sin());
    let many_y = Array2::from_shape_fn((1, 50_000), |(_, i)| (i % 2) as f64);
    for figure in [
        plot_db(noise, &x, &y),
        plot_db(classes, &x, &y),
        plot_db(noise, &many_x, &many_y),
    ] {
        let size = figure.unwrap().html().len();
        assert!(size < 150_000, "{size}");
    }
}

/// Shapes of `class` (0: circle, 1: triangle) drawn with a black outline or without.
fn count(document: &Document, class: usize, marked: bool) -> usize {
    let fill = ["#d55e00", "#0072b2"][class];
    let stroke = if marked { "#000" } else { "#fff" };
    elements(document, "g")
        .filter(|g| g.attribute("fill") == Some(fill) && g.attribute("stroke") == Some(stroke))
        .flat_map(|g| g.children())
        .filter(|shape| shape.tag_name().name() == ["circle", "path"][class])
        .count()
}

#[test]
fn every_example_is_a_point_of_its_class() {
    let (x, y) = flower();
    let svg = plot_dataset(&x, &y).unwrap().svg();
    let document = Document::parse(&svg).unwrap();
    let of_legend = 1;
    assert_eq!(count(&document, 0, false), 200 + of_legend);
    assert_eq!(count(&document, 1, false), 200 + of_legend);
    assert_eq!(count(&document, 0, true) + count(&document, 1, true), 0);
}

#[test]
fn wrong_examples_are_marked_and_counted() {
    let (x, y) = flower();
    let predicted = class(&x);
    let wrong_of = |class: f64| {
        y.iter()
            .zip(&predicted)
            .filter(|(y, p)| **y == class && y != p)
            .count()
    };
    let wrong = [wrong_of(0.0), wrong_of(1.0)];
    assert!(wrong[0] > 0 && wrong[1] > 0);
    for model in [class, probability] {
        let figure = plot_db(model, &x, &y).unwrap();
        let svg = figure.svg();
        let document = Document::parse(&svg).unwrap();
        for class in [0, 1] {
            assert_eq!(count(&document, class, true), wrong[class] + 1);
            assert_eq!(count(&document, class, false), 200 - wrong[class] + 1);
        }
        let sentence = format!(
            "Mal clasificados, con borde negro: {} de 400.",
            wrong[0] + wrong[1]
        );
        assert!(figure.to_string().contains(&sentence), "{figure}");
    }
}

type Ring = Vec<(f64, f64)>;

/// The filled regions of a boundary, from the lowest: their colours and rings.
fn regions(document: &Document) -> Vec<(String, Vec<Ring>)> {
    let inset = elements(document, "svg").nth(1).unwrap();
    let filled = inset
        .children()
        .filter(|path| path.attribute("fill-rule").is_some());
    filled
        .map(|path| {
            (
                path.attribute("fill").unwrap().to_string(),
                rings(path.attribute("d").unwrap()),
            )
        })
        .collect()
}

/// "M x y l dx dy dx dy … z", where a minus sign also separates.
fn rings(path: &str) -> Vec<Ring> {
    let ring = |ring: &str| {
        let numbers = ring.replace('l', " ").replace('-', " -");
        let numbers: Vec<f64> = numbers
            .split_whitespace()
            .map(|n| n.parse().unwrap())
            .collect();
        let mut at = (0.0, 0.0);
        let step = |step: &[f64]| {
            at = (at.0 + step[0], at.1 + step[1]);
            at
        };
        numbers.chunks(2).map(step).collect()
    };
    path.split(['M', 'z'])
        .filter(|ring| !ring.is_empty())
        .map(ring)
        .collect()
}

fn is_inside(rings: &[Ring], (x, y): (f64, f64)) -> bool {
    let mut inside = false;
    for ring in rings {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (a.1 > y) != (b.1 > y) && x < a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1) {
                inside = !inside;
            }
        }
    }
    inside
}

#[test]
fn colours_are_where_the_model_says() {
    let (x, y) = flower();
    let tenths: fn(f64) -> usize = |p| (p * 10.0) as usize;
    let halves: fn(f64) -> usize = |p| usize::from(p > 0.5);
    type Model = fn(&Array2<f64>) -> Array2<f64>;
    let models: [(Model, _, usize); 2] = [(probability, tenths, 9), (class, halves, 1)];
    for (model, band, levels) in models {
        let asked = RefCell::new(Array2::zeros((0, 0)));
        let figure = plot_db(
            |x: &Array2<f64>| {
                *asked.borrow_mut() = x.clone();
                model(x)
            },
            &x,
            &y,
        );
        let svg = figure.unwrap().svg();
        let regions = regions(&Document::parse(&svg).unwrap());
        assert_eq!(regions.len(), levels);

        let asked = asked.into_inner();
        let side = ((asked.ncols() - 400) as f64).sqrt() as usize;
        assert_eq!(
            side * side + 400,
            asked.ncols(),
            "a square grid and the examples"
        );
        let answers = model(&asked);
        let band_at = |row: usize, column: usize| band(answers[[0, row * side + column]]);
        let mut compared = 0;
        for row in (4..side - 4).step_by(3) {
            for column in (4..side - 4).step_by(3) {
                let expected = band_at(row, column);
                let near = [
                    (0, 2),
                    (2, 0),
                    (2, 4),
                    (4, 2),
                    (0, 0),
                    (0, 4),
                    (4, 0),
                    (4, 4),
                ];
                if near
                    .iter()
                    .any(|(dy, dx)| band_at(row + dy - 2, column + dx - 2) != expected)
                {
                    continue;
                }
                // A cell of the grid is 10 units; a hair beside the point no line ends.
                let at = (10.0 * column as f64 + 0.01, 10.0 * row as f64 + 0.013);
                let got = regions
                    .iter()
                    .filter(|(_, rings)| is_inside(rings, at))
                    .count();
                assert_eq!(got, expected, "row {row}, column {column}");
                compared += 1;
            }
        }
        assert!(compared > 3000, "{compared}");
    }
}

#[test]
fn points_lie_in_the_region_that_the_model_gives_them() {
    let (x, y) = flower();
    let svg = plot_db(probability, &x, &y).unwrap().svg();
    let document = Document::parse(&svg).unwrap();
    let inset = elements(&document, "svg").nth(1).unwrap();
    let length = |name: &str| -> f64 { inset.attribute(name).unwrap().parse().unwrap() };
    let view: Vec<f64> = inset
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|v| v.parse().unwrap())
        .collect();
    let in_view = |x: f64, y: f64| {
        (
            view[0] + view[2] * (x - length("x")) / length("width"),
            view[1] + view[3] * (y - length("y")) / length("height"),
        )
    };
    let regions = regions(&document);

    let drawn: Vec<(f64, f64)> = elements(&document, "circle")
        .filter_map(|circle| {
            Some((
                circle.attribute("cx")?.parse().ok()?,
                circle.attribute("cy")?.parse().ok()?,
            ))
        })
        .collect();
    let predicted = class(&x);
    let of_class_0 = (0..400).filter(|i| y[[0, *i]] == 0.0);
    let (wrong, right): (Vec<usize>, Vec<usize>) =
        of_class_0.partition(|i| predicted[[0, *i]] == 1.0);
    let answers = probability(&x);
    // Those that are right are drawn before those that are wrong.
    for (i, at) in right.into_iter().chain(wrong).zip(drawn) {
        let answer = answers[[0, i]];
        let bands = regions
            .iter()
            .filter(|(_, rings)| is_inside(rings, in_view(at.0, at.1)))
            .count();
        let to_level = (10.0 * answer - (10.0 * answer).round()).abs();
        assert!(
            to_level < 0.2 || bands == (10.0 * answer) as usize,
            "{answer} at {at:?}"
        );
    }
}

#[test]
fn shades_tell_the_classes() {
    let (x, y) = flower();
    let svg = plot_db(probability, &x, &y).unwrap().svg();
    let document = Document::parse(&svg).unwrap();
    let red_minus_blue = |colour: &str| {
        let channel = |at: usize| i32::from_str_radix(&colour[at..at + 2], 16).unwrap();
        channel(1) - channel(5)
    };
    let warmth: Vec<i32> = regions(&document)
        .iter()
        .map(|(colour, _)| red_minus_blue(colour))
        .collect();
    assert!(
        warmth.is_sorted_by(|a, b| a > b),
        "from vermillion to blue: {warmth:?}"
    );
    assert!(
        warmth[3] > 0 && warmth[4] < 0,
        "they change at 0.5: {warmth:?}"
    );
}

#[test]
fn the_model_is_asked_once() {
    let (x, y) = flower();
    let times = Cell::new(0);
    let model = |x: &Array2<f64>| {
        times.set(times.get() + 1);
        class(x)
    };
    plot_db(model, &x, &y).unwrap();
    assert_eq!(times.get(), 1);
}

#[test]
fn noise_of_the_last_bit_does_not_change_a_byte() {
    let (x, y) = flower();
    let noisy = |x: &Array2<f64>| probability(x).mapv(|p| p * (1.0 + f64::EPSILON));
    assert_eq!(
        plot_db(probability, &x, &y).unwrap().svg(),
        plot_db(noisy, &x, &y).unwrap().svg()
    );
}

#[test]
fn examples_that_do_not_fit_are_refused() {
    let (x, y) = flower();
    let both = |x: &Array2<f64>, y: &Array2<f64>, reason: &str| {
        refused(plot_dataset(x, y), reason);
        refused(plot_db(class, x, y), reason);
    };
    both(
        &x.t().to_owned(),
        &y,
        "x debería tener 2 filas, x₁ y x₂, y un ejemplo por columna, y tiene forma (400, 2): ¿falta transponerla, x.t()?",
    );
    both(&Array2::zeros((3, 400)), &y, "y tiene forma (3, 400)");
    both(
        &x,
        &y.t().to_owned(),
        "y debería tener forma (1, 400), y tiene (400, 1)",
    );
    both(
        &x,
        &Array2::zeros((1, 399)),
        "y debería tener forma (1, 400), y tiene (1, 399)",
    );
    both(
        &Array2::zeros((2, 0)),
        &Array2::zeros((1, 0)),
        "x no tiene ejemplos",
    );
    for (value, shown) in [
        (f64::NAN, "NaN"),
        (f64::INFINITY, "inf"),
        (f64::NEG_INFINITY, "-inf"),
    ] {
        let mut x = x.clone();
        x[[1, 7]] = value;
        both(&x, &y, &format!("x[[1, 7]] vale {shown}"));
    }
    for value in [f64::NAN, 2.0, -1.0, 0.5] {
        let mut y = y.clone();
        y[[0, 7]] = value;
        both(
            &x,
            &y,
            &format!("y[[0, 7]] debería ser 0 o 1, la clase, y vale {value}"),
        );
    }
    both(&(1e200 * &x), &y, "demasiado grandes");
}

#[test]
fn answers_that_do_not_fit_are_refused() {
    let (x, y) = flower();
    refused(
        plot_db(|x| class(x).t().to_owned(), &x, &y),
        "la respuesta del modelo debería tener forma (1, 90400), y tiene (90400, 1)",
    );
    refused(plot_db(|_| class(&x), &x, &y), "y tiene (1, 400)");
    refused(plot_db(|x| class(x) * f64::NAN, &x, &y), "respondió NaN");
    refused(
        plot_db(|x| class(x) * 3.0 - 1.0, &x, &y),
        "o con probabilidades entre 0 y 1, y respondió",
    );
}

#[test]
fn odd_examples_are_drawn() {
    let one = array![[1.0]];
    for x in [
        array![[0.0], [0.0]],
        array![[1e9], [-1e-300]],
        array![[1e99], [-1e99]],
        array![[-3.0], [5e-324]],
    ] {
        plot_dataset(&x, &one).unwrap();
        plot_db(|x| Array2::ones((1, x.ncols())), &x, &one).unwrap();
    }
    let close = array![[1e9, 1e9 + 1e-3], [1e-12, 2e-12]];
    plot_db(
        |x| Array2::from_elem((1, x.ncols()), 0.5),
        &close,
        &array![[0.0, 1.0]],
    )
    .unwrap();
}
