//! A straight line that the reader turns and moves, to look for the best one by hand.

use ex03_vector::rounded::{cos, sin};
use ndarray::Array2;

use super::axes::Axes;
use super::boundary::LINE_STYLE;
use super::figure::Figure;
use super::legend::Legend;
use super::live::{Live, numeral, numerals};
use super::plotted::Plotted;
use super::points::Examples;
use super::style::{CLASS_COLOURS, number, px, tint};
use crate::activation::sigmoid;
use crate::network::passes;

/// The legend's lines that say what the line is worth. line.js writes them anew.
const SAID: [&str; 4] = ["place", "hits", "accuracy", "cost"];

/// Draws the line that makes `degrees` with the axis of x₁ and passes at the distance `offset` from
/// the origin, and says what it gets right and what it costs. Its sides are given the classes that
/// fit `y` better. Where scripts run, two sliders turn and move it.
///
/// The cost is the lowest that a logistic regression with this boundary can have: that of σ(k·d),
/// d the distance to the line, with the k that makes it least.
///
/// `x` is (2, m), `y` is (1, m). An offset is in the units of x; a positive one moves the line to the
/// left of its direction: upwards, where the line runs to the right.
///
/// # Errors
///
/// [`PlotError`](super::PlotError) where x and y do not fit each other, or an argument is not finite.
pub fn explore_line(x: &Array2<f64>, y: &Array2<f64>, degrees: f64, offset: f64) -> Plotted {
    Plotted::of(|| {
        let examples = Examples::new(x, y)?;
        if let Some(value) = [degrees, offset].into_iter().find(|it| !it.is_finite()) {
            return Err(super::PlotError::Value(format!(
                "los grados y la distancia deberían ser números finitos, y uno vale {value}"
            )));
        }
        let axes = examples.axes()?;
        let line = Line { degrees, offset };
        let distances = line.distances(x);
        let is_left = |i: usize| distances[[0, i]] > 0.0;
        let m = examples.classes.len();
        let hits_if_left_is_one = (0..m)
            .filter(|&i| is_left(i) == (examples.classes[i] == 1))
            .count();
        let left = usize::from(2 * hits_if_left_is_one >= m);
        let hits = hits_if_left_is_one.max(m - hits_if_left_is_one);
        let cost = lowest_cost(&distances, y);
        let is_wrong = |i: usize| (is_left(i) == (left == 1)) != (examples.classes[i] == 1);

        let said = [
            format!("{}°, a {} del centro", number(degrees), number(offset)),
            format!("acierta {hits} de {m}"),
            format!("exactitud {:.2} %", 100.0 * hits as f64 / m as f64),
            format!("costo {cost:.3}"),
        ];
        let description = format!("{} La recta: {}.", examples.description(), said.join(", "));
        let mut legend = Legend::new();
        legend.classes();
        legend.wrong();
        legend.stroke(LINE_STYLE, "la recta");
        for (layer, said) in SAID.iter().zip(&said) {
            legend.said(layer, said);
        }
        let live = Live {
            show: include_str!("line.js"),
            data: data(&axes, &examples, line),
        };
        let points = format!(
            "<g data-layer=\"points\">{}</g>",
            examples.each_point(&axes, is_wrong)
        );
        Ok(Figure::new(
            "Una recta",
            description,
            axes.panel(&axes.cut(&line.halves(&axes, left)), &points),
            legend.drawing(),
        )
        .live(live))
    })
}

#[derive(Clone, Copy)]
struct Line {
    degrees: f64,
    offset: f64,
}

impl Line {
    /// Its direction and the one to the left of it, each of length 1.
    fn directions(self) -> [[f64; 2]; 2] {
        let angle = self.degrees.to_radians();
        let (sin, cos) = (sin(angle), cos(angle));
        [[cos, sin], [-sin, cos]]
    }

    /// How far to the left of the line each example stands, of shape (1, m).
    fn distances(self, x: &Array2<f64>) -> Array2<f64> {
        let [_, [across_1, across_2]] = self.directions();
        Array2::from_shape_fn((1, x.ncols()), |(_, i)| {
            across_1 * x[[0, i]] + across_2 * x[[1, i]] - self.offset
        })
    }

