//! Examples as points, marked by class.

use std::fmt::Write;

use ndarray::{Array2, ArrayView1};

use super::axes::{Axes, Axis, span_of};
use super::error::PlotError;
use super::style::{CLASS_COLOURS, hex, px};
use crate::network::expect_shape;

/// Of more points than this, evenly many are left out of the drawing.
const MOST_POINTS: usize = 1000;

/// Refuses what cannot be drawn, before a long training rather than after it.
pub(crate) fn expect_examples(x: &Array2<f64>, y: &Array2<f64>) -> Result<(), PlotError> {
    Examples::new(x, y).map(drop)
}

/// Examples that can be drawn.
pub(super) struct Examples<'a> {
    pub x1: ArrayView1<'a, f64>,
    pub x2: ArrayView1<'a, f64>,
    pub classes: Vec<usize>,
}

impl<'a> Examples<'a> {
    pub fn new(x: &'a Array2<f64>, y: &Array2<f64>) -> Result<Self, PlotError> {
        let refuse = |message: String| Err(PlotError::Value(message));
        let (n_x, m) = x.dim();
        if n_x != 2 {
            let hint = if m == 2 {
                ": ¿falta transponerla, x.t()?"
            } else {
                ""
            };
            return refuse(format!(
                "x debería tener 2 filas, x₁ y x₂, y un ejemplo por columna, y tiene forma ({n_x}, {m}){hint}"
            ));
        }
        if m == 0 {
            return refuse("x no tiene ejemplos que dibujar: su forma es (2, 0)".into());
        }
        expect_shape("y", y, (1, m))?;
        if let Some(((row, i), value)) = x.indexed_iter().find(|(_, v)| !v.is_finite()) {
            return refuse(format!("x[[{row}, {i}]] vale {value}: no se puede dibujar"));
        }
        if let Some(((_, i), value)) = y.indexed_iter().find(|(_, v)| **v != 0.0 && **v != 1.0) {
            return refuse(format!(
                "y[[0, {i}]] debería ser 0 o 1, la clase, y vale {value}"
            ));
        }
        Ok(Examples {
            x1: x.row(0),
            x2: x.row(1),
            classes: y.iter().map(|class| *class as usize).collect(),
        })
    }

    pub fn axes(&self) -> Result<Axes, PlotError> {
        let too_large =
            || PlotError::Value("los valores de x son demasiado grandes para dibujarlos".into());
        let x1 = span_of(self.x1.iter().copied()).ok_or_else(too_large)?;
        let x2 = span_of(self.x2.iter().copied()).ok_or_else(too_large)?;
        Axes::draw(Axis::linear("x₁", x1), Axis::linear("x₂", x2))
    }

    /// The points, those of `is_marked` with a dark outline and above the others.
    pub fn points(&self, axes: &Axes, is_marked: impl Fn(usize) -> bool) -> String {
        let mut groups = [const { String::new() }; 4];
        for i in self.drawn() {
            let (x, y) = axes.pixel(self.x1[i], self.x2[i]);
            let class = self.classes[i];
            groups[class + 2 * usize::from(is_marked(i))].push_str(&point(class, x, y));
        }
        let mut elements = String::new();
        for (group, points) in groups.iter().enumerate() {
            if !points.is_empty() {
                let _ = write!(
                    elements,
                    "<g {}>{points}</g>",
                    point_style(group % 2, group >= 2)
                );
            }
        }
        elements
    }

    /// The points in the order of the examples, each an element with its own style, for a script
    /// that marks them anew.
    pub fn each_point(&self, axes: &Axes, is_marked: impl Fn(usize) -> bool) -> String {
        let mut points = String::new();
        for i in self.drawn() {
            let (x, y) = axes.pixel(self.x1[i], self.x2[i]);
            let class = self.classes[i];
            let style = point_style(class, is_marked(i));
            let _ = write!(points, "<g {style}>{}</g>", point(class, x, y));
        }
        points
    }

    /// The examples that have a point.
    pub fn drawn(&self) -> impl Iterator<Item = usize> {
        (0..self.classes.len()).step_by(self.stride())
    }

    pub fn description(&self) -> String {
        let m = self.classes.len();
        let ones = self.classes.iter().filter(|class| **class == 1).count();
        let mut description = format!(
            "Ejemplos en el plano (x₁, x₂): {} de clase 0, círculos naranja, y {ones} de clase 1, triángulos azules.",
            m - ones
        );
        if self.stride() > 1 {
            let _ = write!(description, " Se dibuja uno de cada {}.", self.stride());
        }
        description
    }

    fn stride(&self) -> usize {
        self.classes.len().div_ceil(MOST_POINTS)
    }
}

pub(super) fn point(class: usize, x: f64, y: f64) -> String {
    if class == 0 {
        format!("<circle cx=\"{}\" cy=\"{}\" r=\"4\"/>", px(x), px(y))
    } else {
        format!("<path d=\"M{} {}l4.4 7.8h-8.8z\"/>", px(x), px(y - 5.0))
    }
}

pub(super) fn point_style(class: usize, is_marked: bool) -> String {
    let outline = if is_marked {
        "stroke=\"#000\" stroke-width=\"1.8\""
    } else {
        "stroke=\"#fff\" stroke-width=\".7\""
    };
    format!("fill=\"{}\" {outline}", hex(CLASS_COLOURS[class]))
}
