//! Figures as a reader meets them: the SVG and the HTML, parsed.

use std::cell::{Cell, RefCell};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ex03_utils::*;
use roxmltree::{Document, Node};

/// The flower's shape: petals of r = 4 sin 4θ.
fn flower() -> (Array2<f64>, Array2<f64>) {
    let mut rng = RandomState::new(1);
    let (mut x, mut y) = (Array2::zeros((2, 400)), Array2::zeros((1, 400)));
    for i in 0..400 {
        let class = i / 200;
        let angle = 3.12 * i as f64 / 200.0 + 0.2 * rng.standard_normal();
        let radius = 4.0 * (4.0 * angle).sin() + 0.2 * rng.standard_normal();
        x[[0, i]] = radius * angle.sin();
        x[[1, i]] = radius * angle.cos();
        y[[0, i]] = class as f64;
    }
    (x, y)
}

fn of_points(x: &Array2<f64>, model: impl Fn(f64, f64) -> f64) -> Array2<f64> {
    let row = Zip::from(x.row(0))
        .and(x.row(1))
        .map_collect(|x1, x2| model(*x1, *x2));
    row.insert_axis(Axis(0))
}

/// Curved, with a hole and a saddle.
fn probability(x: &Array2<f64>) -> Array2<f64> {
    of_points(x, |x1, x2| {
        0.5 + 0.49 * (1.1 * x1).sin() * (0.8 * x2 + 0.3).cos()
    })
}

fn class(x: &Array2<f64>) -> Array2<f64> {
    probability(x).mapv(|p| f64::from(u8::from(p > 0.5)))
}

fn trained() -> Parameters {
    Parameters {
        w1: array![[-9.0, 3.0], [8.0, 7.0], [0.1, -2.0], [5.0, 4.0]],
        b1: array![[0.1], [-3.0], [2.0], [0.0]],
        w2: array![[1.0, -5.0, 10.0, -9.0]],
        b2: array![[-0.4]],
    }
}

fn costs() -> Vec<f64> {
    (0..10_000)
        .map(|i| 0.2175 + 0.47 * (-f64::from(i) / 700.0).exp())
        .collect()
}

fn every_figure() -> Vec<Figure> {
    let (x, y) = flower();
    let size = LayerSize {
        n_x: 2,
        n_h: 4,
        n_y: 1,
    };
    let boundary = plot_db(probability, &x, &y).unwrap();
    vec![
        plot_dataset(&x, &y).unwrap(),
        plot_db(class, &x, &y).unwrap(),
        plot_cost(&costs()).unwrap(),
        plot_activation("tanh", tanh, tanh_derivative).unwrap(),
        plot_activations(&[("sigmoide", &sigmoid), ("ELU", &|z| elu(z, 1.0))]).unwrap(),
        plot_network(&size).unwrap(),
        plot_network(&LayerSize {
            n_x: 9,
            n_h: 50,
            n_y: 7,
        })
        .unwrap(),
        plot_network_weights(&trained()).unwrap(),
        plot_grid(&[boundary.clone().into(), plot_cost(&costs())], 2).unwrap(),
        plot_grid(&[boundary.clone().into(), boundary.clone().into()], 3).unwrap(),
        boundary,
    ]
}

fn elements<'a>(document: &'a Document, tag: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    document
        .descendants()
        .filter(move |node| node.has_tag_name(("http://www.w3.org/2000/svg", tag)))
}

fn texts(document: &Document) -> Vec<String> {
    let content = |node: Node| {
        node.descendants()
            .filter_map(|n| n.text().filter(|_| n.is_text()))
            .collect()
    };
    elements(document, "text").map(content).collect()
}

