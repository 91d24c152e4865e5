use super::error::PlotError;
use super::figure::Figure;
use crate::display::show;

/// What a notebook does with the result of a plot function, without a `?`: titled, captioned and shown, figure or error.
///
/// A cell's last line `plot_cost(&costs).titled("…")` shows the figure. After a `?`, evcxr may show its text alone: it compiles the first
/// `?` of a session, and a cell that moves its own variable, a second time, and then only for `Debug`.
pub trait FigureResult {
    /// [`Figure::titled`], if there is a figure.
    fn titled(self, title: &str) -> Self;

    /// [`Figure::captioned`], if there is a figure.
    fn captioned(self, caption: &str) -> Self;

    #[doc(hidden)]
    fn evcxr_display(&self);
}

impl FigureResult for Result<Figure, PlotError> {
    fn titled(self, title: &str) -> Self {
        self.map(|figure| figure.titled(title))
    }

    fn captioned(self, caption: &str) -> Self {
        self.map(|figure| figure.captioned(caption))
    }

    fn evcxr_display(&self) {
        match self {
            Ok(figure) => figure.evcxr_display(),
            Err(error) => show(&[("text/plain", &format!("No hay figura: {error}"))]),
        }
    }
}
