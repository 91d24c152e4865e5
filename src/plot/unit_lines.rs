//! The line of each hidden unit, W1·x + b1 = 0: where its activation changes sign.

use std::ops::Range;

use super::axes::Axes;
use super::legend::Legend;
use super::style::{length, px};
use crate::network::Parameters;

/// The lines of more units hide what they should show.
const MOST_LINES: usize = 8;
/// How far inside the frame, in pixels along its line, a unit's number stands. replay.js has the
/// same.
const NUMBER_INSIDE: f64 = 15.0;
const COLOUR: &str = "#5b2a86";
const STYLE: &str = "stroke=\"#5b2a86\" stroke-width=\"2\" stroke-dasharray=\"8 4\"";

/// None for more units than can be told apart.
pub(super) fn unit_lines(axes: &Axes, p: &Parameters) -> String {
    if p.w1.nrows() > MOST_LINES {
        return String::new();
    }
    (0..p.w1.nrows())
        .map(|unit| {
            let line = [p.w1[[unit, 0]], p.w1[[unit, 1]], p.b1[[unit, 0]]];
            let ends = line_within(line, &axes.x, &axes.y);
            unit_line(
                unit,
                ends.map(|ends| ends.map(|(x1, x2)| axes.pixel(x1, x2))),
            )
        })
        .collect()
}

pub(super) fn unit_legend(legend: &mut Legend, n_h: usize) {
    if n_h <= MOST_LINES {
        let number = unit_number(0);
        let sign =
            format!("<path {STYLE} d=\"M-14 0H14\"/><g transform=\"scale(.8)\">{number}</g>");
        legend.line(&sign, "recta de la unidad 1");
    }
}

/// Where w₁x₁ + w₂x₂ + b = 0 meets the edges of a rectangle, if it does. replay.js computes the
/// same.
fn line_within([w1, w2, b]: [f64; 3], x: &Range<f64>, y: &Range<f64>) -> Option<[(f64, f64); 2]> {
    let sides = [x.start, x.end].map(|x1| (x1, -(w1 * x1 + b) / w2));
    let floor_and_ceiling = [y.start, y.end].map(|x2| (-(w2 * x2 + b) / w1, x2));
    let on_sides = sides
        .into_iter()
        .filter(|(_, x2)| y.start <= *x2 && *x2 <= y.end);
    let on_others = floor_and_ceiling
        .into_iter()
        .filter(|(x1, _)| x.start < *x1 && *x1 < x.end);
    let mut ends = on_sides.chain(on_others);
    Some([ends.next()?, ends.next()?])
}

/// A line with the unit's number near one end.
fn unit_line(unit: usize, ends: Option<[(f64, f64); 2]>) -> String {
    let number = unit_number(unit);
    let Some([from, to]) = ends else {
        return format!("<g display=\"none\"><path {STYLE}/><g>{number}</g></g>");
    };
    let share = NUMBER_INSIDE / length(to.0 - from.0, to.1 - from.1);
    let place = [
        from.0 + share * (to.0 - from.0),
        from.1 + share * (to.1 - from.1),
    ];
    let [x1, y1, x2, y2, x, y] = [from.0, from.1, to.0, to.1, place[0], place[1]].map(px);
    format!(
        "<g><path {STYLE} d=\"M{x1} {y1}L{x2} {y2}\"/><g transform=\"translate({x} {y})\">{number}</g></g>"
    )
}

fn unit_number(unit: usize) -> String {
    format!(
        "<circle r=\"9\" fill=\"{COLOUR}\" stroke=\"#fff\"/><text y=\"4\" text-anchor=\"middle\" font-size=\"12\" font-weight=\"600\" fill=\"#fff\">{}</text>",
        unit + 1
    )
}