#[test]
fn every_figure_is_a_described_image() {
    for figure in every_figure() {
        let figure = figure.titled("Un título");
        let svg = figure.svg();
        let document = Document::parse(&svg).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        let first: Vec<Node> = root.children().take(2).collect();
        assert!(first[0].has_tag_name(("http://www.w3.org/2000/svg", "title")));
        assert_eq!(first[0].text(), Some("Un título"));
        assert!(first[1].has_tag_name(("http://www.w3.org/2000/svg", "desc")));
        assert!(first[1].text().unwrap().len() > 40);
        assert!(texts(&document).contains(&"Un título".to_string()));
        assert_eq!(
            figure.to_string(),
            format!("Un título. {}", first[1].text().unwrap())
        );

        let view: Vec<f64> = root
            .attribute("viewBox")
            .unwrap()
            .split(' ')
            .map(|v| v.parse().unwrap())
            .collect();
        assert!(view[2] > 300.0 && view[3] > 200.0, "{view:?}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
        assert!(
            !svg.contains("href") && !svg.contains("url("),
            "it is self-contained"
        );
        assert_eq!(
            elements(&document, "title").count(),
            1,
            "one image, not images in it"
        );
    }
}

#[test]
fn every_figure_is_the_same_each_time() {
    assert_eq!(every_figure(), every_figure());
}

#[test]
fn html_holds_the_svg_as_an_image() {
    let (x, y) = flower();
    let figure = plot_dataset(&x, &y)
        .unwrap()
        .titled("a < b & \"c\"\u{1b}")
        .captioned("<b>mira</b>");
    let html = figure.html();
    // HTML's <img> has no end; with one it is XML.
    let xml = html.replacen("max-width:100%\">", "max-width:100%\"/>", 1);
    let document = Document::parse(&xml).unwrap();
    let image = document.root_element().first_child().unwrap();
    let source = image
        .attribute("src")
        .unwrap()
        .strip_prefix("data:image/svg+xml;base64,")
        .unwrap();
    assert_eq!(STANDARD.decode(source).unwrap(), figure.svg().into_bytes());
    let alternative = image.attribute("alt").unwrap();
    assert!(
        alternative.starts_with("a < b & \"c\" . Ejemplos en el plano (x₁, x₂): 200 de clase 0"),
        "{alternative}"
    );
    let caption = document.root_element().last_child().unwrap();
    assert_eq!(
        (caption.tag_name().name(), caption.text()),
        ("figcaption", Some("<b>mira</b>"))
    );

    let svg = figure.svg();
    let document = Document::parse(&svg).unwrap();
    assert!(texts(&document).contains(&"a < b & \"c\" ".to_string()));
}

#[test]
fn figures_are_small() {
    let (x, y) = flower();
    for model in [class, probability] {
        let size = plot_db(model, &x, &y).unwrap().html().len();
        assert!(size < 60_000, "{size}");
    }
    let boundaries = vec![plot_db(probability, &x, &y); 7];
    let size = plot_grid(&boundaries, 3).unwrap().html().len();
    assert!(size < 400_000, "{size}");
    for figure in every_figure() {
        assert!(figure.html().len() < 150_000, "{figure}");
    }
}

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

#[track_caller]
fn refused(figure: Plotted, reason: &str) {
    let message = figure.into_result().unwrap_err().to_string();
    assert!(message.contains(reason), "{message}");
    assert!(!message.contains('\n'));
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

/// Points of the only path of a given colour outside the legend.
fn curve(svg: &str, colour: &str) -> Vec<Vec<(f64, f64)>> {
    let document = Document::parse(svg).unwrap();
    let path = elements(&document, "path")
        .find(|p| p.attribute("fill") == Some("none") && p.attribute("stroke") == Some(colour));
    let point = |point: &str| {
        let (x, y) = point.split_once(' ').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    };
    let pieces = path
        .unwrap()
        .attribute("d")
        .unwrap()
        .split('M')
        .filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| piece.split('L').map(point).collect())
        .collect()
}

#[test]
fn costs_of_one_ratio_are_a_straight_line() {
    let costs: Vec<f64> = (0..50).map(|i| 0.9f64.powi(i)).collect();
    let figure = plot_cost(&costs).unwrap();
    let line = &curve(&figure.svg(), "#0072b2")[0];
    assert_eq!(line.len(), 50);
    let (first, last) = (line[0], line[49]);
    assert!(
        last.0 > first.0 && last.1 > first.1,
        "it goes down to the right"
    );
    for (i, (x, y)) in line.iter().enumerate() {
        let along = i as f64 / 49.0;
        assert!((x - first.0 - along * (last.0 - first.0)).abs() <= 0.11);
        assert!((y - first.1 - along * (last.1 - first.1)).abs() <= 0.11);
    }
    assert!(
        figure
            .to_string()
            .contains("de 1 en la primera a 0.005726 en la última, de 50."),
        "{figure}"
    );
}

#[test]
fn a_spike_in_a_long_history_is_seen() {
    let mut costs = costs();
    costs[5003] = 40.0;
    let line = &curve(&plot_cost(&costs).unwrap().svg(), "#0072b2")[0];
    let highest = line
        .iter()
        .copied()
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap();
    let middle = (line[0].0 + line[line.len() - 1].0) / 2.0;
    assert!((highest.0 - middle).abs() < 1.0, "{highest:?}");
}

#[test]
fn an_axis_of_costs_has_labels() {
    for costs in [
        vec![0.693],
        vec![0.693, 0.69299],
        vec![3.0, 1e-300],
        vec![1e99, 1e-9],
        vec![2.0, 1.0],
        costs(),
    ] {
        let svg = plot_cost(&costs).unwrap().svg();
        let texts = texts(&Document::parse(&svg).unwrap());
        for name in ["Iteración", "Costo J"] {
            assert!(texts.contains(&name.to_string()));
        }
        let labels = texts.len() - 3;
        assert!((5..30).contains(&labels), "{texts:?}");
    }
}

#[test]
fn costs_that_do_not_fit_are_refused() {
    refused(plot_cost(&[]), "no hay ningún costo");
    refused(
        plot_cost(&[0.7, f64::NAN]),
        "el costo de la iteración 1 es NaN: ¿es demasiado grande la tasa de aprendizaje?",
    );
    refused(
        plot_cost(&[f64::INFINITY]),
        "el costo de la iteración 0 es inf",
    );
    refused(
        plot_cost(&[0.7, 0.0]),
        "el costo de la iteración 1 es 0: en un eje logarítmico",
    );
    refused(plot_cost(&[-0.7]), "el costo de la iteración 0 es -0.7");
}

#[test]
fn a_derivative_that_jumps_is_drawn_in_two_pieces() {
    let svg = plot_activation("ReLU", relu, relu_derivative)
        .unwrap()
        .svg();
    assert_eq!(curve(&svg, "#0072b2").len(), 1);
    assert_eq!(curve(&svg, "#d55e00").len(), 2);
    let texts = texts(&Document::parse(&svg).unwrap());
    for text in ["ReLU y su derivada", "ReLU", "derivada", "z"] {
        assert!(texts.contains(&text.to_string()), "{texts:?}");
    }
}

/// Each in stripes of its own, one after the other, only where they coincide.
#[test]
fn functions_that_coincide_are_told_apart() {
    let functions = plot_activations(&[
        ("tanh", &tanh),
        ("ReLU", &relu),
        ("Leaky ReLU", &leaky_relu),
        ("ELU", &|z| elu(z, 1.0)),
    ]);
    let svg = functions.unwrap().svg();
    let document = Document::parse(&svg).unwrap();
    let striped: Vec<Node> = elements(&document, "path")
        .filter(|path| path.attribute("stroke-dashoffset").is_some())
        .collect();
    let stripes: Vec<_> = striped
        .iter()
        .map(|path| {
            ["stroke", "stroke-dasharray", "stroke-dashoffset"]
                .map(|name| path.attribute(name).unwrap())
        })
        .collect();
    assert_eq!(
        stripes,
        [
            ["#d55e00", "12 24", "-0"],
            ["#009e73", "12 24", "-12"],
            ["#000", "12 24", "-24"]
        ]
    );
    let relu = &curve(&svg, "#d55e00")[0];
    let middle = format!("M{} {}L", relu[300].0, relu[300].1);
    for path in striped {
        let line = path.attribute("d").unwrap();
        assert!(line.starts_with(&middle), "from z = 0 on: {line}");
        assert_eq!(line.matches('L').count(), 300);
    }
}

#[test]
fn functions_that_do_not_fit_are_refused() {
    refused(plot_activations(&[]), "no hay ninguna función");
    refused(
        plot_activation("f", |z| z.t().to_owned(), tanh),
        "la respuesta de la función debería tener forma (1, 601), y tiene (601, 1)",
    );
    refused(
        plot_activation("ln", |z| z.mapv(f64::ln), tanh),
        "ln vale NaN en z = −5",
    );
    refused(
        plot_activation("f", |z| z * 1e200, tanh),
        "demasiado grandes",
    );
}

#[test]
fn the_network_shows_its_symbols_and_shapes() {
    let svg = plot_network(&LayerSize {
        n_x: 2,
        n_h: 4,
        n_y: 1,
    })
    .unwrap()
    .svg();
    let document = Document::parse(&svg).unwrap();
    let texts: Vec<String> = texts(&document)
        .iter()
        .map(|text| text.replace('\u{200b}', ""))
        .collect();
    for text in [
        "x1",
        "x2",
        "a[1]1",
        "a[1]4",
        "a[2]1",
        "ŷ",
        "X (2, m)",
        "W[1] (4, 2)",
        "b[1] (4, 1)",
        "A[1] (4, m)",
        "W[2] (1, 4)",
        "b[2] (1, 1)",
        "A[2] (1, m)",
    ] {
        assert!(texts.contains(&text.to_string()), "{text} in {texts:?}");
    }
    let answers = texts.iter().filter(|text| text.starts_with("= ")).count();
    assert_eq!(answers, 1, "A[2] is Ŷ, said once: {texts:?}");
    assert_eq!(elements(&document, "circle").count(), 7);
    let lines = elements(&document, "path")
        .filter(|path| path.attribute("stroke").is_some())
        .count();
    assert_eq!(
        lines,
        2 * 4 + 4 + 1,
        "from each unit to each of the next layer, and to ŷ"
    );
    assert!(!svg.contains('⋮'));
    assert!(svg.contains("17 parámetros"));
}

#[test]
fn large_layers_are_shortened() {
    let svg = plot_network(&LayerSize {
        n_x: 2,
        n_h: 50,
        n_y: 1,
    })
    .unwrap()
    .svg();
    assert_eq!(svg.matches('⋮').count(), 1);
    let texts = texts(&Document::parse(&svg).unwrap());
    assert!(
        texts.iter().any(|text| text.starts_with("a[1]50"))
            && !texts.iter().any(|text| text.starts_with("a[1]5\u{200b}")),
        "{texts:?}"
    );
}

#[test]
fn a_weight_is_as_wide_as_it_is_great() {
    let svg = plot_network_weights(&trained()).unwrap().svg();
    let document = Document::parse(&svg).unwrap();
    let lines: Vec<(String, f64)> = elements(&document, "path")
        .filter(|path| path.attribute("stroke-dasharray").is_some())
        .map(|path| {
            (
                path.attribute("stroke").unwrap().into(),
                path.attribute("stroke-width").unwrap().parse().unwrap(),
            )
        })
        .take(12)
        .collect();
    let parameters = trained();
    let by_input = parameters
        .w1
        .t()
        .iter()
        .copied()
        .chain(parameters.w2.iter().copied())
        .collect::<Vec<f64>>();
    for ((colour, width), weight) in lines.iter().zip(by_input) {
        assert_eq!(colour, if weight < 0.0 { "#d55e00" } else { "#0072b2" });
        assert!(
            (width - (0.7 * weight.abs()).max(0.4)).abs() < 0.051,
            "{width} for {weight}"
        );
    }
}

#[test]
fn networks_that_do_not_fit_are_refused() {
    refused(
        plot_network(&LayerSize {
            n_x: 2,
            n_h: 0,
            n_y: 1,
        }),
        "al menos una unidad, y el tamaño es n_x = 2, n_h = 0, n_y = 1",
    );
    let wrong = Parameters {
        b1: Array2::zeros((1, 4)),
        ..trained()
    };
    refused(
        plot_network_weights(&wrong),
        "b1 debería tener forma (4, 1), y tiene (1, 4)",
    );
    let mut wrong = trained();
    wrong.w2[[0, 3]] = f64::NAN;
    refused(plot_network_weights(&wrong), "W2[[0, 3]] vale NaN");
    let zero = Parameters {
        w1: Array2::zeros((4, 2)),
        b1: Array2::zeros((4, 1)),
        w2: Array2::zeros((1, 4)),
        b2: Array2::zeros((1, 1)),
    };
    plot_network_weights(&zero).unwrap();
}

#[test]
fn a_grid_shows_every_title_and_one_legend() {
    let (x, y) = flower();
    let figures =
        [1, 2, 3, 4, 5, 20, 50].map(|n_h| plot_db(class, &x, &y).titled(&format!("n_h = {n_h}")));
    let svg = plot_grid(&figures, 3).unwrap().svg();
    let texts = texts(&Document::parse(&svg).unwrap());
    for n_h in [1, 2, 3, 4, 5, 20, 50] {
        assert!(texts.contains(&format!("n_h = {n_h}")));
    }
    assert_eq!(
        texts
            .iter()
            .filter(|text| *text == "mal clasificado")
            .count(),
        1
    );
    assert_eq!(texts.iter().filter(|text| *text == "x₁").count(), 7);

    refused(plot_grid(&[], 3), "ninguna figura");
    refused(plot_grid(&figures, 0), "entre 1 y 8 columnas, y pides 0");
    refused(plot_grid(&figures, 9), "entre 1 y 8 columnas, y pides 9");
    refused(
        plot_grid(&[plot_cost(&[1.0]), plot_cost(&[])], 2),
        "no hay ningún costo",
    );
}

#[test]
fn a_result_is_titled_as_its_figure_is() {
    let titled = plot_cost(&costs())
        .titled("Costo")
        .captioned("mira")
        .unwrap();
    assert_eq!(
        titled,
        plot_cost(&costs())
            .unwrap()
            .titled("Costo")
            .captioned("mira")
    );
    assert!(
        titled.to_string().starts_with("Costo. El costo J")
            && titled.to_string().ends_with("\nmira")
    );
    refused(plot_cost(&[]).titled("Costo"), "no hay ningún costo");
}

#[test]
fn a_jump_has_a_full_end_and_a_hollow_one() {
    let svg = |derivative: fn(&Array2<f64>) -> Array2<f64>| {
        plot_activation("g", relu, derivative).unwrap().svg()
    };
    let jumps = svg(relu_derivative);
    let dots: Vec<&str> = jumps.split("<circle ").skip(1).collect();
    assert_eq!(dots.len(), 2);
    let place = |dot: &str| dot.split_once("\" cy=\"").unwrap().0.to_owned();
    assert_eq!(place(dots[0]), place(dots[1]), "not one above the other");
    assert!(dots[0].contains("fill=\"#d55e00\"") && dots[1].contains("fill=\"#fff\""));
    assert!(!svg(sigmoid_derivative).contains("<circle "));
}

#[test]
fn a_grid_says_once_what_its_figures_share() {
    let (x, y) = load_planar_dataset(1);
    let half = plot_db(|x| Array2::from_elem((1, x.ncols()), 0.25), &x, &y).titled("La primera");
    let other = plot_db(trained_planar_network, &x, &y).titled("La segunda");
    let said = plot_grid(&[half, other], 2).unwrap().to_string();
    assert_eq!(said.matches("Ejemplos en el plano").count(), 1, "{said}");
    assert!(
        said.contains("La primera.") && said.contains("La segunda."),
        "{said}"
    );
    assert_eq!(said.matches("Mal clasificados").count(), 2, "{said}");
}
