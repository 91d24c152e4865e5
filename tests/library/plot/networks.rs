//! Drawings of networks, with and without their weights.

use super::*;

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
