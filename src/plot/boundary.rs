use std::fmt::Write;

use ndarray::{Array2, ArrayView1, s};

use super::axes::{Axes, PANEL};
use super::contour::{UNITS, region_above};
use super::dataset::{Examples, Legend};
use super::error::PlotError;
use super::figure::{Drawing, Figure};
use super::style::{CLASS_COLOURS, INK, tint};
use crate::network::expect_shape;

/// The model is asked at this many points along each axis.
const SIDE: usize = 200;
/// The text of all regions is shorter than this, in bytes. A model that is all noise is drawn coarsely.
const MOST_BYTES: usize = 60_000;

/// What a model says everywhere around the examples, and where it is wrong about them.
///
/// `model` takes points as columns, (2, k), and returns (1, k): classes, zeros and ones, or the probabilities of class 1. It is asked once, about a grid
/// and the examples together. Class 1 is where it exceeds 0.5: the black line. Probabilities are shaded in tenths. `x` is (2, m), `y` is (1, m), of zeros and ones.
///
/// # Errors
///
/// [`PlotError`] where the shapes do not fit, there is no example, a coordinate is not finite, a class is neither 0 nor 1, or the model
/// returns another shape or anything that is not between 0 and 1.
pub fn plot_db(
    model: impl Fn(&Array2<f64>) -> Array2<f64>,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<Figure, PlotError> {
    let examples = Examples::new(x, y)?;
    let axes = examples.axes()?;
    let points = grid_and_examples(&axes, x);
    let answers = model(&points);
    draw(&examples, &axes, &points, &answers)
}

/// The grid's points row by row, from the upper left, then the examples.
fn grid_and_examples(axes: &Axes, x: &Array2<f64>) -> Array2<f64> {
    let cells = (SIDE - 1) as f64;
    Array2::from_shape_fn((2, SIDE * SIDE + x.ncols()), |(axis, i)| {
        if i >= SIDE * SIDE {
            x[[axis, i - SIDE * SIDE]]
        } else {
            let (row, column) = ((i / SIDE) as f64, (i % SIDE) as f64);
            let (x1, x2) = axes.value(column / cells, row / cells);
            [x1, x2][axis]
        }
    })
}

fn draw(
    examples: &Examples,
    axes: &Axes,
    points: &Array2<f64>,
    answers: &Array2<f64>,
) -> Result<Figure, PlotError> {
    expect_shape("la respuesta del modelo", answers, (1, points.ncols()))?;
    if let Some(((_, i), answer)) = answers
        .indexed_iter()
        .find(|(_, a)| !(-1e-9..=1.0 + 1e-9).contains(*a))
    {
        return Err(PlotError::Value(format!(
            "el modelo debería responder con clases, 0 o 1, o con probabilidades entre 0 y 1, y respondió {answer} en x₁ = {:.3}, x₂ = {:.3}",
            points[[0, i]],
            points[[1, i]]
        )));
    }
    let answers = answers.row(0);
    let on_grid = answers
        .slice(s![..SIDE * SIDE])
        .to_owned()
        .into_shape_with_order((SIDE, SIDE));
    let on_grid = on_grid.map_err(|e| PlotError::Drawing(e.to_string()))?;
    let of_examples = answers.slice(s![SIDE * SIDE..]);

    let are_classes = answers
        .iter()
        .all(|answer| *answer == 0.0 || *answer == 1.0);
    let bands = if are_classes {
        Bands::classes()
    } else {
        Bands::probabilities()
    };
    let values = if are_classes {
        smoothed(&smoothed(&on_grid))
    } else {
        on_grid
    };
    let is_wrong = |i: usize| (of_examples[i] > 0.5) != (examples.classes[i] == 1);
    let panel = Drawing {
        width: f64::from(PANEL.0),
        height: f64::from(PANEL.1),
        elements: format!(
            "{}{}{}",
            bands.regions(axes, &values),
            axes.elements,
            examples.points(axes, is_wrong)
        ),
    };
    Ok(Figure::new(
        "Frontera de decisión",
        format!(
            "{} {}",
            examples.description(),
            bands.description(of_examples, is_wrong)
        ),
        panel,
        bands.legend(),
    ))
}

/// The mean of each value and its neighbours, so that the outline of a region of ones is not a staircase.
fn smoothed(values: &Array2<f64>) -> Array2<f64> {
    let last = SIDE as i64 - 1;
    let at = |row: i64, column: i64| {
        values[[row.clamp(0, last) as usize, column.clamp(0, last) as usize]]
    };
    Array2::from_shape_fn(values.dim(), |(row, column)| {
        let (row, column) = (row as i64, column as i64);
        let around = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dy, dx)));
        around
            .map(|(dy, dx)| at(row + dy, column + dx))
            .sum::<f64>()
            / 9.0
    })
}

