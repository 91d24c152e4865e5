use std::fmt::Write;

use ndarray::Array2;

use super::error::PlotError;
use super::figure::{Drawing, Figure};
use super::legend::Legend;
use super::style::{Anchor, CLASS_COLOURS, INK, hex, number, px, text, tint};
use crate::network::{LayerSize, Parameters};

/// A layer of more units shows its first ones, ⋮, and its last.
const MOST_UNITS: usize = 6;
const RADIUS: f64 = 25.0;
const UNIT_DISTANCE: f64 = 66.0;
/// Where the layers stand.
const COLUMNS: [f64; 3] = [90.0, 320.0, 550.0];
const WIDTH: f64 = 660.0;
/// Of the line of the greatest weight, in pixels.
const WIDEST: f64 = 7.0;

/// The network with its symbols: units, weights and biases, with their shapes below.
///
/// # Errors
///
/// [`PlotError`] where a layer has no unit.
pub fn plot_network(size: &LayerSize) -> Result<Figure, PlotError> {
    let layers = Layers::of(size)?;
    let mut elements = String::new();
    for edge in layers.edges() {
        elements.push_str(&arrow(edge.from, edge.to));
    }
    elements.push_str(&layers.units(|_, _| format!("stroke=\"{INK}\" stroke-width=\"1.5\"")));
    elements.push_str(&layers.outputs());
    elements.push_str(&shapes(size, layers.height));

    let LayerSize { n_x, n_h, n_y } = size;
    let description = format!(
        "Red con {n_x} entradas, {n_h} unidades ocultas y {n_y} de salida, cada una unida a todas las de la capa anterior. \
         W[1] es ({n_h}, {n_x}), b[1] es ({n_h}, 1), W[2] es ({n_y}, {n_h}) y b[2] es ({n_y}, 1): {} parámetros.",
        n_h * (n_x + 1) + n_y * (n_h + 1)
    );
    let panel = Drawing {
        width: WIDTH,
        height: layers.height + 84.0,
        title_from: 0.0,
        elements,
    };
    Ok(Figure::new(
        "Red neuronal",
        description,
        panel,
        Drawing::default(),
    ))
}

/// The network with its weights as lines, and each unit's bias as its outline: the wider, the greater in size; blue and solid
/// where positive, vermillion and dashed where negative.
///
/// # Errors
///
/// [`PlotError`] where the shapes do not fit, a layer has no unit, or a parameter is not finite.
pub fn plot_network_weights(parameters: &Parameters) -> Result<Figure, PlotError> {
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

/// The units that are drawn, and where.
struct Layers {
    sizes: [usize; 3],
    /// Of each layer its units' numbers, from 0, and heights.
    units: [Vec<(usize, f64)>; 3],
    height: f64,
}

/// From a unit's rim to the rim of one of the next layer.
struct Edge {
    layer: usize,
    unit: usize,
    input: usize,
    from: (f64, f64),
    to: (f64, f64),
}

impl Layers {
    fn of(size: &LayerSize) -> Result<Self, PlotError> {
        let sizes = [size.n_x, size.n_h, size.n_y];
        if sizes.contains(&0) {
            return Err(PlotError::Value(format!(
                "cada capa debería tener al menos una unidad, y el tamaño es {size}"
            )));
        }
        let rows = sizes.map(|n| n.min(MOST_UNITS));
        let height = 40.0 + UNIT_DISTANCE * rows.into_iter().max().unwrap_or(1) as f64;
        let units = sizes.map(|n| {
            let rows = n.min(MOST_UNITS);
            let top = 40.0 + (height - 40.0 - UNIT_DISTANCE * (rows - 1) as f64) / 2.0;
            (0..rows)
                .filter(|row| n <= MOST_UNITS || *row != MOST_UNITS - 2)
                .map(|row| {
                    let unit = if row == rows - 1 { n - 1 } else { row };
                    (unit, top + UNIT_DISTANCE * row as f64)
                })
                .collect()
        });
        Ok(Layers {
            sizes,
            units,
            height,
        })
    }

    fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for layer in [1, 2] {
            let (left, right) = (COLUMNS[layer - 1], COLUMNS[layer]);
            for &(input, from) in &self.units[layer - 1] {
                for &(unit, to) in &self.units[layer] {
                    let length = (right - left).hypot(to - from);
                    let (dx, dy) = (
                        RADIUS * (right - left) / length,
                        RADIUS * (to - from) / length,
                    );
                    edges.push(Edge {
                        layer,
                        unit,
                        input,
                        from: (left + dx, from + dy),
                        to: (right - dx, to - dy),
                    });
                }
            }
        }
        edges
    }

    /// Circles with their symbols, ⋮ where some are left out, and the layers' names. `rim` is the style of a unit's outline.
    fn units(&self, rim: impl Fn(usize, usize) -> String) -> String {
        let mut elements = String::new();
        let fills = [
            "#f2f2f2".to_string(),
            tint(CLASS_COLOURS[1], 0.12),
            tint(CLASS_COLOURS[0], 0.15),
        ];
        for layer in 0..3 {
            let x = COLUMNS[layer];
            let name = ["Capa de entrada", "Capa oculta", "Capa de salida"][layer];
            elements.push_str(&text(x, 22.0, Anchor::Middle, name));
            for &(unit, y) in &self.units[layer] {
                let _ = write!(
                    elements,
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{RADIUS}\" fill=\"{}\" {}/>",
                    px(x),
                    px(y),
                    fills[layer],
                    rim(layer, unit)
                );
                let symbol = match layer {
                    0 => symbol("x", "", &(unit + 1).to_string()),
                    _ => symbol("a", &layer.to_string(), &(unit + 1).to_string()),
                };
                elements.push_str(&formula(x, y + 5.0, &symbol));
            }
            if self.sizes[layer] > MOST_UNITS
                && let Some((_, last)) = self.units[layer].last()
            {
                elements.push_str(&text(x, last - UNIT_DISTANCE + 6.0, Anchor::Middle, "⋮"));
            }
        }
        elements
    }

    /// What leaves the network: ŷ.
    fn outputs(&self) -> String {
        let x = COLUMNS[2] + RADIUS;
        let mut elements = String::new();
        for &(unit, y) in &self.units[2] {
            let number = if self.sizes[2] == 1 {
                String::new()
            } else {
                (unit + 1).to_string()
            };
            elements.push_str(&arrow((x, y), (x + 40.0, y)));
            elements.push_str(&formula(x + 55.0, y + 5.0, &symbol("ŷ", "", &number)));
        }
        elements
    }
}

