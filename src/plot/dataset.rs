//! The examples of a planar dataset.

use ndarray::Array2;

use super::figure::Figure;
use super::legend::Legend;
use super::plotted::Plotted;
use super::points::Examples;

/// The examples of two classes in the plane: circles for class 0, triangles for class 1. `x` is (2,
/// m), `y` is (1, m), of zeros and ones.
///
/// # Errors
///
/// [`PlotError`](super::PlotError) where the shapes do not fit, there is no example, a coordinate
/// is not finite, or a class is neither 0 nor 1.
pub fn plot_dataset(x: &Array2<f64>, y: &Array2<f64>) -> Plotted {
    Plotted::of(|| {
        let examples = Examples::new(x, y)?;
        let axes = examples.axes()?;
        let mut legend = Legend::new();
        legend.classes();
        Ok(Figure::new(
            "Conjunto de datos",
            examples.description(),
            axes.panel("", &examples.points(&axes, |_| false)),
            legend.drawing(),
        ))
    })
}