    /// Both sides in the colours of their classes, and the line. line.js draws the same.
    fn halves(self, axes: &Axes, left: usize) -> String {
        let [along, across] = self.directions();
        let far = 4.0 * (axes.x.end - axes.x.start + axes.y.end - axes.y.start);
        let corner = |forth: f64, aside: f64| {
            let at = |axis: usize| {
                self.offset * across[axis] + forth * along[axis] + aside * across[axis]
            };
            let (x, y) = axes.pixel(at(0), at(1));
            format!("{} {}", px(x), px(y))
        };
        let line = format!("M{}L{}", corner(-far, 0.0), corner(far, 0.0));
        let half = format!("{line}L{}L{}z", corner(far, far), corner(-far, far));
        let colour = |class: usize| tint(CLASS_COLOURS[class], 0.3);
        format!(
            "<path data-layer=\"right\" fill=\"{}\" d=\"M0 0h9999v9999H0z\"/>\
             <path data-layer=\"left\" fill=\"{}\" d=\"{half}\"/>\
             <path data-layer=\"line\" {LINE_STYLE} d=\"{line}\"/>",
            colour(1 - left),
            colour(left)
        )
    }
}

/// The lowest cost of σ(k·d) over all k, found by halving where its slope changes sign.
fn lowest_cost(distances: &Array2<f64>, y: &Array2<f64>) -> f64 {
    // Further out σ is 1 to the last bit, and the logarithm of 1 − σ has no value.
    let farthest = distances.fold(1e-9_f64, |farthest, d| farthest.max(d.abs()));
    let (mut low, mut high) = (-30.0 / farthest, 30.0 / farthest);
    for _ in 0..50 {
        let k = 0.5 * (low + high);
        let slope = ((sigmoid(&(k * distances)) - y) * distances).sum();
        if slope > 0.0 {
            high = k;
        } else {
            low = k;
        }
    }
    passes::cost(&sigmoid(&(low * distances)), y)
}

/// All that line.js needs to draw any line.
fn data(axes: &Axes, examples: &Examples, line: Line) -> String {
    let mut data = format!(
        "{{frame:{},x:{},y:{},colours:[\"{}\",\"{}\"],degrees:{},offset:{},\npoints:[",
        numerals(axes.frame()),
        numerals([axes.x.start, axes.x.end]),
        numerals([axes.y.start, axes.y.end]),
        tint(CLASS_COLOURS[0], 0.3),
        tint(CLASS_COLOURS[1], 0.3),
        numeral(line.degrees),
        numeral(line.offset)
    );
    for i in 0..examples.classes.len() {
        let point = [examples.x1[i], examples.x2[i], examples.classes[i] as f64];
        data.push_str(&(numerals(point) + ","));
    }
    data + "]}"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::load_planar_dataset;
    use ndarray::array;

    #[test]
    fn a_positive_offset_moves_a_horizontal_line_upwards() {
        let x = array![[0.0, 0.0, 0.0], [-1.0, 0.5, 2.0]];
        let at = |offset| Line {
            degrees: 0.0,
            offset,
        };
        assert_eq!(at(0.0).distances(&x), x.slice(ndarray::s![1..2, ..]));
        assert_eq!(at(1.0).distances(&x), array![[-2.0, -0.5, 1.0]]);
    }

    #[test]
    fn hits_and_costs_of_lines_over_the_flower_are_those_of_numpy() {
        let (x, y) = load_planar_dataset(1);
        let golden = include_str!("../../tests/golden/story.json");
        let golden: serde_json::Value = serde_json::from_str(golden).unwrap();
        let lines = golden["lines"].as_array().unwrap();
        assert!(lines.len() >= 6);
        for line in lines {
            let value = |name: &str| line[name].as_f64().unwrap();
            let (degrees, offset) = (value("degrees"), value("offset"));
            let cost = lowest_cost(&Line { degrees, offset }.distances(&x), &y);
            assert!((cost - value("cost")).abs() < 1e-9, "{line}: {cost}");
            let figure = explore_line(&x, &y, degrees, offset).into_result().unwrap();
            let said = format!("acierta {} de 400", line["hits"]);
            assert!(figure.svg().contains(&said), "{line}: {figure}");
        }
    }

    #[test]
    fn what_a_line_separates_costs_almost_nothing() {
        let y = array![[0.0, 0.0, 1.0]];
        assert!(lowest_cost(&array![[-2.0, -1.0, 1.0]], &y) < 1e-4);
        assert_eq!(lowest_cost(&array![[0.0, 0.0, 0.0]], &y), 2_f64.ln());
    }
}
