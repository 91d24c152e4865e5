//! Why a figure cannot be drawn.

use std::fmt;

use crate::network::ShapeMismatch;

/// Why there is no figure.
#[derive(Clone, PartialEq)]
pub enum PlotError {
    /// A matrix has another shape than the others need.
    Shape(ShapeMismatch),
    /// A value cannot be drawn: one line that says which and why.
    Value(String),
    /// plotters could not draw.
    Drawing(String),
}

impl fmt::Display for PlotError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            PlotError::Shape(mismatch) => mismatch.fmt(f),
            PlotError::Value(message) => f.write_str(message),
            PlotError::Drawing(message) => write!(f, "no se pudo dibujar la figura: {message}"),
        }
    }
}

/// The same line: a notebook shows the error of a `?` by its `Debug`.
impl fmt::Debug for PlotError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for PlotError {}

impl From<ShapeMismatch> for PlotError {
    fn from(mismatch: ShapeMismatch) -> Self {
        PlotError::Shape(mismatch)
    }
}
