//! A training, replayed with a slider.

use std::fmt::Write;

use ex03_vector::rounded::log10;
use ndarray::Array2;

use super::axes::Axes;
use super::boundary::{Bands, LINE_STYLE, Surface};
use super::cost::{cost_axis, iteration_axis, place_of};
use super::error::PlotError;
use super::figure::{Drawing, Figure, moved};
use super::legend::Legend;
use super::live::{Live, numeral, numerals};
use super::moments::{Moment, expect_moments};
use super::plotted::Plotted;
use super::points::Examples;
use super::style::{number, px};
use super::unit_lines::{unit_legend, unit_lines};
use crate::metric::accuracy;
use crate::network::passes;
use crate::network::{LayerSize, Parameters};

const COST_PANEL: (u32, u32) = (404, 290);
const COST_STYLE: &str = "fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\"";

/// The training of the exercise's network, tanh and then σ, replayed with a slider: at each moment
/// the boundary with the examples that are wrong, the line W1·x + b1 = 0 of each hidden unit, up to
/// eight, and the cost so far. `x` is (2, m), `y` is (1, m), of zeros and ones. Where scripts do
/// not run, the last moment is seen.
///
/// ```
/// # use ex03_utils::*;
/// # let (x, y) = load_planar_dataset(1);
/// # let fpropagation = |_: &Array2<f64>, _: &Parameters| ();
/// # let cost_function = |_: &(), _: &Array2<f64>| 0.5;
/// # let bpropagation = |_: &Parameters, _: &(), _: &Array2<f64>, _: &Array2<f64>| ();
/// # let update_parameters = |p: &Parameters, _: &(), _: f64| p.clone();
/// # let mut parameters = Parameters { w1: array![[1.0, 2.0]], b1: array![[0.0]], w2: array![[1.0]], b2: array![[0.0]] };
/// let mut moments = Vec::new();
/// let chosen = replay_iterations(100);
/// for iteration in 0..=100 {
///     let cache = fpropagation(&x, &parameters);
///     if chosen.contains(&iteration) {
///         let cost = cost_function(&cache, &y); // of cache.a2
///         moments.push(Moment { iteration, cost, parameters: parameters.clone() });
///     }
///     let gradients = bpropagation(&parameters, &cache, &x, &y);
///     parameters = update_parameters(&parameters, &gradients, 1.2);
/// }
/// plot_replay(&moments, &x, &y);
/// ```
///
/// # Errors
///
/// [`PlotError`] where there is no moment, or very many; where they are not in the order of their
/// iterations; where the shapes do not fit each other or the examples; where a number is not
/// finite, a cost not above 0, or a class neither 0 nor 1.
pub fn plot_replay(moments: &[Moment], x: &Array2<f64>, y: &Array2<f64>) -> Plotted {
    Plotted::of(|| {
        let examples = Examples::new(x, y)?;
        let size = expect_moments(moments)?;
        let (first, last) = (&moments[0], &moments[moments.len() - 1]);
        let accuracies: Vec<f64> = moments
            .iter()
            .map(|moment| {
                accuracy(
                    &output(x, &moment.parameters).mapv(|a2| f64::from(a2 > 0.5)),
                    y,
                )
            })
            .collect();

        let boundary = examples.axes()?;
        let surface = Surface::of(|x| output(x, &last.parameters), &boundary, x)?;
        let costs = cost_axes(moments)?;
        let places: Vec<(f64, f64)> = moments
            .iter()
            .map(|moment| costs.pixel(place_of(moment.iteration), log10(moment.cost)))
            .collect();
        let panels = [
            boundary_panel(&boundary, &surface, &examples, &last.parameters),
            cost_panel(&costs, &places),
            moved(0.0, f64::from(COST_PANEL.1) + 6.0, &legends(size)),
        ];
        let left = boundary.panel("", "").width;
        let panel = Drawing {
            width: left + f64::from(COST_PANEL.0),
            height: boundary.panel("", "").height,
            title_from: 0.0,
            elements: panels[0].clone() + &moved(left, 0.0, &panels[1..].concat()),
        };

        let description = format!(
            "Entrenamiento en {} momentos. Se ve el último, la iteración {}: costo {}, exactitud {:.2} %; en la {}, el costo era {} y la exactitud {:.2} %. \
         {} {} Las rectas discontinuas son las de las unidades ocultas, W1·x + b1 = 0. A la derecha, el costo hasta ese momento, en ejes logarítmicos.",
            moments.len(),
            last.iteration,
            number(last.cost),
            100.0 * accuracies[accuracies.len() - 1],
            first.iteration,
            number(first.cost),
            100.0 * accuracies[0],
            examples.description(),
            surface.description(&examples),
        );
        let live = Live {
            show: include_str!("replay.js"),
            data: data(&boundary, &examples, moments, &accuracies, &places),
        };
        Ok(Figure::new("La red aprende", description, panel, Drawing::default()).live(live))
    })
}

