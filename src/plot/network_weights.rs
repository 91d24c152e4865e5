//! The network with its weights as widths of lines.

use std::fmt::Write;

use ndarray::Array2;

use super::error::PlotError;
use super::figure::{Drawing, Figure};
use super::layers::{Layers, WIDTH};
use super::legend::Legend;
use super::plotted::Plotted;
use super::style::{CLASS_COLOURS, INK, hex, number, px};
use crate::network::Parameters;

/// Of the line of the greatest weight, in pixels.
const WIDEST: f64 = 7.0;

/// The network with its weights as lines, and each unit's bias as its outline: the wider, the
/// greater in size; blue and solid where positive, vermillion and dashed where negative.
///
/// # Errors
///
/// [`PlotError`] where the shapes do not fit, a layer has no unit, or a parameter is not finite.
pub fn plot_network_weights(parameters: &Parameters) -> Plotted {
    Plotted::of(|| {
        let size = parameters.layer_size()?;
        let layers = Layers::of(&size)?;
        let weights = [&parameters.w1, &parameters.w2];
        let biases = [&parameters.b1, &parameters.b2];
        let mut greatest: f64 = 0.0;
        for (name, values) in ["W1", "b1", "W2", "b2"]
            .iter()
            .zip([weights[0], biases[0], weights[1], biases[1]])
        {
            greatest = greatest.max(magnitude(name, values)?);
        }

        let style = |value: f64| {
            let width = if greatest > 0.0 {
                WIDEST * value.abs() / greatest
            } else {
                0.0
            };
            line_style(value, width.max(0.4))
        };
        let mut elements = String::new();
        for edge in layers.edges() {
            let weight = weights[edge.layer - 1][[edge.unit, edge.input]];
            let ((x1, y1), (x2, y2)) = (edge.from, edge.to);
            let _ = write!(
                elements,
                "<path {} d=\"M{} {}L{} {}\"/>",
                style(weight),
                px(x1),
                px(y1),
                px(x2),
                px(y2)
            );
        }
        elements.push_str(&layers.units(|layer, unit| match layer {
            0 => format!("stroke=\"{INK}\""),
            _ => style(biases[layer - 1][[unit, 0]]),
        }));
        elements.push_str(&layers.outputs());

        let mut legend = Legend::new();
        legend.stroke(&line_style(1.0, WIDEST / 2.0), "peso positivo");
        legend.stroke(&line_style(-1.0, WIDEST / 2.0), "peso negativo");
        legend.stroke(
            &line_style(1.0, WIDEST),
            &format!("el mayor: {}", number(greatest)),
        );
        legend.line(
            &format!("<circle r=\"9\" fill=\"none\" {}/>", line_style(1.0, 3.0)),
            "borde: sesgo b",
        );
        let description = format!(
            "{} parámetros de una red con {size}: el grosor de cada línea es el tamaño de su peso, el mayor {}; azul y continua si es positivo, \
         naranja y discontinua si es negativo. El borde de cada unidad es su sesgo.",
            [weights, biases]
                .iter()
                .flatten()
                .map(|values| values.len())
                .sum::<usize>(),
            number(greatest)
        );
        let panel = Drawing {
            width: WIDTH,
            height: layers.height + 10.0,
            title_from: 0.0,
            elements,
        };
        Ok(Figure::new(
            "Red neuronal entrenada",
            description,
            panel,
            legend.drawing(),
        ))
    })
}

fn magnitude(name: &str, values: &Array2<f64>) -> Result<f64, PlotError> {
    match values.indexed_iter().find(|(_, value)| !value.is_finite()) {
        Some(((row, column), value)) => Err(PlotError::Value(format!(
            "{name}[[{row}, {column}]] vale {value}: no se puede dibujar"
        ))),
        None => Ok(values
            .iter()
            .fold(0.0, |greatest, value| value.abs().max(greatest))),
    }
}

fn line_style(value: f64, width: f64) -> String {
    let (colour, dashes) = if value < 0.0 {
        (CLASS_COLOURS[0], "9 4")
    } else {
        (CLASS_COLOURS[1], "none")
    };
    let width = px(width);
    format!(
        "stroke=\"{}\" stroke-width=\"{width}\" stroke-dasharray=\"{dashes}\"",
        hex(colour)
    )
}
