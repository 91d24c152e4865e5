//! Where the units and edges of a network stand, and how their symbols are written.

use std::fmt::Write;

use super::error::PlotError;
use super::style::{Anchor, CLASS_COLOURS, length, px, text, tint};
use crate::network::LayerSize;

/// A layer of more units shows its first ones, ⋮, and its last.
const MOST_UNITS: usize = 6;
const RADIUS: f64 = 25.0;
const UNIT_DISTANCE: f64 = 66.0;
/// Where the layers stand.
pub(super) const COLUMNS: [f64; 3] = [90.0, 320.0, 550.0];
pub(super) const WIDTH: f64 = 660.0;

/// The units that are drawn, and where.
pub(super) struct Layers {
    sizes: [usize; 3],
    /// Of each layer its units' numbers, from 0, and heights.
    units: [Vec<(usize, f64)>; 3],
    pub height: f64,
}

/// From a unit's rim to the rim of one of the next layer.
pub(super) struct Edge {
    pub layer: usize,
    pub unit: usize,
    pub input: usize,
    pub from: (f64, f64),
    pub to: (f64, f64),
}

impl Layers {
    pub fn of(size: &LayerSize) -> Result<Self, PlotError> {
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

    pub fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for layer in [1, 2] {
            let (left, right) = (COLUMNS[layer - 1], COLUMNS[layer]);
            for &(input, from) in &self.units[layer - 1] {
                for &(unit, to) in &self.units[layer] {
                    let length = length(right - left, to - from);
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

    /// Circles with their symbols, ⋮ where some are left out, and the layers' names. `rim` is the
    /// style of a unit's outline.
    pub fn units(&self, rim: impl Fn(usize, usize) -> String) -> String {
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
    pub fn outputs(&self) -> String {
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

/// A letter with its layer raised, in brackets, and its unit lowered.
pub(super) fn symbol(letter: &str, layer: &str, unit: &str) -> String {
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
pub(super) fn formula(x: f64, y: f64, symbols: &str) -> String {
    format!(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"16\">{symbols}</text>",
        px(x),
        px(y)
    )
}

pub(super) fn arrow(from: (f64, f64), to: (f64, f64)) -> String {
    let length = length(to.0 - from.0, to.1 - from.1);
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
