//! The network with its symbols and the shapes of its matrices.

use super::figure::{Drawing, Figure};
use super::layers::{COLUMNS, Layers, WIDTH, arrow, formula, symbol};
use super::plotted::Plotted;
use super::style::INK;
use crate::network::LayerSize;

/// The network with its symbols: units, weights and biases, with their shapes below.
///
/// # Errors
///
/// [`PlotError`](super::PlotError) where a layer has no unit.
pub fn plot_network(size: &LayerSize) -> Plotted {
    Plotted::of(|| {
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
            "Red con {size}; cada unidad está unida a todas las de la capa anterior. \
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
    })
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
        formula(between(1), above, &shape("W", "1", n_h, &n_x.to_string())),
        formula(between(1), below, &shape("b", "1", n_h, "1")),
        formula(between(2), above, &shape("W", "2", n_y, &n_h.to_string())),
        formula(between(2), below, &shape("b", "2", n_y, "1")),
    ]
    .concat()
}
