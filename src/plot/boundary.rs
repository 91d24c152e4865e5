//! The decision boundary of a classifier, drawn over the examples.

use std::fmt::Write;

use ndarray::{Array1, Array2, s};

use super::axes::Axes;
use super::contour::{UNITS, region_above};
use super::error::PlotError;
use super::figure::{Drawing, Figure};
use super::legend::Legend;
use super::plotted::Plotted;
use super::points::Examples;
use super::style::{CLASS_COLOURS, tint};
use crate::network::expect_shape;

/// The model is asked at this many points along each axis.
const SIDE: usize = 300;
/// So many of them, at each edge, lie beyond the frame, where the outlines of regions close.
const BEYOND: usize = 4;
/// The text of all regions is shorter than this, in bytes. A model that is all noise is drawn
/// coarsely.
const MOST_BYTES: usize = 50_000;
pub(super) const LINE_STYLE: &str = "stroke=\"#222\" stroke-width=\"1.6\"";

/// What a model says everywhere around the examples, and where it is wrong about them.
///
/// `model` takes points as columns, (2, k), and returns (1, k): classes, zeros and ones, or the
/// probabilities of class 1. It is asked once, about a grid and the examples together. Class 1 is
/// where it exceeds 0.5: the black line. Probabilities are shaded in tenths. `x` is (2, m), `y` is
/// (1, m), of zeros and ones.
///
/// # Errors
///
/// [`PlotError`] where the shapes do not fit, there is no example, a coordinate is not finite, a
/// class is neither 0 nor 1, or the model returns another shape or anything that is not between 0
/// and 1.
pub fn plot_db(
    model: impl Fn(&Array2<f64>) -> Array2<f64>,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Plotted {
    Plotted::of(|| {
        let examples = Examples::new(x, y)?;
        let axes = examples.axes()?;
        let surface = Surface::of(model, &axes, x)?;
        let is_wrong = |i: usize| surface.is_wrong(&examples, i);
        Ok(Figure::new(
            "Frontera de decisión",
            format!(
                "{} {}",
                examples.description(),
                surface.description(&examples)
            ),
            axes.panel(&surface.regions, &examples.points(&axes, is_wrong)),
            surface.bands.legend(),
        ))
    })
}

/// What a model says everywhere around the examples, drawn, and about them.
pub(super) struct Surface {
    bands: Bands,
    pub regions: String,
    of_examples: Array1<f64>,
}

impl Surface {
    pub fn of(
        model: impl Fn(&Array2<f64>) -> Array2<f64>,
        axes: &Axes,
        x: &Array2<f64>,
    ) -> Result<Self, PlotError> {
        let points = grid_and_examples(axes, x);
        let answers = model(&points);
        expect_answers(&points, &answers)?;
        let answers = answers.row(0);
        let on_grid = answers
            .slice(s![..SIDE * SIDE])
            .to_owned()
            .into_shape_with_order((SIDE, SIDE));
        let on_grid = on_grid.map_err(|e| PlotError::Drawing(e.to_string()))?;
        let are_classes = answers
            .iter()
            .all(|answer| *answer == 0.0 || *answer == 1.0);
        let (bands, values) = if are_classes {
            (Bands::classes(), smoothed(&on_grid))
        } else {
            (Bands::probabilities(), on_grid)
        };
        Ok(Surface {
            regions: bands.regions(axes, &values),
            bands,
            of_examples: answers.slice(s![SIDE * SIDE..]).to_owned(),
        })
    }

    pub fn is_wrong(&self, examples: &Examples, i: usize) -> bool {
        (self.of_examples[i] > 0.5) != (examples.classes[i] == 1)
    }

    pub fn description(&self, examples: &Examples) -> String {
        let m = examples.classes.len();
        let wrong = (0..m).filter(|i| self.is_wrong(examples, *i)).count();
        let shades = if self.bands.are_classes() {
            "El fondo muestra la clase que predice el modelo"
        } else {
            "El fondo muestra la probabilidad de la clase 1 según el modelo, en décimas"
        };
        format!(
            "{shades}; la línea negra separa las clases. Mal clasificados, con borde negro: {wrong} de {m}."
        )
    }
}

/// The grid's points row by row, from the upper left, then the examples.
fn grid_and_examples(axes: &Axes, x: &Array2<f64>) -> Array2<f64> {
    let cells = (SIDE - 1 - 2 * BEYOND) as f64;
    let fraction = |place: usize| (place as f64 - BEYOND as f64) / cells;
    Array2::from_shape_fn((2, SIDE * SIDE + x.ncols()), |(axis, i)| {
        if i >= SIDE * SIDE {
            return x[[axis, i - SIDE * SIDE]];
        }
        let (x1, x2) = axes.value(fraction(i % SIDE), fraction(i / SIDE));
        [x1, x2][axis]
    })
}

fn expect_answers(points: &Array2<f64>, answers: &Array2<f64>) -> Result<(), PlotError> {
    expect_shape("la respuesta del modelo", answers, (1, points.ncols()))?;
    let is_answer = |a: &f64| (-1e-9..=1.0 + 1e-9).contains(a);
    match answers.indexed_iter().find(|(_, a)| !is_answer(a)) {
        Some(((_, i), answer)) => Err(PlotError::Value(format!(
            "el modelo debería responder con clases, 0 o 1, o con probabilidades entre 0 y 1, y respondió {answer} en x₁ = {:.3}, x₂ = {:.3}",
            points[[0, i]],
            points[[1, i]]
        ))),
        None => Ok(()),
    }
}

/// Values blurred over two cells to each side, so that the outline of a region of ones is not a
/// staircase.
fn smoothed(values: &Array2<f64>) -> Array2<f64> {
    let kernel = [1.0, 2.0, 3.0, 2.0, 1.0];
    let blurred = |values: &Array2<f64>| {
        // Along each row; the result is transposed.
        Array2::from_shape_fn((SIDE, SIDE), |(column, row)| {
            let near = |k: usize| (column + k).saturating_sub(2).min(SIDE - 1);
            (0..5)
                .map(|k| kernel[k] * values[[row, near(k)]])
                .sum::<f64>()
                / 9.0
        })
    };
    blurred(&blurred(values))
}

/// Regions of one shade: below the first level, between each level and the next, and above the
/// last.
pub(super) struct Bands {
    levels: Vec<f64>,
    pub colours: Vec<String>,
    /// How far, in cells, an outline may be from the computed one. Of classes, each outline is
    /// only known to a cell.
    tolerance: f64,
}

impl Bands {
    fn classes() -> Self {
        Bands {
            levels: vec![0.5],
            colours: CLASS_COLOURS.map(|colour| tint(colour, 0.3)).to_vec(),
            tolerance: 0.7,
        }
    }

    pub fn probabilities() -> Self {
        let shade = |tenth: usize| {
            let middle = (tenth as f64 + 0.5) / 10.0;
            tint(CLASS_COLOURS[tenth / 5], 0.06 + 0.9 * (middle - 0.5).abs())
        };
        Bands {
            levels: (1..10).map(|tenth| f64::from(tenth) / 10.0).collect(),
            colours: (0..10).map(shade).collect(),
            tolerance: 0.2,
        }
    }

    /// Each region covers all that lies above its level: the higher ones are painted over it.
    fn regions(&self, axes: &Axes, values: &Array2<f64>) -> String {
        let mut stride = 1;
        loop {
            let regions = self.paths(&values.slice(s![..;stride, ..;stride]).to_owned());
            if regions.len() < MOST_BYTES {
                let unit = f64::from(UNITS) / stride as f64;
                let frame = [BEYOND, SIDE - 1 - 2 * BEYOND].map(|cells| unit * cells as f64);
                return axes.inset(frame, &regions);
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
            let region = region_above(values, *level, self.tolerance);
            if region.is_empty() {
                continue;
            }
            let _ = write!(
                paths,
                "<path fill=\"{colour}\" fill-rule=\"evenodd\" d=\"{region}\"/>"
            );
            if *level == 0.5 {
                line = format!(
                    "<path fill=\"none\" {LINE_STYLE} vector-effect=\"non-scaling-stroke\" d=\"{region}\"/>"
                );
            }
        }
        paths + &line
    }

    fn are_classes(&self) -> bool {
        self.levels.len() == 1
    }

    fn legend(&self) -> Drawing {
        let mut legend = Legend::new();
        legend.classes();
        legend.wrong();
        if self.are_classes() {
            legend.stroke(LINE_STYLE, "frontera");
            for (class, colour) in self.colours.iter().enumerate() {
                legend.swatch(colour, &format!("predice clase {class}"));
            }
        } else {
            legend.stroke(LINE_STYLE, "frontera: 0.5");
            legend.colour_bar(&self.colours, "P(clase 1)");
        }
        legend.drawing()
    }
}