/// The shapes of parameters between the layers, and of values under them.
fn shapes(size: &LayerSize, top: f64) -> String {
    let LayerSize { n_x, n_h, n_y } = size;
    let between = |layer: usize| (COLUMNS[layer - 1] + COLUMNS[layer]) / 2.0;
    let shape = |name: &str, layer: &str, rows: &usize, columns: &str| {
        format!(
            "{} <tspan>({rows}, {columns})</tspan>",
            symbol(name, layer, "")
        )
    };
    let (above, below) = (top + 30.0, top + 58.0);
    [
        formula(COLUMNS[0], above, &shape("X", "", n_x, "m")),
        formula(COLUMNS[1], above, &shape("A", "1", n_h, "m")),
        formula(COLUMNS[2], above, &shape("A", "2", n_y, "m")),
        formula(COLUMNS[2], below, &format!("= {}", symbol("Ŷ", "", ""))),
        formula(COLUMNS[2], below, &format!("= {}", symbol("Ŷ", "", ""))),
        formula(between(1), above, &shape("W", "1", n_h, &n_x.to_string())),
        formula(between(1), below, &shape("b", "1", n_h, "1")),
        formula(between(2), above, &shape("W", "2", n_y, &n_h.to_string())),
        formula(between(2), below, &shape("b", "2", n_y, "1")),
    ]
    .concat()
}

/// A letter with its layer raised, in brackets, and its unit lowered.
fn symbol(letter: &str, layer: &str, unit: &str) -> String {
    let mut symbol = format!("<tspan font-style=\"italic\">{letter}</tspan>");
    let mut back = 0;
    if !layer.is_empty() {
        let _ = write!(
            symbol,
            "<tspan dy=\"-6\" font-size=\"11\">[{layer}]</tspan>"
        );
        back = 6;
    }
    if !unit.is_empty() {
        let _ = write!(
            symbol,
            "<tspan dy=\"{}\" font-size=\"11\">{unit}</tspan>",
            back + 4
        );
        back = -4;
    }
    if back != 0 {
        // What follows stands on the line again.
        let _ = write!(symbol, "<tspan dy=\"{back}\">\u{200b}</tspan>");
    }
    symbol
}

/// A line of symbols around `x`.
fn formula(x: f64, y: f64, symbols: &str) -> String {
    format!(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"16\">{symbols}</text>",
        px(x),
        px(y)
    )
}

fn arrow(from: (f64, f64), to: (f64, f64)) -> String {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let (dx, dy) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
    let (neck_x, neck_y) = (to.0 - 9.0 * dx, to.1 - 9.0 * dy);
    let [left_x, left_y, right_x, right_y] = [
        neck_x - 3.0 * dy,
        neck_y + 3.0 * dx,
        neck_x + 3.0 * dy,
        neck_y - 3.0 * dx,
    ]
    .map(px);
    format!(
        "<path stroke=\"#777\" d=\"M{} {}L{} {}\"/><path fill=\"#777\" d=\"M{} {}L{left_x} {left_y}L{right_x} {right_y}z\"/>",
        px(from.0),
        px(from.1),
        px(neck_x),
        px(neck_y),
        px(to.0),
        px(to.1)
    )
}
