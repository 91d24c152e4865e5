use ndarray::Array2;

use super::axes::{Axis, span_of};
use super::curve::{Curve, draw_curves};
use super::error::PlotError;
use super::figure::Figure;
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
) -> Result<Figure, PlotError> {
    let z = samples();
    draw(
        &format!("{name} y su derivada"),
        "g(z), g′(z)",
        &z,
        &[(name, function(&z)), ("derivada", derivative(&z))],
    )
}

/// Several functions of z in [−5, 5] together, each with its name:
///
/// ```
/// # use ex03_utils::*;
/// let figure = plot_activations(&[("sigmoide", &sigmoid), ("tanh", &tanh), ("ELU", &|z| elu(z, 1.0))])?;
/// # Ok::<(), PlotError>(())
/// ```
///
/// # Errors
///
/// [`PlotError`] where there is no function, or one of them returns another shape than the (1, k) that it got, or a value that is not finite.
pub fn plot_activations(functions: &[NamedFunction]) -> Result<Figure, PlotError> {
    let z = samples();
    let values: Vec<_> = functions
        .iter()
        .map(|(name, function)| (*name, function(&z)))
        .collect();
    draw("Funciones de activación", "g(z)", &z, &values)
}

fn samples() -> Array2<f64> {
    let step = 2.0 * LIMIT / (SAMPLES - 1) as f64;
    Array2::from_shape_fn((1, SAMPLES), |(_, i)| i as f64 * step - LIMIT)
}

fn draw(
    title: &str,
    y_name: &str,
    z: &Array2<f64>,
    functions: &[(&str, Array2<f64>)],
) -> Result<Figure, PlotError> {
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
    let y = span_of(all.chain([0.0])).ok_or_else(|| {
        PlotError::Value("los valores son demasiado grandes para dibujarlos".into())
    })?;
    let jump = 0.1 * (y.end - y.start);
    let curves: Vec<Curve> = functions
        .iter()
        .map(|(name, values)| {
            let points: Vec<(f64, f64)> = z.iter().copied().zip(values.iter().copied()).collect();
            Curve {
                name,
                pieces: points
                    .chunk_by(|a, b| (b.1 - a.1).abs() < jump)
                    .map(<[_]>::to_vec)
                    .collect(),
            }
        })
        .collect();
    let (panel, legend) = draw_curves(
        Axis::linear("z", -LIMIT..LIMIT),
        Axis::linear(y_name, y),
        &curves,
    )?;
    let of_each: Vec<String> = functions
        .iter()
        .map(|(name, values)| {
            let [first, middle, last] =
                [0, SAMPLES / 2, SAMPLES - 1].map(|i| number(values[[0, i]]));
            format!("{name} vale {first} en z = −5, {middle} en 0 y {last} en 5")
        })
        .collect();
    Ok(Figure::new(
        title,
        format!("{}.", of_each.join("; ")),
        panel,
        legend,
    ))
}
