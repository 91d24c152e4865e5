//! A figure, or why there is none.

use super::error::PlotError;
use super::figure::Figure;
use crate::display::show;

/// What a plot function returns: a [`Figure`], or the [`PlotError`] that says why there is none. A
/// notebook shows either.
///
/// It is no `Result`, since a cell that ends with one shows its text alone, and a cell whose last
/// line has a `?` sometimes; nor is it a trait on `Result`: where any trait has a method
/// `evcxr_display`, a cell that ends with an integer variable of its own does not compile.
#[derive(Clone, Debug, PartialEq)]
pub struct Plotted(Result<Figure, PlotError>);

impl Plotted {
    pub(crate) fn of(draw: impl FnOnce() -> Result<Figure, PlotError>) -> Self {
        Plotted(draw())
    }

    /// [`Figure::titled`], if there is a figure.
    pub fn titled(self, title: &str) -> Self {
        Plotted(self.0.map(|figure| figure.titled(title)))
    }

    /// [`Figure::captioned`], if there is a figure.
    pub fn captioned(self, caption: &str) -> Self {
        Plotted(self.0.map(|figure| figure.captioned(caption)))
    }

    /// For `?`.
    ///
    /// # Errors
    ///
    /// Why there is no figure.
    pub fn into_result(self) -> Result<Figure, PlotError> {
        self.0
    }

    /// The figure.
    ///
    /// # Panics
    ///
    /// With the reason, where there is none.
    #[track_caller]
    pub fn unwrap(self) -> Figure {
        match self.0 {
            Ok(figure) => figure,
            Err(error) => panic!("{error}"),
        }
    }

    pub(super) fn as_result(&self) -> Result<&Figure, &PlotError> {
        self.0.as_ref()
    }

    #[doc(hidden)]
    pub fn evcxr_display(&self) {
        match &self.0 {
            Ok(figure) => figure.evcxr_display(),
            Err(error) => show(&[("text/plain", &format!("No hay figura: {error}"))]),
        }
    }
}

impl From<Figure> for Plotted {
    fn from(figure: Figure) -> Self {
        Plotted(Ok(figure))
    }
}
