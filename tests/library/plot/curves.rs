//! Costs and activation functions as curves.

use super::*;

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
fn costs_of_one_power_are_a_straight_line() {
    let costs: Vec<f64> = (0..50).map(|i| f64::from(i + 1).powi(-2)).collect();
    let figure = plot_cost(&costs).unwrap();
    let line = &curve(&figure.svg(), "#0072b2")[0];
    assert_eq!(line.len(), 50);
    let (first, last) = (line[0], line[49]);
    assert!(
        last.0 > first.0 && last.1 > first.1,
        "it goes down to the right"
    );
    for (i, (x, y)) in line.iter().enumerate() {
        let along = (i as f64 + 1.0).log(50.0);
        assert!((x - first.0 - along * (last.0 - first.0)).abs() <= 0.11);
        assert!((y - first.1 - along * (last.1 - first.1)).abs() <= 0.11);
    }
    assert!(
        figure
            .to_string()
            .contains("de 1 en la primera a 4×10⁻⁴ en la última, de 50."),
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
    let (first, last) = (line[0].0, line[line.len() - 1].0);
    let place = first + (last - first) * 5004_f64.log(10_000.0);
    assert!((highest.0 - place).abs() < 0.2, "{highest:?}");
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
