//! Curves of a function of one variable.

use std::fmt::Write;

use super::axes::Axes;
use super::legend::Legend;
use super::style::px;

/// Colour and dashes of each curve of a figure, so that colour is not all that tells them apart.
/// The colours are Okabe's and Ito's.
const STYLES: [(&str, &str); 6] = [
    ("#0072b2", "none"),
    ("#d55e00", "8 4"),
    ("#009e73", "2 3"),
    ("#000", "10 3 2 3"),
    ("#cc79a7", "5 2"),
    ("#56b4e9", "14 4"),
];

/// Of the curve that comes as the `i`th, from 0.
pub(super) fn colour_of(i: usize) -> &'static str {
    STYLES[i % STYLES.len()].0
}

/// A named line, in pieces where it jumps.
pub(super) struct Curve<'a> {
    pub name: &'a str,
    pub pieces: Vec<Vec<(f64, f64)>>,
}

/// The curves of one figure, each in a style of its own: their lines and their legend.
pub(super) fn draw_curves(axes: &Axes, curves: &[Curve]) -> (String, Legend) {
    let mut lines = String::new();
    let mut legend = Legend::new();
    for (i, curve) in curves.iter().enumerate() {
        let (colour, dashes) = STYLES[i % STYLES.len()];
        let style =
            format!("stroke=\"{colour}\" stroke-width=\"2.2\" stroke-dasharray=\"{dashes}\"");
        // A round end shows a line of one point; between dashes it would fill the gap.
        let cap = if dashes == "none" { "round" } else { "butt" };
        let mut path = String::new();
        for piece in &curve.pieces {
            for (i, (x, y)) in piece.iter().enumerate() {
                let (x, y) = axes.pixel(*x, *y);
                let _ = write!(
                    path,
                    "{}{} {}",
                    if i == 0 { "M" } else { "L" },
                    px(x),
                    px(y)
                );
            }
            if piece.len() == 1 {
                path.push_str("h0");
            }
        }
        let _ = write!(
            lines,
            "<path fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"{cap}\" {style} d=\"{path}\"/>"
        );
        if !curve.name.is_empty() {
            legend.stroke(&style, curve.name);
        }
    }
    (lines, legend)
}

/// Where curves jump, a full dot on the value that they have there and a hollow one on the value that
/// they only come near to. A jump is taken to be at the end that lies nearer to 0, as an activation's
/// is.
pub(super) fn ends_at_jumps(axes: &Axes, curves: &[Curve]) -> String {
    let mut dots = String::new();
    for (i, curve) in curves.iter().enumerate() {
        let colour = colour_of(i);
        for pair in curve.pieces.windows(2) {
            // A piece of one point is a dot by itself.
            let ([.., _, end], [start, _, ..]) = (&pair[0][..], &pair[1][..]) else {
                continue;
            };
            let (full, hollow) = match end.0.abs() <= start.0.abs() {
                true => (end, (end.0, start.1)),
                false => (start, (start.0, end.1)),
            };
            for ((x, y), fill) in [(*full, colour), (hollow, "#fff")] {
                let (x, y) = axes.pixel(x, y);
                let _ = write!(
                    dots,
                    "<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                    px(x),
                    px(y)
                );
            }
        }
    }
    dots
}
