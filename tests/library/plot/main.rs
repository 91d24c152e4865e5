//! Figures as a reader meets them: the SVG and the HTML, parsed.

mod boundary;
mod curves;
mod grids;
mod networks;

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

fn start() -> Moment {
    Moment {
        iteration: 0,
        cost: 0.69,
        parameters: trained(),
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
        plot_tangent("tanh", tanh, tanh_derivative).unwrap(),
        plot_replay(&[start()], &x, &y).unwrap(),
        explore_line(&x, &y, 45.0, -0.5).unwrap(),
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

#[track_caller]
fn refused(figure: Plotted, reason: &str) {
    let message = figure.into_result().unwrap_err().to_string();
    assert!(message.contains(reason), "{message}");
    assert!(!message.contains('\n'));
}