/// ŷ of the exercise's network, as replay.js computes it too.
fn output(x: &Array2<f64>, parameters: &Parameters) -> Array2<f64> {
    passes::forward(x, parameters, passes::TANH).a2
}

fn boundary_panel(axes: &Axes, surface: &Surface, examples: &Examples, p: &Parameters) -> String {
    let shade = format!("<g data-layer=\"shade\">{}</g>", surface.regions);
    let points = examples.each_point(axes, |i| surface.is_wrong(examples, i));
    let before = format!(
        "<g data-layer=\"points\">{points}</g><g data-layer=\"units\">{}</g>",
        unit_lines(axes, p)
    );
    axes.panel(&shade, &before).elements
}

fn cost_axes(moments: &[Moment]) -> Result<Axes, PlotError> {
    let x = iteration_axis(moments[moments.len() - 1].iteration);
    Axes::sized(COST_PANEL, x, cost_axis(moments.iter().map(|m| m.cost))?)
}

fn cost_panel(axes: &Axes, places: &[(f64, f64)]) -> String {
    let corners: Vec<String> = places
        .iter()
        .map(|(x, y)| format!("{} {}", px(*x), px(*y)))
        .collect();
    let (x, y) = places[places.len() - 1];
    let curve = corners.join("L");
    let lines = format!(
        "<path {COST_STYLE} stroke=\"#bbb\" stroke-width=\"1.5\" d=\"M{curve}\"/>\
         <path {COST_STYLE} stroke=\"#222\" stroke-width=\"2.2\" data-layer=\"cost\" d=\"M{curve}\"/>\
         <circle r=\"5.5\" fill=\"#222\" stroke=\"#fff\" data-layer=\"now\" cx=\"{}\" cy=\"{}\"/>",
        px(x),
        px(y)
    );
    axes.panel("", &lines).elements
}

fn legends(size: LayerSize) -> String {
    let mut examples = Legend::new();
    examples.classes();
    examples.wrong();
    let mut lines = Legend::new();
    lines.stroke(LINE_STYLE, "frontera: 0.5");
    unit_legend(&mut lines, size.n_h);
    lines.colour_bar(&Bands::probabilities().colours, "P(clase 1)");
    let left = 40.0;
    let examples = examples.drawing();
    moved(left, 0.0, &examples.elements)
        + &moved(left + examples.width - 12.0, 0.0, &lines.drawing().elements)
}

/// All that replay.js needs to draw any moment.
fn data(
    axes: &Axes,
    examples: &Examples,
    moments: &[Moment],
    accuracies: &[f64],
    places: &[(f64, f64)],
) -> String {
    let colours = Bands::probabilities().colours;
    let mut data = format!(
        "{{frame:{},x:{},y:{},colours:[\"{}\"],\npoints:[",
        numerals(axes.frame()),
        numerals([axes.x.start, axes.x.end]),
        numerals([axes.y.start, axes.y.end]),
        colours.join("\",\"")
    );
    for i in examples.drawn() {
        let point = [examples.x1[i], examples.x2[i], examples.classes[i] as f64];
        data.push_str(&(numerals(point) + ","));
    }
    data.push_str("],\nmoments:[");
    for ((moment, accuracy), (x, y)) in moments.iter().zip(accuracies).zip(places) {
        let p = &moment.parameters;
        let rows: Vec<String> =
            p.w1.rows()
                .into_iter()
                .map(|row| numerals(row.iter().copied()))
                .collect();
        let _ = write!(
            data,
            "\n{{iteration:{},cost:{},accuracy:{},place:[{},{}],w1:[{}],b1:{},w2:{},b2:{}}},",
            moment.iteration,
            numeral(moment.cost),
            numeral(*accuracy),
            px(*x),
            px(*y),
            rows.join(","),
            numerals(p.b1.iter().copied()),
            numerals(p.w2.iter().copied()),
            numeral(p.b2[[0, 0]])
        );
    }
    data + "]}"
}