/// Regions of one shade: below the first level, between each level and the next, and above the last.
struct Bands {
    levels: Vec<f64>,
    colours: Vec<String>,
}

impl Bands {
    fn classes() -> Self {
        Bands {
            levels: vec![0.5],
            colours: CLASS_COLOURS.map(|colour| tint(colour, 0.3)).to_vec(),
        }
    }

    fn probabilities() -> Self {
        let shade = |tenth: usize| {
            let middle = (tenth as f64 + 0.5) / 10.0;
            tint(CLASS_COLOURS[tenth / 5], 0.06 + 0.9 * (middle - 0.5).abs())
        };
        Bands {
            levels: (1..10).map(|tenth| f64::from(tenth) / 10.0).collect(),
            colours: (0..10).map(shade).collect(),
        }
    }

    /// Each region covers all that lies above its level: the higher ones are painted over it.
    fn regions(&self, axes: &Axes, values: &Array2<f64>) -> String {
        let mut stride = 1;
        loop {
            let coarse = coarsened(values, stride);
            let regions = self.paths(&coarse);
            if regions.len() < MOST_BYTES {
                let units = f64::from(UNITS) * (coarse.ncols() - 1) as f64;
                return axes.inset(units, &regions);
            }
            stride *= 2;
        }
    }

    fn paths(&self, values: &Array2<f64>) -> String {
        let mut paths = format!(
            "<path fill=\"{}\" d=\"M0 0h9999v9999H0z\"/>",
            self.colours[0]
        );
        let mut line = String::new();
        for (level, colour) in self.levels.iter().zip(&self.colours[1..]) {
            let region = region_above(values, *level);
            if region.is_empty() {
                continue;
            }
            let _ = write!(
                paths,
                "<path fill=\"{colour}\" fill-rule=\"evenodd\" d=\"{region}\"/>"
            );
            if *level == 0.5 {
                line = format!(
                    "<path fill=\"none\" stroke=\"{INK}\" stroke-width=\"1.6\" vector-effect=\"non-scaling-stroke\" d=\"{region}\"/>"
                );
            }
        }
        paths + &line
    }

    fn description(&self, answers: ArrayView1<f64>, is_wrong: impl Fn(usize) -> bool) -> String {
        let wrong = (0..answers.len()).filter(|i| is_wrong(*i)).count();
        let shades = if self.levels.len() == 1 {
            "El fondo muestra la clase que predice el modelo"
        } else {
            "El fondo muestra la probabilidad de la clase 1 según el modelo, en décimas"
        };
        format!(
            "{shades}; la línea negra separa las clases. {wrong} ejemplos mal clasificados, con borde negro."
        )
    }

    fn legend(&self) -> Drawing {
        let mut legend = Legend::new();
        legend.classes();
        legend.marked();
        legend.line(
            &format!("<path stroke=\"{INK}\" stroke-width=\"1.6\" d=\"M-12 0H12\"/>"),
            "frontera",
        );
        legend.drawing()
    }
}

/// Every `stride`th row and column.
fn coarsened(values: &Array2<f64>, stride: usize) -> Array2<f64> {
    values.slice(s![..;stride, ..;stride]).to_owned()
}
