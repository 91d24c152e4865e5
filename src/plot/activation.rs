//! The curves of activation functions and their derivatives.

use std::ops::Range;

use ndarray::Array2;

use super::axes::{Axes, Axis, span_of};
use super::curve::{Curve, draw_curves, ends_at_jumps};
use super::error::PlotError;
use super::figure::Figure;
use super::legend::Legend;
use super::plotted::Plotted;
use super::stripes::stripes;
use super::style::number;
use crate::network::expect_shape;

/// A function of every element, and what the legend calls it.
type NamedFunction<'a> = (&'a str, &'a dyn Fn(&Array2<f64>) -> Array2<f64>);

const SAMPLES: usize = 601;
const LIMIT: f64 = 5.0;

/// An activation function and its derivative over z in [−5, 5]. Both take and return a (1, k).
///
/// # Errors
///
/// [`PlotError`] where one of them returns another shape, or a value that is not finite.
pub fn plot_activation(
    name: &str,
    function: impl Fn(&Array2<f64>) -> Array2<f64>,
    derivative: impl Fn(&Array2<f64>) -> Array2<f64>,
) -> Plotted {
    Plotted::of(|| {
        let z = samples(SAMPLES);
        draw(
            &format!("{name} y su derivada"),
            "g(z), g′(z)",
            &z,
            &[(name, function(&z)), ("derivada", derivative(&z))],
        )
    })
}

/// Several functions of z in [−5, 5] together, each with its name:
///
/// ```
/// # use ex03_utils::*;
/// let figure = plot_activations(&[("sigmoide", &sigmoid), ("tanh", &tanh), ("ELU", &|z| elu(z, 1.0))]);
/// ```
///
/// # Errors
///
/// [`PlotError`] where there is no function, or one of them returns another shape than the (1, k)
/// that it got, or a value that is not finite.
pub fn plot_activations(functions: &[NamedFunction]) -> Plotted {
    Plotted::of(|| {
        let z = samples(SAMPLES);
        let values: Vec<_> = functions
            .iter()
            .map(|(name, function)| (*name, function(&z)))
            .collect();
        draw("Funciones de activación", "g(z)", &z, &values)
    })
}

/// So many z in [−5, 5], as a (1, k).
pub(super) fn samples(k: usize) -> Array2<f64> {
    let step = 2.0 * LIMIT / (k - 1) as f64;
    Array2::from_shape_fn((1, k), |(_, i)| i as f64 * step - LIMIT)
}

fn draw(
    title: &str,
    y_name: &str,
    z: &Array2<f64>,
    functions: &[(&str, Array2<f64>)],
) -> Result<Figure, PlotError> {
    let chart = Chart::of(y_name, z, functions)?;
    Ok(Figure::new(
        title,
        chart.description,
        chart.axes.panel("", &chart.lines),
        chart.legend.drawing(),
    ))
}

/// Functions of z, drawn.
pub(super) struct Chart {
    pub axes: Axes,
    pub lines: String,
    pub legend: Legend,
    pub description: String,
}

impl Chart {
    /// `z` is (1, k), in order, and so are the values of each function.
    pub fn of(
        y_name: &str,
        z: &Array2<f64>,
        functions: &[(&str, Array2<f64>)],
    ) -> Result<Chart, PlotError> {
        let y = span_of_values(z, functions)?;
        let jump = 0.1 * (y.end - y.start);
        let points: Vec<Vec<(f64, f64)>> = functions
            .iter()
            .map(|(_, values)| z.iter().copied().zip(values.iter().copied()).collect())
            .collect();
        let curves: Vec<Curve> = functions
            .iter()
            .zip(&points)
            .map(|((name, _), points)| Curve {
                name,
                pieces: points
                    .chunk_by(|a, b| (b.1 - a.1).abs() < jump)
                    .map(<[_]>::to_vec)
                    .collect(),
            })
            .collect();
        let axes = Axes::draw(Axis::linear("z", -LIMIT..LIMIT), Axis::linear(y_name, y))?;
        let (lines, legend) = draw_curves(&axes, &curves);
        let lines = lines + &stripes(&axes, &points, jump) + &ends_at_jumps(&axes, &curves);
        let of_each: Vec<String> = functions
            .iter()
            .map(|(name, values)| {
                let k = values.len();
                let [first, middle, last] = [0, k / 2, k - 1].map(|i| number(values[[0, i]]));
                format!("{name} vale {first} en z = −5, {middle} en 0 y {last} en 5")
            })
            .collect();
        Ok(Chart {
            axes,
            lines,
            legend,
            description: format!("{}.", of_each.join("; ")),
        })
    }
}

fn span_of_values(
    z: &Array2<f64>,
    functions: &[(&str, Array2<f64>)],
) -> Result<Range<f64>, PlotError> {
    if functions.is_empty() {
        return Err(PlotError::Value(
            "no hay ninguna función que dibujar".into(),
        ));
    }
    for (name, values) in functions {
        expect_shape("la respuesta de la función", values, z.dim())?;
        if let Some((place, value)) = values.indexed_iter().find(|(_, value)| !value.is_finite()) {
            let z = number(z[place]);
            return Err(PlotError::Value(format!(
                "{name} vale {value} en z = {z}: no se puede dibujar"
            )));
        }
    }
    let all = functions
        .iter()
        .flat_map(|(_, values)| values.iter().copied());
    span_of(all.chain([0.0]))
        .ok_or_else(|| PlotError::Value("los valores son demasiado grandes para dibujarlos".into()))
}
